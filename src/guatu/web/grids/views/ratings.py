"""The monthly rating of grids and the pay of their people: computed, looked through, published, exported."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.problems import Problem
from guatu.web.grids.actions.rate_month import PublishRatings, RateMonth
from guatu.web.grids.scheme import scheme_of, scheme_text
from guatu.web.grids.selectors.ratings import RULES, RUNS, payments, ratings, visible_runs
from guatu.web.grids.views.common import DAY, rights
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import Sends, page
from guatu.web.kit.table import table_export, table_page
from guatu.web.kit.values import day_of, text_of


def _month(request: HttpRequest) -> dict[str, Any]:
    return {"month": day_of({"month": f"{text_of(request.POST, 'month')}-01"}, "month")}


@page(
    "grid.view",
    "grids/rating_list.html",
    sends=Sends(
        Form("rate", "", RateMonth),
        lambda run: reverse("rating_page", args=[run.pk]),
        first=lambda request: {"month": f"{actor_of(request).today.replace(day=1) - DAY:%Y-%m}"},
        known=_month,
    ),
)
def rating_list(request: HttpRequest) -> dict[str, Any]:
    actor, said = actor_of(request), {}
    try:
        rules = rules_of(scheme_text(actor.today))
    except Problem as problem:
        # A form that could not be taken says why itself.
        rules, said = {}, {} if request.method == "POST" else {"problem": problem}
    return {**rights(actor), **rules, **said, "runs": visible_runs(actor), "run_columns": RUNS}


def rules_of(text: str) -> dict[str, Any]:
    """The rules and tiers of a scheme, for `_rules.html`."""
    scheme = scheme_of(text)
    return {"rules": (*scheme.rules, *scheme.tiers), "rule_columns": RULES}


@needs("grid.view")
def rating_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    run = get_object_or_404(visible_runs(actor), pk=pk)
    context = {
        **rights(actor),
        **rules_of(run.rules),
        "run": run,
        "export_url": reverse("rating_export", args=[run.pk]),
    }
    return table_page(request, ratings(run), "grids/rating.html", context)


rating_publish = posted(
    Form(
        "publish",
        "rating_publish",
        PublishRatings,
        said=lambda run: _("已公布 %(month)s 的评级,不能再改。") % {"month": f"{run.month:%Y-%m}"},
    ),
    "grid.rate",
    None,
    "rating_page",
)


@needs("grid.view")
def rating_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    return table_export(request, payments(get_object_or_404(visible_runs(actor_of(request)), pk=pk)))
