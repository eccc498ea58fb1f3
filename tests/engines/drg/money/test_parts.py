"""A year settled in parts, also by workers of which one is killed, is the year settled in one go."""

import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from guatu.adapters.batch import ClusterRunner, LocalRunner, cluster_is_here
from guatu.engines.drg.parameters import load_set
from guatu.engines.drg.points import Review
from guatu.engines.drg.settlement import Settlement
from guatu.engines.drg.settlement.hospitals import read_hospitals
from guatu.engines.drg.settlement.parts import Job, settle_part, settle_parts
from guatu.engines.drg.settlement.year import settle_year
from guatu.engines.drg.simulation.example import example_parameters, example_tables
from guatu.engines.drg.weights.history import weigh_history
from guatu.engines.drg.weights.record import weights_to_bytes

NO_CLUSTER = "the extra 'cluster' is not installed · 没有安装 guatu[cluster]"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Job], Settlement, dict[str, int], Any]:
    """Jobs of five files with whole hospitals each, one with bad rows; and the year settled in one go."""
    folder = tmp_path_factory.mktemp("parts")
    tables = example_tables(4000, 12, 3)
    stays = tables["stays"]
    costs = stays.column("cost").to_pylist()
    costs[5], costs[6] = "-1.00", "much"
    stays = stays.set_column(stays.column_names.index("cost"), "cost", pa.array(costs))
    parameters, _ = load_set(example_parameters(tables["stays"]), "parameters.toml")
    hospitals, _ = read_hospitals(tables["hospitals"].to_pylist())
    assert parameters is not None
    weights, _, _ = weigh_history(tables["history"], parameters, {row.code: row.level for row in hospitals}, {})
    assert weights is not None
    (folder / "weights.json").write_bytes(weights_to_bytes(weights))
    reviews = tuple(Review(str(stays.column("id")[n]), 10_000) for n in (20, 30, 40))
    year, problems, _ = settle_year(stays, weights, parameters, hospitals, reviews)
    assert year is not None
    jobs = []
    for n in range(5):
        own = pa.array([row.code for at, row in enumerate(hospitals) if at % 5 == n])
        path = folder / f"part{n}.parquet"
        pq.write_table(stays.filter(pc.is_in(stays.column("hospital").cast(pa.string()), own)), path)
        jobs.append(Job(str(path), str(folder / "weights.json"), parameters, tuple(hospitals), reviews))
    return jobs, year.settlement, problems.by_code(), stays


def test_parts_in_one_process_give_the_same_settlement_and_count_the_same_problems(made: Any) -> None:
    jobs, whole, problems, _ = made
    results = [part for _, part in LocalRunner().run(settle_part, jobs[::-1])]
    found, counted, findings = settle_parts(results, jobs[0].parameters, jobs[0].hospitals)
    assert not [finding for finding in findings if finding.severity == "error"]
    assert found == whole and counted == problems and problems["drg.amount-negative"] == 1


@pytest.mark.slow
@pytest.mark.skipif(not cluster_is_here(), reason=NO_CLUSTER)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("killed", [False, True], ids=["whole", "killed"])
def test_two_workers_give_the_same_settlement_even_when_one_is_killed(made: Any, killed: bool) -> None:
    jobs, whole, _, _ = made
    with ClusterRunner(workers=2) as runner:
        before = runner.process_ids()
        arriving = runner.run(settle_part, jobs)
        results = [next(arriving)]
        if killed:
            os.kill(before[0], signal.SIGKILL)
        results += arriving
    found, _, _ = settle_parts([part for _, part in results], jobs[0].parameters, jobs[0].hospitals)
    assert found == whole


def test_what_parts_cannot_see_is_refused(made: Any, tmp_path: Path) -> None:
    jobs, _, _, stays = made
    for name in ("a", "b"):
        pq.write_table(stays.slice(100, 50), tmp_path / f"{name}.parquet")
    results = [settle_part(replace(jobs[0], stays=str(tmp_path / f"{name}.parquet"))) for name in ("a", "b")]
    found, _, findings = settle_parts(results, jobs[0].parameters, jobs[0].hospitals)
    codes = {finding.code for finding in findings if finding.severity == "error"}
    assert found is None and codes == {"drg.parts-hospital", "drg.parts-duplicate"}
    bent = jobs[0].parameters.with_value("readmission_scope", "region", "test")
    found, _, findings = settle_parts(results[:1], bent, jobs[0].hospitals, simulated=True)
    assert found is None and "drg.parts-scope" in {finding.code for finding in findings}


def test_a_review_that_no_part_has_is_told_once(made: Any) -> None:
    jobs, _, _, _ = made
    asked = [replace(job, reviews=(*job.reviews, Review("nobody"))) for job in jobs]
    results = [settle_part(job) for job in asked]
    found, _, findings = settle_parts(results, jobs[0].parameters, jobs[0].hospitals)
    told = [finding.params["id"] for finding in findings if finding.code == "drg.review-without-stay"]
    assert found is not None and told == ["nobody"]
