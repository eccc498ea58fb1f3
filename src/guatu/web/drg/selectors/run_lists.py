"""What the files of a run hold, as lists: stays of a hospital, rows with problems, and what stands out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow.compute as pc
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from guatu.engines.drg.points.model import RULE_NAMES
from guatu.engines.drg.quality.registry import all_checks
from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.drg.models import Hospital, Run
from guatu.web.drg.selectors.cases import RULES, Row, case_rows, case_table, problem_rows, problem_table, signals
from guatu.web.drg.words import picked, places, yuan
from guatu.web.kit.table import Choose, Empty, Filter, Table, Wanted, Word, number, text

PAGE = 100


class Rows(Sequence[Row]):
    """Rows of an Arrow table; only those that a page shows are made."""

    def __init__(self, table: Any, made: Callable[[Any], list[Row]]) -> None:
        self.table, self.made = table, made

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __getitem__(self, at: Any) -> Any:
        if not isinstance(at, slice):
            return self.made(self.table.slice(at, 1))[0]
        start, stop, _step = at.indices(len(self))
        return self.made(self.table.slice(start, stop - start))

    def __iter__(self) -> Iterator[Row]:
        return iter(self.made(self.table))


def stays(run: Run, place: Hospital) -> Table[Any, Row]:
    def address(row: Row) -> str:
        return reverse("drg_case", args=[run.pk, row["id"]])

    def rule(row: Row) -> str:
        again = row["readmitted"] == "1"
        return f"{row['rule_name']} · {now('再入院')}" if again else str(row["rule_name"])

    def rows(actor: Actor, wanted: Wanted) -> Rows:
        return Rows(case_table(run, place.code, wanted.get("rule", ""), wanted.get("group", "")), case_rows)

    at = 1 if language() == "en" else 0
    return Table(
        title=now("%(hospital)s 的病例") % {"hospital": place},
        rows=rows,
        size=PAGE,
        filters=(
            Choose("rule", _("计点规则"), choices=[(name, RULE_NAMES[name][at]) for name in RULES]),
            Filter("group", _("病组")),
        ),
        columns=(
            text("id", _("病例号"), lambda row: row["id"], link=address, head=True, width=28),
            text("drg", _("病组"), lambda row: row["drg"], width=10),
            number("days", _("住院天数"), lambda row: row["days"]),
            number("cost", _("总费用(元)"), lambda row: row["cost"], shown=lambda row: yuan(row["cost"]), width=16),
            text("rule", _("计点规则"), lambda row: row["rule_name"], shown=rule),
            number(
                "coefficient", _("系数"), lambda row: row["coefficient"], shown=lambda row: places(row["coefficient"])
            ),
            number(
                "points",
                _("点数"),
                lambda row: row["points"],
                shown=lambda row: places(row["points"]),
                link=lambda row: f"{address(row)}#points",
                width=14,
            ),
        ),
        totals=_sums,
        empty=Empty(_("没有符合条件的病例。"), _("换一个条件再看。")),
    )


def _sums(rows: Any, actor: Actor, wanted: Wanted) -> dict[str, object]:
    found = {name: pc.sum(rows.table.column(name)).as_py() or 0 for name in ("days", "cost", "points")}
    return {"days": f"{found['days']:,}", "cost": yuan(found["cost"]), "points": places(found["points"])}


def problems(run: Run, codes: frozenset[str] | None) -> Table[Any, Row]:
    """Those of the hospitals with these codes, or all."""

    def rows(actor: Actor, wanted: Wanted) -> Rows:
        return Rows(problem_table(run, codes, wanted.get("severity", ""), wanted.get("code", "")), problem_rows)

    return Table(
        title=f"{now('问题行')} · {run.region_year}",
        rows=rows,
        size=PAGE,
        filters=(Word("severity", hidden=True), Word("code", hidden=True)),
        columns=(
            text("table", _("数据表"), lambda row: row["table"], width=10),
            number("row", _("行"), lambda row: row["row"] or None, width=8),
            text("id", _("病例号"), lambda row: row["id"], width=28),
            text("hospital", _("医院代码"), lambda row: row["hospital"], width=12),
            text("column", _("列"), lambda row: row["column"], width=12),
            text("severity", _("程度"), lambda row: row["severity"], shown=_severity, width=8),
            text("why", _("原因"), lambda row: row["said"], width=60),
        ),
        empty=Empty(_("没有问题行。")),
    )


def _severity(row: Row) -> str:
    return format_html('<span class="late">{}</span>', _("错误")) if row["severity"] == "error" else now("提醒")


def stand_out(run: Run) -> Table[Any, Row]:
    """For checking, not a verdict."""

    def named(row: Row) -> SafeString:
        links = ((reverse("drg_case", args=[run.pk, one]), one) for one in row["stays"][:5])
        return format_html_join(" ", '<a href="{}">{}</a>', links)

    def hospitals(actor: Actor) -> list[tuple[object, object]]:
        results = run.results.select_related("hospital").order_by("hospital__code")
        return [(one.hospital.code, one.hospital) for one in results]

    at = 1 if language() == "en" else 0
    return Table(
        title=f"{now('质量控制')} · {run.region_year}",
        rows=lambda actor, wanted: signals(run, wanted.get("hospital", ""), wanted.get("what", "")),
        size=PAGE,
        filters=(
            Word("hospital", _("医院"), choices=hospitals),
            Choose("what", _("提示"), choices=[(name, check.NAME[at]) for name, check in all_checks()]),
        ),
        columns=(
            text(
                "hospital",
                _("医院代码"),
                lambda row: row["hospital"],
                link=lambda row: reverse("drg_hospital", args=[run.pk, row["hospital"]]),
                head=True,
                width=12,
            ),
            text("what", _("提示"), picked, width=20),
            text("about", _("病组"), lambda row: row["about"], width=10),
            text("why", _("理由"), lambda row: picked(row["figure"]), template="drg/_why.html", width=70),
            text("stays", _("先看这些病例"), lambda row: " ".join(row["stays"]), shown=named, width=50),
        ),
        empty=Empty(_("没有提示。")),
    )
