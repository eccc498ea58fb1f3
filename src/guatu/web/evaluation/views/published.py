"""Published results: the list, one result with its file and reasons, and the settings of denominators."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.views.supervision import Typed, actor_of, kind_of, typed
from guatu.web.evaluation.actions.set_denominator import SetDenominator
from guatu.web.evaluation.models import EvaluationResult
from guatu.web.evaluation.periods import span_between
from guatu.web.evaluation.selectors.denominators import denominator_lines
from guatu.web.evaluation.selectors.reasons import reason_of
from guatu.web.evaluation.selectors.results import read, results
from guatu.web.evaluation.selectors.shown import Reader
from guatu.web.evaluation.views.common import asked_of, columns_of, lines_of, pack_names, query_of
from guatu.web.evaluation.views.live import ranked_name
from guatu.web.ledger import export
from guatu.web.ledger.views.common import language, needs
from guatu.web.ledger.views.fields import day_of, text_of

MOST = 200


@needs("case.view")
def evaluation_results(request: HttpRequest) -> HttpResponse:
    rows = list(results(actor_of(request)).defer("figures")[:MOST])
    names = dict(pack_names())
    lines = [(row, str(span_between(row.starts_on, row.ends_on)), names.get(row.pack, row.pack)) for row in rows]
    context = {"lines": lines, "evaluates": actor_of(request).may("case.evaluate")}
    return render(request, "evaluation/evaluation_results.html", context)


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
def evaluation_result_export(request: HttpRequest, pk: int) -> HttpResponse:
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
    try:
        action = SetDenominator(
            text_of(given, "pack"), text_of(given, "rate"), text_of(given, "count"), day_of(given, "valid_from"),
            text_of(given, "source"),
        )  # fmt: skip
        perform(action, context_of(request))
    except Problem as problem:
        return _settings(request, typed(request, text_of(given, "rate"), problem))
    messages.success(request, _("已保存。"))
    return redirect(reverse("evaluation_settings") + query_of(asked_of(given, actor_of(request).today)))


def _settings(request: HttpRequest, form: Typed) -> HttpResponse:
    today = timezone.localdate()
    asked = asked_of(request.POST or request.GET, today)
    context = {
        "asked": asked,
        "packs": pack_names(),
        "lines": denominator_lines(asked.pack, today, language()),
        "today": today,
        **form.shown(),
    }
    return render(request, "evaluation/evaluation_settings.html", context, status=form.status)
