"""Published results: the list, one result with its file and reasons, and the settings of denominators."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.language import language
from guatu.web.evaluation.actions.set_denominator import SetDenominator
from guatu.web.evaluation.models import EvaluationResult
from guatu.web.evaluation.periods import span_between
from guatu.web.evaluation.selectors.counted import pack_names
from guatu.web.evaluation.selectors.denominators import COLUMNS, denominator_lines
from guatu.web.evaluation.selectors.reasons import reason_of
from guatu.web.evaluation.selectors.results import RESULTS, read, results
from guatu.web.evaluation.selectors.shown import Reader
from guatu.web.evaluation.views.common import asked_of, columns_of, lines_of, query_of
from guatu.web.evaluation.views.live import ranked_name
from guatu.web.kit import export
from guatu.web.kit.downloads import kind_of
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.table import table_page
from guatu.web.kit.typed import Typed
from guatu.web.kit.values import day_of, text_of


@needs("case.view")
def evaluation_results(request: HttpRequest) -> HttpResponseBase:
    context = {"evaluates": actor_of(request).may("case.evaluate")}
    return table_page(request, RESULTS, "evaluation/evaluation_results.html", context)


def _result(request: HttpRequest, pk: int) -> EvaluationResult:
    return get_object_or_404(results(actor_of(request)), pk=pk)


@needs("case.view")
def evaluation_result(request: HttpRequest, pk: int) -> HttpResponse:
    """A result as it was published."""
    row = _result(request, pk)
    figures = read(row)
    reader = Reader(actor_of(request), language(), figures)
    newer = results(actor_of(request)).filter(
        pack=row.pack, kind=row.kind, level=row.level, starts_on=row.starts_on, ends_on=row.ends_on
    )
    context = {
        "row": row,
        "period": str(span_between(row.starts_on, row.ends_on)),
        "figures": figures,
        "shown": reader.shown(figures, row.kind),
        "ranked_by": ranked_name(reader, figures.by),
        "reason_url": reverse("evaluation_result_reason", args=[row.pk]) + "?",
        "export_url": reverse("evaluation_result_export", args=[row.pk]) + "?",
        "newer": newer.filter(number__gt=row.number).first(),
        "sheet_name": figures.sheet_name[language() == "en"],
    }
    return render(request, "evaluation/evaluation_result.html", context)


@needs("case.view")
def evaluation_result_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = _result(request, pk)
    figures = read(row)
    reader = Reader(actor_of(request), language(), figures)
    shown = reader.shown(figures, row.kind)
    name = _("综合评价 %(period)s") % {"period": span_between(row.starts_on, row.ends_on)}
    columns = columns_of(shown, ranked_name(reader, figures.by))
    return export.download(name, columns, lines_of(shown), kind_of(request), actor_of(request).today)


@needs("case.view")
def evaluation_result_reason(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases that a published figure was counted from, those that the reader may see."""
    row = _result(request, pk)
    found = reason_of(
        actor_of(request), read(row), text_of(request.GET, "key"), text_of(request.GET, "code"), language()
    )
    if found is None:
        raise Http404
    context = {"found": found, "back": reverse("evaluation_result", args=[row.pk]), "published": row}
    return render(request, "evaluation/evaluation_reason.html", context)


@needs("case.evaluate")
def evaluation_settings(request: HttpRequest) -> HttpResponse:
    """What each rate is divided by, with its source; the county sets its own."""
    if request.method != "POST":
        return _settings(request, Typed())
    given = request.POST

    def action() -> SetDenominator:
        what = (text_of(given, "pack"), text_of(given, "rate"), text_of(given, "count"))
        return SetDenominator(*what, day_of(given, "valid_from"), text_of(given, "source"))

    there = reverse("evaluation_settings") + query_of(asked_of(given, actor_of(request).today))
    return sent(request, action, partial(_settings, request), there, form=text_of(given, "rate"))


def _settings(request: HttpRequest, form: Typed) -> HttpResponse:
    today = timezone.localdate()
    asked = asked_of(request.POST or request.GET, today)
    context = {
        "asked": asked,
        "packs": pack_names(),
        "columns": COLUMNS,
        "lines": denominator_lines(asked.pack, today, language()),
        "today": today,
        **form.shown(),
    }
    return render(request, "evaluation/evaluation_settings.html", context, status=form.status)
