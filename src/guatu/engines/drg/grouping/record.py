"""A stay to be grouped, and what is wrong with it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.grouping import problems
from guatu.engines.drg.grouping.numbers import BLANKS, NEWBORN_DAYS, fits, number, sex_of
from guatu.engines.drg.scheme.entry import asks_for, facts_of
from guatu.engines.drg.scheme.model import Mdc, Scheme

COLUMNS = ("id", "sex", "age", "age_days", "weight_g", "dx", "procs")
OPTIONAL = ("los",)
"""Columns that grouping reads; `dept` and `leave_type` may be there and change nothing."""


@dataclass(frozen=True, slots=True)
class Record:
    """One stay. `age` in years, `age_days` in days, `weight_g` in grams, `los` in days; NaN where there is none.

    `dx` and `procs` are codes as the hospital wrote them, the principal diagnosis and the main procedure first; a blank
    first one stays, so that no other takes its place.
    """

    id: str
    sex: int
    age: float
    age_days: float
    weight_g: float
    los: float
    dx: tuple[str, ...]
    procs: tuple[str, ...]

    @property
    def newborn(self) -> bool:
        return self.age_days <= NEWBORN_DAYS


def record_of(row: Mapping[str, str], scheme: Scheme) -> tuple[Record, list[RowFinding]]:
    """The record of a row of text, and everything that is wrong with it."""
    record = Record(
        id=row["id"],
        sex=sex_of(row["sex"]),
        age=number(row["age"])[0],
        age_days=number(row["age_days"])[0],
        weight_g=number(row["weight_g"])[0],
        los=number(row.get("los", ""))[0],
        dx=_codes(row["dx"]),
        procs=_codes(row["procs"]),
    )
    found = [*_person(row, record), *_numbers(row), *_diagnoses(record, scheme), *_procedures(record, scheme)]
    return record, [row_finding(kind, record.id, field, None, value=value) for kind, field, value in found]


_Found = Iterator[tuple[Kind, str, str]]


def _codes(cell: str) -> tuple[str, ...]:
    first, *others = (code.strip(BLANKS) for code in cell.split("|"))
    return (first, *filter(None, others))


def _person(row: Mapping[str, str], record: Record) -> _Found:
    if not record.id.strip(BLANKS):
        yield problems.ID, "id", ""
    if not record.sex:
        yield problems.SEX, "sex", row["sex"]
    if math.isnan(record.age):
        yield problems.AGE, "age", row["age"]
        return
    infant = math.floor(record.age) == 0
    if infant and math.isnan(record.age_days):
        yield problems.DAYS_MISSING, "age_days", ""
    if not math.isnan(record.age_days) and not fits(record.age, record.age_days):
        yield problems.AGE_CONTRADICTS, "age_days", f"age {row['age']}, age_days {row['age_days']}"
    if infant and record.newborn and math.isnan(record.weight_g):
        yield problems.WEIGHT_MISSING, "weight_g", ""


def _numbers(row: Mapping[str, str]) -> _Found:
    if number(row["age_days"])[1]:
        yield problems.DAYS, "age_days", row["age_days"]
    weight, bad = number(row["weight_g"])
    if bad or weight == 0:
        yield problems.WEIGHT, "weight_g", row["weight_g"]
    if number(row.get("los", ""))[1]:
        yield problems.LOS, "los", row.get("los", "")


def _diagnoses(record: Record, scheme: Scheme) -> _Found:
    written = record.dx[0]
    principal = scheme.dx_of(written)
    if not written:
        yield problems.NO_PRINCIPAL, "dx", ""
    elif principal is None:
        yield problems.UNKNOWN_PRINCIPAL, "dx", written
    elif not any(principal in mdc.dx for mdc in scheme.mdcs):
        yield problems.GREY, "dx", written
    elif record.sex and sex_contradicts(scheme.mdcs, principal, record.sex):
        yield problems.SEX_CONTRADICTS, "sex", written
    for code in record.dx[1:]:
        if scheme.dx_of(code) is None:
            yield problems.UNKNOWN_DX, "dx", code


def _procedures(record: Record, scheme: Scheme) -> _Found:
    if not record.procs[0] and len(record.procs) > 1:
        yield problems.NO_MAIN_PROC, "procs", ""
    for code in record.procs:
        if code and scheme.proc_of(code) is None:
            yield problems.UNKNOWN_PROC, "procs", code


def sex_contradicts(mdcs: tuple[Mdc, ...], principal: str, sex: int) -> bool:
    """Whether the scheme has the diagnosis only where it asks for the other sex."""
    conditions = {mdc.condition for mdc in mdcs if principal in mdc.dx and mdc.entry == "principal"}
    other = {one for one in conditions if asks_for(one, 3 - sex)}
    # Of the newborn the tables do not ask which sex they are of.
    return bool(other) and all(facts_of(one) == ("age",) for one in conditions - other)
