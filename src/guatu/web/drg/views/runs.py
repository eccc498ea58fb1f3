"""A run: all hospitals, one hospital, its stays, one stay."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from guatu.adapters.writers.statement import write_statement
from guatu.engines.drg.settlement.statement import LINES
from guatu.web.base.language import language
from guatu.web.base.shown import first
from guatu.web.drg.models import Hospital, Run
from guatu.web.drg.selectors.cases import case_of, case_rows, case_table, explained
from guatu.web.drg.selectors.negotiation import round_of, visible_objections
from guatu.web.drg.selectors.objection_list import OF_HOSPITAL
from guatu.web.drg.selectors.overview import MEASURED, HospitalRow, file_of, hospital_row, hospitals_of
from guatu.web.drg.selectors.run_lists import stays
from guatu.web.drg.selectors.scope import own_units, visible_hospitals
from guatu.web.drg.views.common import actor_of, hospital_of, needs, run_of, tabs
from guatu.web.drg.words import picked, places, yuan
from guatu.web.kit.pages import page
from guatu.web.kit.table import shown, table_export

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OBJECTIONS = 50


@page("drg.view", "drg/run.html")
def overview(request: HttpRequest, pk: int) -> dict[str, Any] | HttpResponseBase:
    """All hospitals that the actor may see, with sums and charts."""
    run = run_of(request, pk)
    if "format" in request.GET:
        return table_export(request, file_of(run))
    found = shown(request, hospitals_of(run))
    return {**found, **tabs(request, run, "overview"), "chart": _chart(found["list"].lines), "export_url": ""}


def _chart(rows: list[HospitalRow]) -> dict[str, Any]:
    """What the charts draw, with their words."""
    values = {
        name: [None if row.number(name) is None else float(row.number(name) or 0) for row in rows]
        for name, _label, _kind in MEASURED
    }
    names = [row.hospital.name or row.hospital.code for row in rows]
    return {"names": names, "words": {name: str(label) for name, label, _kind in MEASURED}, **values}


@page("drg.view", "drg/hospital.html")
def hospital(request: HttpRequest, pk: int, code: str) -> dict[str, Any]:
    """The statement of a hospital: each line with what it is made of."""
    run, place = run_of(request, pk), hospital_of(request, code)
    row = _row(run, place)
    at = 2 if language() == "en" else 1
    lines = [(line[0], line[at], row.figures[line[0]], _amount(row, line[0])) for line in LINES]
    lines += [(name, label, row.figures[name], written(row.number(name))) for name, label, written in MEASURED]
    actor, round_ = actor_of(request), round_of(run)
    nothing = _("这次结果还没有公布,公布后可以提出异议。")
    if round_ is not None:
        nothing = _("还没有异议。可在 %(day)s 前提出。") % {"day": round_.until}
    return {
        **tabs(request, run, "hospital"),
        "hospital": place,
        "row": row,
        "lines": lines,
        "round": round_,
        "columns": OF_HOSPITAL,
        "nothing": nothing,
        "objections": first(visible_objections(actor, run).filter(hospital=place), OBJECTIONS),
        "may_object": actor.may("drg.object") and place.unit_id in own_units(actor),
    }


def _amount(row: HospitalRow, name: str) -> str:
    value = row.number(name)
    if name == "points":
        return places(value)
    return f"{yuan(value)} {_('元')}" if value else yuan(value)


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


@page("drg.view", "drg/cases.html")
def cases(request: HttpRequest, pk: int, code: str) -> dict[str, Any]:
    """The stays of a hospital; those of one rule or group."""
    run, place = run_of(request, pk), hospital_of(request, code)
    return {"own_list": stays(run, place), **tabs(request, run, "hospital"), "hospital": place}


@page("drg.view", "drg/case.html")
def case(request: HttpRequest, pk: int, id_: str) -> dict[str, Any]:
    """One stay: its points explained, and the steps to its group."""
    run = run_of(request, pk)
    row = case_of(run, None, id_)
    place = visible_hospitals(actor_of(request)).filter(code=row["hospital"]).first() if row else None
    if row is None or place is None:
        raise Http404
    points, trace = explained(run, row, _row(run, place).level)
    return {**tabs(request, run, "hospital"), "hospital": place, "case": row, "points": points, "trace": trace}
