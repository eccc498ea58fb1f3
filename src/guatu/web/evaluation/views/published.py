"""Published results: the list, one result with its file and reasons, and the settings of denominators."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
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
from guatu.web.kit.pages import page
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import day_of, text_of


@page("case.view", "evaluation/evaluation_results.html", RESULTS)
def evaluation_results(request: HttpRequest) -> dict[str, Any]:
    return {"evaluates": actor_of(request).may("case.evaluate")}


def _result(request: HttpRequest, pk: int) -> EvaluationResult:
    return get_object_or_404(results(actor_of(request)), pk=pk)


@page("case.view", "evaluation/evaluation_result.html")
def evaluation_result(request: HttpRequest, pk: int) -> dict[str, Any]:
    """A result as it was published."""
    row = _result(request, pk)
    figures = read(row)
    reader = Reader(actor_of(request), language(), figures)
    newer = results(actor_of(request)).filter(
        pack=row.pack, kind=row.kind, level=row.level, starts_on=row.starts_on, ends_on=row.ends_on
    )
    return {
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


@needs("case.view")
def evaluation_result_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = _result(request, pk)
    figures = read(row)
    reader = Reader(actor_of(request), language(), figures)
    shown = reader.shown(figures, row.kind)
    name = _("综合评价 %(period)s") % {"period": span_between(row.starts_on, row.ends_on)}
    columns = columns_of(shown, ranked_name(reader, figures.by))
    return export.download(name, columns, lines_of(shown), kind_of(request), actor_of(request).today)


@page("case.view", "evaluation/evaluation_reason.html")
def evaluation_result_reason(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The cases that a published figure was counted from, those that the reader may see."""
    row = _result(request, pk)
    found = reason_of(
        actor_of(request), read(row), text_of(request.GET, "key"), text_of(request.GET, "code"), language()
    )
    if found is None:
        raise Http404
    return {"found": found, "back": reverse("evaluation_result", args=[row.pk]), "published": row}


@page("case.evaluate", "evaluation/evaluation_settings.html")
def evaluation_settings(request: HttpRequest, form: Typed = NOTHING) -> dict[str, Any] | HttpResponseBase:
    """What each rate is divided by, with its source; the county sets its own."""
    if request.method == "POST" and form is NOTHING:
        return _set(request)
    today = timezone.localdate()
    asked = asked_of(request.POST or request.GET, today)
    return {
        "asked": asked,
        "packs": pack_names(),
        "columns": COLUMNS,
        "lines": denominator_lines(asked.pack, today, language()),
        "today": today,
    }


def _set(request: HttpRequest) -> HttpResponseBase:
    given = request.POST

    def action() -> SetDenominator:
        what = (text_of(given, "pack"), text_of(given, "rate"), text_of(given, "count"))
        return SetDenominator(*what, day_of(given, "valid_from"), text_of(given, "source"))

    there = reverse("evaluation_settings") + query_of(asked_of(given, actor_of(request).today))
    return sent(
        request, action, lambda form: evaluation_settings(request, form=form), there, form=text_of(given, "rate")
    )
