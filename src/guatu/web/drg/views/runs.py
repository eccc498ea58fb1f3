"""A run: all hospitals, one hospital, its stays, one stay."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.adapters.writers.statement import write_statement
from guatu.packs.drg.points.model import RULE_NAMES
from guatu.packs.drg.settlement.statement import LINES
from guatu.web.drg.models import Hospital, Run
from guatu.web.drg.selectors.cases import RULES, Row, case_of, case_rows, case_table, explained
from guatu.web.drg.selectors.negotiation import round_of, visible_objections
from guatu.web.drg.selectors.overview import HospitalRow, hospital_row, hospital_rows, levels, totals
from guatu.web.drg.selectors.scope import own_units, visible_hospitals
from guatu.web.drg.views.common import actor_of, exported, hospital_of, needs, page_of, run_of, tabs
from guatu.web.drg.words import language, picked
from guatu.web.ledger.views.fields import text_of

MEASURED = (
    ("grouping_rate", gettext_lazy("入组率"), "percent"),
    ("cmi", gettext_lazy("CMI"), "places"),
    ("cost_index", gettext_lazy("费用消耗指数"), "places"),
    ("time_index", gettext_lazy("时间消耗指数"), "places"),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("drg.view")
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """All hospitals that the actor may see, with sums and charts."""
    run = run_of(request, pk)
    actor, level, words = actor_of(request), text_of(request.GET, "level"), text_of(request.GET, "q")
    rows = hospital_rows(actor, run, level, words)
    if "format" in request.GET:
        return exported(request, f"DRG-{run.region_year}-{run.number}", _heads(), _cells(rows))
    context = {
        **tabs(request, run, "overview"),
        "rows": rows,
        "total": totals(rows),
        "levels": levels(actor, run),
        "level": level,
        "q": words,
        "chart": _chart(rows),
    }
    return render(request, "drg/run.html", context)


def _heads() -> list[tuple[str, int]]:
    return [
        (_("医院代码"), 12), (_("医院"), 24), (_("等级"), 8), (_("病例数"), 10), (_("入组率"), 10), (_("CMI"), 10),
        (_("费用消耗指数"), 12), (_("时间消耗指数"), 12), (_("点数"), 16), (_("考核后应付(元)"), 18),
        (_("已预付(元)"), 18), (_("清算额(元)"), 18),
    ]  # fmt: skip


def _cells(rows: list[HospitalRow]) -> Iterator[list[Any]]:
    names = ("grouping_rate", "cmi", "cost_index", "time_index", "points", "released", "prepaid", "clearing")
    for row in rows:
        yield [row.hospital.code, row.hospital.name, row.level, row.cases, *(row.number(name) for name in names)]
    sums = totals(rows)
    sums_of = [sums[name] for name in ("points", "released", "prepaid", "clearing")]
    yield [_("合计"), "", "", sums["cases"], None, None, None, None, *sums_of]


def _chart(rows: list[HospitalRow]) -> dict[str, Any]:
    """What the charts draw, with their words."""
    values = {
        name: [None if row.number(name) is None else float(row.number(name) or 0) for row in rows]
        for name, _label, _kind in MEASURED
    }
    names = [row.hospital.name or row.hospital.code for row in rows]
    return {"names": names, "words": {name: str(label) for name, label, _kind in MEASURED}, **values}


@needs("drg.view")
def hospital(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The statement of a hospital: each line with what it is made of."""
    run, place = run_of(request, pk), hospital_of(request, code)
    row = _row(run, place)
    at = 2 if language() == "en" else 1
    lines = [(line[0], line[at], row.figures[line[0]], "places" if line[0] == "points" else "yuan") for line in LINES]
    lines += [(name, str(label), row.figures[name], kind) for name, label, kind in MEASURED]
    actor = actor_of(request)
    context = {
        **tabs(request, run, "hospital"),
        "hospital": place,
        "row": row,
        "lines": lines,
        "round": round_of(run),
        "objections": visible_objections(actor, run).filter(hospital=place)[:50],
        "may_object": actor.may("drg.object") and place.unit_id in own_units(actor),
    }
    return render(request, "drg/hospital.html", context)


def _row(run: Run, place: Hospital) -> HospitalRow:
    row = hospital_row(run, place)
    if row is None:
        raise Http404
    return row


@needs("drg.view")
def statement(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The statement as a workbook: its lines with their reasons, and the stays."""
    run, place = run_of(request, pk), hospital_of(request, code)
    row = _row(run, place)
    out = io.BytesIO()
    title = f"{run.region_year} {place}"
    write_statement(out, language(), title, statement_lines(row), statement_stays(run, place))
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="statement-{run.region_year.year}-{place.code}.xlsx"'
    return response


def statement_lines(row: HospitalRow) -> Iterator[tuple[str, Decimal | None, str]]:
    at = 2 if language() == "en" else 1
    for line in LINES:
        figure = row.figures[line[0]]
        why = picked(figure)
        if figure["unverified"]:
            why += f" ({_('系数未与标准原文核对')}: {'; '.join(figure['unverified'])})"
        yield line[at], row.number(line[0]), why


def statement_stays(run: Run, place: Hospital) -> Iterator[tuple[Any, ...]]:
    for row in case_rows(case_table(run, place.code)):
        yield row["id"], row["drg"], row["days"], row["cost"], row["rule_name"], row["coefficient"], row["points"]


@needs("drg.view")
def cases(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The stays of a hospital by their numbers, all or those of one rule or group."""
    run, place = run_of(request, pk), hospital_of(request, code)
    rule, group = text_of(request.GET, "rule"), text_of(request.GET, "group")
    table = case_table(run, place.code, rule if rule in RULES else "", group)
    if "format" in request.GET:
        return exported(request, f"DRG-{run.region_year}-{place.code}", _case_heads(), _case_cells(case_rows(table)))
    page = page_of(request, range(table.num_rows))
    start = page.start_index() - 1 if table.num_rows else 0
    at = 1 if language() == "en" else 0
    context = {
        **tabs(request, run, "hospital"),
        "hospital": place,
        "page": page,
        "rows": case_rows(table.slice(start, len(page))),
        "rules": [(name, RULE_NAMES[name][at]) for name in RULES],
        "rule": rule,
        "group": group,
        "sum": _sums(table),
    }
    return render(request, "drg/cases.html", context)


def _sums(table: Any) -> dict[str, Any]:
    import pyarrow.compute as pc

    return {name: pc.sum(table.column(name)).as_py() or 0 for name in ("days", "cost", "points")}


def _case_heads() -> list[tuple[str, int]]:
    return [
        (_("病例号"), 28), (_("病组"), 10), (_("住院天数"), 10), (_("总费用(元)"), 16), (_("计点规则"), 14), (_("系数"), 10),
        (_("点数"), 14),
    ]  # fmt: skip


def _case_cells(rows: list[Row]) -> Iterator[list[Any]]:
    names = ("id", "drg", "days", "cost", "rule_name", "coefficient", "points")
    for row in rows:
        yield [row[name] for name in names]


@needs("drg.view")
def case(request: HttpRequest, pk: int, id_: str) -> HttpResponse:
    """One stay: its points explained, and the steps to its group."""
    run = run_of(request, pk)
    row = case_of(run, None, id_)
    place = visible_hospitals(actor_of(request)).filter(code=row["hospital"]).first() if row else None
    if row is None or place is None:
        raise Http404
    points, trace = explained(run, row, _row(run, place).level)
    context = {**tabs(request, run, "hospital"), "hospital": place, "case": row, "points": points, "trace": trace}
    return render(request, "drg/case.html", context)
