"""A year on one page: a line for each hospital, and their sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.drg.computing.told import Told
from guatu.web.drg.models import Hospital, Result, Run
from guatu.web.drg.selectors.scope import visible_hospitals
from guatu.web.drg.words import percent, places, yuan
from guatu.web.kit.table import Column, Empty, Search, Table, Wanted, Word, number, text

SUMMED = ("points", "released", "prepaid", "clearing")
SHARES = ("grouping_rate", "cmi", "cost_index", "time_index")
UNKNOWN: Told = {"value": None, "zh": "", "en": "", "parts": [], "unverified": [], "source": ""}


@dataclass(frozen=True)
class HospitalRow:
    hospital: Hospital
    level: str
    cases: int
    figures: dict[str, Told]

    def number(self, name: str) -> Decimal | None:
        value = self.figures.get(name, UNKNOWN)["value"]
        return None if value is None else Decimal(value)


def hospital_rows(actor: Actor, run: Run, level: str = "", words: str = "") -> list[HospitalRow]:
    """What a run says of the hospitals that the actor may see, by code."""
    results = Result.objects.filter(run=run, hospital__in=visible_hospitals(actor)).select_related("hospital")
    rows = [_row(result) for result in results.order_by("hospital__code")]
    return [row for row in rows if (not level or row.level == level) and words in f"{row.hospital}"]


def _row(result: Result) -> HospitalRow:
    missing = {name: UNKNOWN for name in SHARES if name not in result.figures}
    return HospitalRow(result.hospital, result.level, result.cases, {**result.figures, **missing})


def hospital_row(run: Run, hospital: Hospital) -> HospitalRow | None:
    result = Result.objects.filter(run=run, hospital=hospital).select_related("hospital").first()
    return _row(result) if result else None


def totals(rows: Sequence[HospitalRow]) -> dict[str, Any]:
    """Sums of what can be summed; a sum of which a part is unknown is unknown."""
    found: dict[str, Any] = {"cases": sum(row.cases for row in rows)}
    for name in SUMMED:
        values = [row.number(name) for row in rows]
        known = [value for value in values if value is not None]
        found[name] = sum(known, Decimal(0)) if rows and len(known) == len(values) else None
    return found


def levels(actor: Actor, run: Run) -> list[tuple[object, object]]:
    rows = Result.objects.filter(run=run, hospital__in=visible_hospitals(actor))
    return [(level, level) for level in sorted(set(rows.values_list("level", flat=True)) - {""})]


MEASURED: tuple[tuple[str, Any, Callable[[Any], str]], ...] = (
    ("grouping_rate", _("入组率"), percent),
    ("cmi", _("CMI"), places),
    ("cost_index", _("费用消耗指数"), places),
    ("time_index", _("时间消耗指数"), places),
)
PAID: tuple[tuple[str, Any, Callable[[Any], str]], ...] = (
    ("points", _("点数"), places),
    ("released", _("考核后应付(元)"), yuan),
    ("prepaid", _("已预付(元)"), yuan),
    ("clearing", _("清算额(元)"), yuan),
)


Address = Callable[[HospitalRow], str]


def _figure(name: str, label: Any, written: Callable[[Any], str], width: int, address: Address) -> Column[HospitalRow]:
    """Leads to what the figure is made of."""
    return number(
        name,
        label,
        lambda row: row.number(name),
        shown=lambda row: written(row.number(name)),
        link=lambda row: f"{address(row)}#{name}",
        width=width,
    )


def hospitals_of(run: Run) -> Table[Any, HospitalRow]:
    """A line for each hospital; each figure leads to what it is made of."""

    def address(row: HospitalRow) -> str:
        return reverse("drg_hospital", args=[run.pk, row.hospital.code])

    return Table(
        title=now("%(year)s 第 %(n)s 次结果") % {"year": run.region_year, "n": run.number},
        rows=lambda actor, wanted: hospital_rows(actor, run, wanted.get("level", ""), wanted.get("q", "")),
        size=500,
        filters=(Search("q", _("医院")), Word("level", _("等级"), choices=lambda actor: levels(actor, run))),
        columns=(
            text("code", _("医院代码"), lambda row: row.hospital.code, on_page=False, width=12),
            text(
                "hospital",
                _("医院"),
                lambda row: row.hospital.name,
                shown=lambda row: str(row.hospital),
                link=address,
                head=True,
                width=24,
            ),
            text("level", _("等级"), lambda row: row.level, width=8),
            number(
                "cases",
                _("病例数"),
                lambda row: row.cases,
                link=lambda row: reverse("drg_cases", args=[run.pk, row.hospital.code]),
            ),
            *(_figure(*one, 12, address) for one in MEASURED),
            *(_figure(*one, 18, address) for one in PAID),
        ),
        totals=_totals,
        empty=Empty(_("没有符合条件的医院。"), _("换一个条件再看。")),
    )


def _totals(rows: Any, actor: Actor, wanted: Wanted) -> dict[str, object]:
    found = totals(rows)
    sums = {name: written(found[name]) for name, _label, written in PAID}
    return {"cases": f"{found['cases']:,}", **sums}


def file_of(run: Run) -> Table[Any, HospitalRow]:
    """The file ends with the sums."""

    def lines(rows: Sequence[HospitalRow], actor: Actor, wanted: Wanted) -> list[HospitalRow]:
        sums = totals(rows)
        figures = {name: {**UNKNOWN, "value": sums.get(name)} for name in (*SHARES, *SUMMED)}
        return [*rows, HospitalRow(Hospital(code=now("合计")), "", sums["cases"], figures)]

    return replace(hospitals_of(run), lines=lines)
