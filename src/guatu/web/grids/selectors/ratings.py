"""The rating of a month as the actor may see it: each colour and amount with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.core.grids.figures import FIGURES
from guatu.core.grids.rating import COLOURS, PayTier, RatingRule
from guatu.core.rules import parse, said
from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.grids.models import GridRating, RatingRun, Service, StaffPay
from guatu.web.grids.selectors.standing import towns
from guatu.web.grids.words import sentence
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Column, Empty, Pick, States, Table, Wanted, moment, number, text
from guatu.web.kit.table.columns import written

# The lights of the pages are those of the whole server; grids say yellow where they say amber.
LIGHT = {"red": "red", "yellow": "amber", "green": "green", "": "grey"}


@dataclass(frozen=True)
class PayRow:
    pay: StaffPay
    yuan: float | None
    why: str


@dataclass(frozen=True)
class RatingRow:
    rating: GridRating
    why: str
    figures: list[str]
    pays: list[PayRow]


def visible_runs(actor: Actor) -> QuerySet[RatingRun]:
    """Published months; drafts only for who makes them."""
    rows = RatingRun.objects.order_by("-month")
    return rows if actor.may("grid.rate") else rows.filter(state=RatingRun.State.PUBLISHED)


def _ratings(run: RatingRun, actor: Actor) -> QuerySet[GridRating]:
    """Those of the towns that the actor may see."""
    rows = run.ratings.select_related("version__grid").defer("version__boundary").prefetch_related("pays__service")
    units = actor.units_for("grid.view")
    return rows if units is None else rows.filter(version__grid__unit_id__in=units)


def _row(one: GridRating) -> RatingRow:
    figures = [sentence(figure) for figure in one.figures.values()]
    pays = [_pay(pay) for pay in sorted(one.pays.all(), key=_order)]
    return RatingRow(one, sentence(one.rating), figures, pays)


def _order(pay: StaffPay) -> tuple[Any, ...]:
    return pay.service.post != "head", pay.service.since, pay.pk


def _pay(pay: StaffPay) -> PayRow:
    return PayRow(pay, None if pay.fen is None else pay.fen / 100, sentence(pay.pay))


def colour_word(colour: str) -> str:
    word = next((word for name, word in COLOURS.items() if name == colour), None)
    if word is None:
        return str(_("未评"))
    return word.en if language() == "en" else word.zh


def light(colour: str) -> SafeString:
    mark = {"red": "■", "yellow": "▲", "green": "●"}.get(colour, "○")
    found = '<span class="light light-{}"><span aria-hidden="true">{}</span> {}</span>'
    return format_html(found, LIGHT[colour], mark, colour_word(colour))


def _groups(actor: Actor) -> list[tuple[str, str | Promise, Q]]:
    colours = [(name or "none", colour_word(name), Q(colour=name)) for name in (*COLOURS, "")]
    return [("all", _("全部"), Q()), *colours]


def _why(row: RatingRow) -> SafeString:
    figures = format_html_join("", "<li>{}</li>", ((one,) for one in row.figures))
    return format_html('{}<ul class="grid-figures">{}</ul>', row.why, figures)


def _people(row: RatingRow) -> SafeString:
    lines = ((one.pay.service.get_post_display(), one.pay.service.person) for one in row.pays)
    return format_html_join("", "<div>{} {}</div>", lines)


def _pays(row: RatingRow) -> SafeString:
    return format_html_join(
        "",
        '<details><summary>{}<span class="visually-hidden"> {}</span></summary>'
        '<span class="text-wrap text-secondary">{}</span></details>',
        ((written(one.yuan, "number") or "—", one.pay.service.person, one.why) for one in row.pays),
    )


def _totals(rows: Any, actor: Actor, wanted: Wanted) -> dict[str, object]:
    # An order inside of a sub-query would be work for nothing.
    fen = StaffPay.objects.filter(rating__in=rows.order_by()).aggregate(fen=Sum("fen"))["fen"] or 0
    return {"pay": written(fen / 100, "number")}


def ratings(run: RatingRun) -> Table[GridRating, RatingRow]:
    return Table(
        title=f"{_('月评与补助')} {run.month:%Y-%m} · {run.get_state_display()}",
        rows=lambda actor, wanted: _ratings(run, actor),
        lines=lambda rows, actor, wanted: [_row(one) for one in rows],
        order=Order((By("version__grid__code"), By("id"))),
        size=200,
        filters=(
            States("colour", _("按评级"), groups=_groups),
            Pick("unit", _("乡镇街道"), "version__grid__unit_id", choices=towns),
        ),
        columns=(
            text(
                "code",
                _("网格编号"),
                lambda row: row.rating.version.grid.code,
                link=lambda row: reverse("grid_detail", args=[row.rating.version.grid_id]),
                head=True,
            ),
            text("colour", _("评级"), lambda row: row.rating.colour, shown=lambda row: light(row.rating.colour)),
            text("why", _("理由和数据"), lambda row: row.why, shown=_why),
            text("people", _("人员"), lambda row: row.pays, shown=_people),
            number("pay", _("补助(元)"), lambda row: row.pays, shown=_pays),
        ),
        totals=_totals,
        empty=Empty(_("没有符合条件的网格。")),
    )


@dataclass(frozen=True)
class PaidRow:
    """A person of a grid; None for a grid without people, which is a line too."""

    of: RatingRow
    paid: PayRow | None

    @property
    def service(self) -> Service | None:
        return self.paid.pay.service if self.paid else None


def payments(run: RatingRun) -> Table[GridRating, PaidRow]:
    """The file of a month: a line for each person, each colour and amount with its reason."""
    return ratings(run).as_file(
        title=f"{_('网格评级')}-{run.month:%Y-%m}",
        lines=lambda rows, actor, wanted: [PaidRow(row, one) for row in map(_row, rows) for one in row.pays or (None,)],
        columns=(
            text("code", _("网格编号"), lambda line: line.of.rating.version.grid.code, width=18),
            text("name", _("名称"), lambda line: line.of.rating.version.name, width=18),
            text("colour", _("评级"), lambda line: colour_word(line.of.rating.colour), width=10),
            text("why", _("评级理由"), lambda line: line.of.why, width=40),
            text("post", _("岗位"), lambda line: line.service and line.service.get_post_display(), width=10),
            text("person", _("姓名"), lambda line: line.service and line.service.person, width=12),
            number("days", _("在岗天数"), lambda line: line.paid and line.paid.pay.days),
            number("pay", _("补助(元)"), lambda line: line.paid and line.paid.yuan, width=12),
            text("reason", _("补助理由"), lambda line: line.paid and line.paid.why, width=50),
        ),
    )


RUNS: tuple[Column[RatingRun], ...] = (
    text(
        "month",
        _("月份"),
        lambda run: f"{run.month:%Y-%m}",
        link=lambda run: reverse("rating_page", args=[run.pk]),
        head=True,
    ),
    text("state", _("状态"), lambda run: run.get_state_display()),
    moment("published", _("公布于"), lambda run: run.published_at),
)
RATED: tuple[Column[GridRating], ...] = (
    text(
        "month",
        _("月份"),
        lambda one: f"{one.run.month:%Y-%m}",
        link=lambda one: reverse("rating_page", args=[one.run_id]),
        head=True,
    ),
    text("colour", _("评级"), lambda one: one.colour, shown=lambda one: light(one.colour)),
    text("why", _("理由"), lambda one: sentence(one.rating)),
)
"""The ratings of one grid."""


def _yuan(rule: RatingRule | PayTier) -> float | None:
    return rule.fen / 100 if isinstance(rule, PayTier) else None


def _condition(rule: RatingRule | PayTier) -> str:
    return said(parse(rule.when, FIGURES), FIGURES, language()) if isinstance(rule, RatingRule) and rule.when else ""


RULES: tuple[Column[RatingRule | PayTier], ...] = (
    text("colour", _("评级"), lambda rule: rule.colour, shown=lambda rule: light(rule.colour)),
    text("rule", _("规则或档次"), lambda rule: rule.en if language() == "en" else rule.zh, head=True),
    text("when", _("条件"), lambda rule: _condition(rule)),
    number("yuan", _("月标准(元)"), lambda rule: _yuan(rule)),
    text("source", _("来源"), lambda rule: rule.source, template="grids/_source.html", css="grid-source"),
)
"""The rules and tiers of a scheme."""
