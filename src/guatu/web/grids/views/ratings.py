"""The monthly rating of grids and the pay of their people: computed, looked through, published, exported."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.core.grids.rating import COLOURS
from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.views.supervision import Typed, actor_of, kind_of, typed
from guatu.web.grids.actions.rate_month import PublishRatings, RateMonth
from guatu.web.grids.models import RatingRun
from guatu.web.grids.scheme import Scheme, scheme_of, scheme_text
from guatu.web.grids.selectors.ratings import LIGHT, RatingRow, rating_rows, visible_runs
from guatu.web.grids.selectors.standing import towns
from guatu.web.grids.views.common import DAY, shown, tabs
from guatu.web.grids.words import language
from guatu.web.ledger import export
from guatu.web.ledger.views.common import needs
from guatu.web.ledger.views.fields import day_of, id_or_none, text_of, whole


@needs("grid.view")
def rating_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    before = actor.today.replace(day=1) - DAY
    form = Typed(values={"month": f"{before:%Y-%m}"})
    if request.method == "POST":
        try:
            month = text_of(request.POST, "month")
            run = perform(RateMonth(day_of({"month": f"{month}-01"}, "month")), context_of(request))
            return redirect("rating_page", run.pk)
        except Problem as problem:
            form = typed(request, "rate", problem)
    try:
        rules: list[dict[str, Any]] = rules_of(scheme_of(scheme_text(actor.today)))
    except Problem as problem:
        rules, form = [], form if form.problem else Typed("rate", form.values, problem)
    context = {**tabs(actor, "rating"), **shown(form, ("month",)), "runs": visible_runs(actor), "rules": rules}
    return render(request, "grids/rating_list.html", context, status=form.status if request.method == "POST" else 200)


def rules_of(scheme: Scheme) -> list[dict[str, Any]]:
    """Rules and tiers as a table in the language of the page."""
    english = language() == "en"
    found = []
    for rule in (*scheme.rules, *scheme.tiers):
        word = COLOURS[rule.colour]
        limits = " · ".join(f"{one.figure} {one.op} {one.number:g}" for one in getattr(rule, "limits", ()))
        fen = getattr(rule, "fen", None)
        found.append(
            {
                "light": LIGHT[rule.colour], "colour": word.en if english else word.zh, "limits": limits,
                "words": rule.en if english else rule.zh, "yuan": None if fen is None else fen / 100,
                "source": rule.source, "unverified": rule.unverified,
            }
        )  # fmt: skip
    return found


def _rows(request: HttpRequest, run: RatingRun) -> list[RatingRow]:
    return rating_rows(actor_of(request), run, id_or_none(request.GET, "unit"), text_of(request.GET, "colour")[:6])


@needs("grid.view")
def rating_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    run = get_object_or_404(visible_runs(actor), pk=pk)
    rows = _rows(request, run)
    pays = [pay.pay.fen for row in rows for pay in row.pays if pay.pay.fen is not None]
    counts = Counter(row.light for row in rows)
    colours = [(name, word.en if language() == "en" else word.zh) for name, word in COLOURS.items()]
    context = {
        **tabs(actor, "rating"),
        "run": run,
        "rows": rows,
        "counts": [(LIGHT[name], word, counts[LIGHT[name]], name) for name, word in colours],
        "unknown": counts["grey"],
        "yuan": sum(pays) / 100,
        "towns": towns(actor),
        "unit": id_or_none(request.GET, "unit"),
        "rules": rules_of(scheme_of(run.rules)),
    }
    return render(request, "grids/rating.html", context)


@needs("grid.rate")
@require_POST
def rating_publish(request: HttpRequest, pk: int) -> HttpResponse:
    run = perform(PublishRatings(pk, whole(request.POST, "seen")), context_of(request))
    messages.success(request, _("已公布 %(month)s 的评级,不能再改。") % {"month": f"{run.month:%Y-%m}"})
    return redirect("rating_page", run.pk)


@needs("grid.view")
def rating_export(request: HttpRequest, pk: int) -> HttpResponse:
    """A line for each person, a grid without people too; each colour and amount with its reason."""
    run = get_object_or_404(visible_runs(actor_of(request)), pk=pk)
    columns = [
        export.Column(_("网格编号"), 18), export.Column(_("名称"), 18), export.Column(_("评级"), 10),
        export.Column(_("评级理由"), 40), export.Column(_("岗位"), 10), export.Column(_("姓名"), 12),
        export.Column(_("在岗天数"), 10), export.Column(_("补助(元)"), 12), export.Column(_("补助理由"), 50),
    ]  # fmt: skip
    name = f"{_('网格评级')}-{run.month:%Y-%m}"
    return export.download(name, columns, _lines(_rows(request, run)), kind_of(request), run.month)


def _lines(rows: list[RatingRow]) -> Any:
    for row in rows:
        version, colour = row.rating.version, row.rating.colour
        word = COLOURS[colour] if colour else None  # type: ignore[index]
        shown_ = (word.en if language() == "en" else word.zh) if word else _("未评")
        head = [version.grid.code, version.name, shown_, row.why]
        for pay in row.pays:
            service = pay.pay.service
            yield [*head, service.get_post_display(), service.person, pay.pay.days, pay.yuan, pay.why]
        if not row.pays:
            yield [*head, "", "", None, None, ""]
