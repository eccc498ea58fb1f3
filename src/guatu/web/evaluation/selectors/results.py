"""Published evaluations: who may see which, and their figures as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.evaluation.models import EvaluationResult
from guatu.web.evaluation.periods import Span, span_between
from guatu.web.evaluation.selectors.counted import pack_names
from guatu.web.evaluation.selectors.figures import Asked, Figures
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Empty, Table, Wanted, number, text

OF_PEOPLE = (EvaluationResult.Kind.POST, EvaluationResult.Kind.COLLECTOR)


def results(actor: Actor) -> QuerySet[EvaluationResult]:
    """Published results, the latest first. Those of single people are only for who evaluates."""
    if not actor.may("case.view"):
        return EvaluationResult.objects.none()
    rows = EvaluationResult.objects.select_related("published_by")
    if not actor.may("case.evaluate"):
        rows = rows.exclude(kind__in=OF_PEOPLE)
    return rows.order_by("-ends_on", "kind", "level", "-number", "-pk")


def of_period(asked: Asked, span: Span) -> QuerySet[EvaluationResult]:
    """What was published of the same for a period, the last one first."""
    return EvaluationResult.objects.filter(
        pack=asked.pack, kind=asked.kind, level=level_of(asked), starts_on=span.starts_on, ends_on=span.ends_on
    ).order_by("-number")


def level_of(asked: Asked) -> str:
    return asked.level if asked.kind == "area" else ""


def stored(figures: Figures) -> Any:
    """Figures as plain values that JSON holds."""
    return msgspec.to_builtins(figures)


def read(result: EvaluationResult) -> Figures:
    return msgspec.convert(result.figures, Figures)


@dataclass(frozen=True)
class ResultRow:
    one: EvaluationResult
    period: str
    pack: str


def _lines(rows: Sequence[EvaluationResult], actor: Actor, wanted: Wanted) -> list[ResultRow]:
    names = dict(pack_names())
    return [
        ResultRow(one, str(span_between(one.starts_on, one.ends_on)), names.get(one.pack, one.pack)) for one in rows
    ]


def _published(row: ResultRow) -> str:
    return f"{timezone.localtime(row.one.published_at):%Y-%m-%d %H:%M} {row.one.published_by or ''}"


RESULTS = Table[EvaluationResult, ResultRow](
    title=_("已发布的评价结果"),
    rows=lambda actor, wanted: results(actor).defer("figures"),
    lines=_lines,
    order=Order((By("ends_on", down=True), By("kind"), By("level"), By("number", down=True), By("id", down=True))),
    size=100,
    columns=(
        text(
            "period",
            _("时期"),
            lambda row: row.period,
            link=lambda row: reverse("evaluation_result", args=[row.one.pk]),
            head=True,
        ),
        text("kind", _("评价对象"), lambda row: row.one.get_kind_display()),
        text("pack", _("业务包"), lambda row: row.pack),
        number("number", _("版次"), lambda row: row.one.number),
        text("published", _("发布"), _published, css="text-nowrap"),
        text("note", _("说明"), lambda row: row.one.note),
    ),
    empty=Empty(_("还没有发布过评价结果。"), _("每期结束后由案件受理或督查室在“综合评价”里发布。")),
)
