"""What pages show is what the pack computes from the same files."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from guatu.cli.main import main
from guatu.engines.drg.simulation.example import example_tables
from guatu.web.base.actions import perform
from guatu.web.base.files import path_of
from guatu.web.base.jobs import run_waiting
from guatu.web.drg.actions.simulate import Simulate
from guatu.web.drg.actions.store_failure import StoreFailure
from guatu.web.drg.actions.upload_stays import UploadStays
from guatu.web.drg.models import Result, Run, RunFile, Simulation
from guatu.web.drg.selectors.cases import case_rows, case_table, explained, output
from guatu.web.drg.selectors.overview import hospital_row
from guatu.web.drg.views.runs import statement_lines
from tests.web.drg.conftest import OWN, Region, named, region_files

pytestmark = pytest.mark.django_db
Pair = tuple[Region, Run]


def test_a_run_again_from_the_same_inputs_gives_the_same_bytes(computed: Pair) -> None:
    region, first = computed
    second = region.run(again=first.pk)
    hashes = [dict(RunFile.objects.filter(run=run).values_list("name", "file__sha256")) for run in (first, second)]
    assert len(hashes[0]) == 5
    assert hashes[0] == hashes[1]
    assert [row.figures for row in first.results.order_by("hospital")] == [
        row.figures for row in second.results.order_by("hospital")
    ]


def test_the_figures_are_those_of_the_command_line_on_the_same_files(computed: Pair, tmp_path: Path) -> None:
    _region, run = computed
    work = tmp_path / "cli"
    work.mkdir()
    inputs: dict[str, str] = {}
    for role in ("history", "stays", "hospitals"):
        path = work / f"{role}.parquet"
        path.write_bytes(path_of(getattr(run, role).file).read_bytes())
        inputs[role] = str(path)
    parameters = work / "parameters.toml"
    parameters.write_bytes(region_files()["parameters"])

    def call(*words: str) -> None:
        done = CliRunner().invoke(main, ["drg", *words])
        assert done.exit_code == 0, done.output

    for role in ("history", "stays"):
        call("group", inputs[role], "-o", str(work / f"{role}-groups.parquet"))
    common = ["--parameters", str(parameters), "--hospitals", inputs["hospitals"]]
    groups = {role: str(work / f"{role}-groups.parquet") for role in ("history", "stays")}
    call("weigh", inputs["history"], *common, "--groups", groups["history"], "-o", str(work / "w"))
    weights = str(work / "w" / "weights.json")
    call("settle", inputs["stays"], *common, "--weights", weights, "--groups", groups["stays"], "-o", str(work / "s"))
    told = json.loads((work / "s" / "settlement.json").read_text(encoding="utf-8"))["settlement"]
    assert str(told["total_points"]) == run.summary["points"]
    results = {row.hospital.code: row for row in run.results.select_related("hospital")}
    assert len(results) == 12
    for line in told["hospitals"]:
        row = results[line["code"]]
        assert row.cases == line["cases"]
        for name in ("entitlement", "claims", "released", "prepaid", "clearing"):
            assert Decimal(row.figures[name]["value"]) * 100 == line[name]["value"]["fen"], (line["code"], name)


def test_a_stays_explanation_gives_the_points_of_the_run(computed: Pair) -> None:
    _region, run = computed
    rows = case_rows(case_table(run, OWN))
    level = Result.objects.get(run=run, hospital__code=OWN).level
    assert len({row["rule"] for row in rows}) > 1
    for row in rows[:60]:
        points, trace = explained(run, row, level)
        assert (None if row["points"] is None else Decimal(points["value"])) == row["points"], row
        assert (trace and any(line.startswith("+") for line in trace)) or row["drg"] == "0000"


def test_a_hospitals_points_are_the_sum_of_its_stays(computed: Pair) -> None:
    _region, run = computed
    for result in run.results.select_related("hospital"):
        rows = case_rows(case_table(run, result.hospital.code))
        assert sum((row["points"] or 0 for row in rows), Decimal(0)) == Decimal(result.figures["points"]["value"])
        assert len(rows) == result.cases


def test_the_statement_says_what_the_page_says(computed: Pair) -> None:
    region, run = computed
    answer = region.client("insurer").get(f"/drg/runs/{run.pk}/hospitals/{OWN}/statement.xlsx")
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.content))
    first, records = book.worksheets
    shown = {row[0]: row[1] for row in first.iter_rows(min_row=2, values_only=True)}
    result = Result.objects.select_related("hospital").get(run=run, hospital__code=OWN)
    row = hospital_row(run, result.hospital)
    assert row is not None
    for name, value, _why in statement_lines(row):
        if value is not None:
            assert Decimal(str(shown[name])).quantize(Decimal("0.01")) == value.quantize(Decimal("0.01")), name
    cells = {str(cell) for line in records.iter_rows(values_only=True) for cell in line if cell is not None}
    assert {line["id"] for line in case_rows(case_table(run, OWN))} <= cells


def test_the_export_of_the_overview_is_what_is_shown(computed: Pair) -> None:
    region, run = computed
    client = region.client("insurer")
    level = Result.objects.filter(run=run).first().level  # type: ignore[union-attr]
    page = client.get(f"/drg/runs/{run.pk}/", {"level": level})
    text = b"".join(client.get(f"/drg/runs/{run.pk}/", {"level": level, "format": "csv"}).streaming_content).decode()
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(lines) == 2 + len(page.context["list"].lines)
    for row in page.context["list"].lines:
        assert row.hospital.code in text and str(row.number("clearing").normalize().__format__("f")) in text


def test_problem_rows_are_listed_with_reason_and_counted(region: Region) -> None:
    head, *rows = region_files()["stays"].decode().splitlines()
    names = [name.strip('"') for name in head.split(",")]
    cells = [row.split(",") for row in rows]
    cells[0][names.index("cost")] = '"-5.00"'
    cells[1][names.index("hospital")] = '"H999"'
    cells[2][names.index("discharged")] = '"2020-01-01"'
    cells[3][names.index("dx")] = '""'
    data = "\n".join([head, *(",".join(row) for row in cells), "broken,line"]).encode()
    table = region.act("insurer", UploadStays(region.year.pk, "stays", named("s.csv", data)))
    assert table.bad_lines == 1
    run = region.run()
    answer = region.client("insurer").get(f"/drg/runs/{run.pk}/problems", {"severity": "error"})
    said = {row["code"] for row in answer.context["list"].lines}
    assert {"drg.amount-negative", "drg.hospital-unknown", "drg.dates-reversed", "dx.principal-empty"} <= said
    assert sum(n for _code, _kind, n in answer.context["counts"]) >= 4
    assert run.summary["cases"] + run.summary["left_out"] == table.rows


def test_a_simulation_shows_before_and_after_and_keeps_the_run(computed: Pair) -> None:
    region, run = computed
    made = region.act("insurer", Simulate(run.pk, "low_threshold = 0.9\n"))
    run_waiting()
    made = Simulation.objects.get(pk=made.pk)
    assert made.state == "done", made.failure
    for row in made.outcome["hospitals"]:
        result = run.results.get(hospital__code=row["code"])
        assert row["before"] == result.figures["entitlement"]["value"]
        assert Decimal(row["change"]["value"]) == Decimal(row["after"]) - Decimal(row["before"])
    assert sum(row["cases"] for row in made.outcome["moved"]) > 0
    answer = region.client("insurer").get(f"/drg/simulations/{made.pk}/")
    assert answer.status_code == 200 and "低倍率" in answer.content.decode()


def test_the_generator_of_the_example_uses_the_packs_stays() -> None:
    table: Any = example_tables(1400, 12, 3)["stays"]
    assert pa.types.is_string(table.schema.field("id").type)
    assert region_files()["stays"].count(b"\n") == table.num_rows + 1


def test_the_settlement_is_stored_with_the_hash_of_each_input(computed: Pair) -> None:
    _region, run = computed
    told = json.loads(output(run, "settlement.json").read_bytes())
    assert told["inputs"]["stays"]["sha256"] == run.stays.file.sha256
    assert told["parameters"]["approved_by"] == ["insurer", "second"]


def test_what_stands_out_is_listed_with_its_numbers_and_stays(computed: Pair) -> None:
    region, run = computed
    client = region.client("insurer")
    page = client.get(f"/drg/runs/{run.pk}/quality")
    rows = list(page.context["list"].lines)
    assert len(rows) == run.summary["signals"] > 0
    for row in rows:
        assert row["figure"]["zh"] in page.content.decode()
    named_stays = [id_ for row in rows for id_ in row["stays"][:1]]
    assert named_stays
    assert {client.get(f"/drg/runs/{run.pk}/cases/{id_}").status_code for id_ in named_stays} == {200}
    only = client.get(f"/drg/runs/{run.pk}/quality", {"hospital": rows[0]["hospital"], "what": rows[0]["what"]})
    assert 0 < len(only.context["list"].lines) <= len(rows)


def test_a_failure_that_is_stored_twice_is_of_the_same_simulation_and_says_why(computed: Pair) -> None:
    region, run = computed
    made = region.act("insurer", Simulate(run.pk, "low_threshold = 0.9\n"))
    failure, context = (
        StoreFailure("simulation", made.pk, [["不行", "no"]]),
        replace(region.context("insurer"), key="j"),
    )
    assert [perform(failure, context) for _again in range(2)] == [made, made]
    made.refresh_from_db()
    assert (made.state, made.reasons) == (Simulation.State.FAILED, ["不行"])
