"""A year of payment by DRG in the example county: stays that nobody had, in hospitals that are nowhere."""

from __future__ import annotations

import csv
import datetime
import io
from collections import defaultdict
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.engines.drg.content import RECORDS, SCHEME
from guatu.engines.drg.grouping.readable import UNGROUPED, group_row
from guatu.engines.drg.scheme.loader import scheme_of
from guatu.engines.drg.simulation.example import YEAR, example_parameters, example_tables
from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import User
from guatu.web.directory.models import RoleGrant, Unit
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.drg.actions.approve_parameters import ApproveParameters
from guatu.web.drg.actions.create_year import CreateYear
from guatu.web.drg.actions.link_hospital import LinkHospital
from guatu.web.drg.actions.publish import Publish
from guatu.web.drg.actions.run_year import RunYear
from guatu.web.drg.actions.upload_parameters import UploadParameters
from guatu.web.drg.actions.upload_stays import UploadStays
from guatu.web.drg.actions.upload_table import UploadTable
from guatu.web.drg.models import Hospital, RegionYear, Run

CODED = ("sex", "age", "age_days", "weight_g", "los", "dx", "procs")
STAYS, HOSPITALS, SEED = 3000, 12, 7
FIRST = "H001"
ROUND = datetime.timedelta(days=14)
Row = dict[str, Any]


def files(stays: int, hospitals: int, seed: int) -> dict[str, bytes]:
    """The tables as a region would send them in (`history`, `stays`, `hospitals` as CSV) and `parameters` as TOML."""
    tables = example_tables(stays, hospitals, seed)
    records = _records()
    found = {"parameters": example_parameters(tables["stays"]).encode()}
    chosen = _chosen(tables["history"], len(records) - 1)
    for name in ("history", "stays"):
        found[name] = _csv(_coded(tables[name], records, chosen))
    found["hospitals"] = _csv(tables["hospitals"])
    return found


def _records() -> list[list[Row]]:
    """The records of the scheme that comes along, by group; those that belong nowhere come first."""
    scheme = scheme_of(SCHEME)
    by_group: dict[str, list[Row]] = defaultdict(list)
    with RECORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            texts = {name: value or "" for name, value in row.items()}
            by_group[group_row(texts, scheme).drg].append(texts)
    nowhere = by_group.pop(UNGROUPED)
    return [nowhere, *(by_group[group] for group in sorted(by_group))]


def _chosen(history: Any, groups: int) -> dict[str, int]:
    """For each group of the generator one of the records' groups: those that cost alike come together."""
    costs: dict[str, list[float]] = defaultdict(list)
    for row in history.select(["drg", "cost"]).to_pylist():
        costs[row["drg"]].append(float(row["cost"]))
    ordered = sorted(costs, key=lambda group: sum(costs[group]) / len(costs[group]))
    return {group: 1 + at * groups // len(ordered) for at, group in enumerate(ordered)}


def _coded(table: Any, records: list[list[Row]], chosen: dict[str, int]) -> Any:
    """The table with codes in the place of its groups."""
    columns: dict[str, list[str]] = {name: [] for name in CODED}
    for at, group in enumerate(table.column("drg").to_pylist()):
        like = records[0 if group == UNGROUPED else chosen.get(group, 1)]
        for name in CODED:
            columns[name].append(like[at % len(like)][name])
    rest = table.drop_columns(["drg"])
    for name, values in columns.items():
        rest = rest.append_column(name, pa.array(values, pa.string()))
    return rest


def _csv(table: Any) -> bytes:
    out = io.BytesIO()
    for at, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(at, field.name, table.column(at).cast(pa.string()))
    pacsv.write_csv(table, out)
    return out.getvalue()


def load(users: dict[str, User], at: datetime.datetime) -> Run:
    """The year uploaded, approved by two, computed and published; the first hospital is that of the demo account."""
    insurer, second = _context(users["yibao"], at), _context(_second(), at)
    year = perform(CreateYear("青禾县", YEAR), insurer)
    upload(year, files(STAYS, HOSPITALS, SEED), insurer, second)
    unit = Unit.objects.get(code="h01")
    hospital = Hospital.objects.get(code=FIRST)
    perform(LinkHospital(hospital.pk, unit.pk, hospital.row_version), insurer)
    year.refresh_from_db()
    run = perform(RunYear(year.pk, year.row_version), insurer)
    run_waiting()
    year.refresh_from_db()
    perform(Publish(run.pk, year.row_version, at.date() + ROUND, 10), insurer)
    return run


def upload(year: RegionYear, given: dict[str, bytes], insurer: Context, second: Context) -> None:
    for kind in ("history", "stays"):
        perform(UploadStays(year.pk, kind, SimpleUploadedFile(f"{kind}.csv", given[kind])), insurer)
    perform(UploadTable(year.pk, "hospitals", SimpleUploadedFile("hospitals.csv", given["hospitals"])), insurer)
    made = perform(UploadParameters(year.pk, SimpleUploadedFile("p.toml", given["parameters"])), insurer)
    for context in (insurer, second):
        perform(ApproveParameters(made.pk, made.digest), context)


def _second() -> User:
    """The second person of the insurer, whom nobody can log in as."""
    user, _new = User.objects.get_or_create(
        username="u-ybj-2", defaults={"display_name": "医保局复核", "password": "!"}
    )
    RoleGrant.objects.get_or_create(
        user=user, role="insurer", unit=Unit.objects.get(code="ybj"), valid_from=datetime.date(2020, 1, 1)
    )
    return user


def _context(user: User, at: datetime.datetime) -> Context:
    return Context(Actor(user, at.date(), grants_of(user, at.date())), at)
