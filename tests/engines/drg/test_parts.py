"""Grouping in partitions gives what grouping in one go gives, also when a worker is killed in the middle."""

import os
import signal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bench.drg_records import write_parquet

from guatu.adapters.batch import ClusterRunner, LocalRunner, cluster_is_here, combined
from guatu.engines.drg.content import RECORDS, SCHEME
from guatu.engines.drg.grouping.columnar import NO_COUNTS, Counts
from guatu.engines.drg.grouping.encoding import Encoded
from guatu.engines.drg.grouping.files import group_file
from guatu.engines.drg.grouping.parts import group_part, join, parts_of
from guatu.engines.drg.scheme.model import Scheme

NO_CLUSTER = "the extra 'cluster' is not installed · 没有安装 guatu[cluster]"


@pytest.fixture(scope="module")
def stays(tmp_path_factory: pytest.TempPathFactory, example: Scheme) -> Path:
    """40,000 stays in 40 row groups."""
    folder = tmp_path_factory.mktemp("stays")
    write_parquet(folder / "whole.parquet", example, 40_000, seed=5)
    pq.write_table(pq.read_table(folder / "whole.parquet"), folder / "stays.parquet", row_group_size=1000)
    return folder / "stays.parquet"


@pytest.fixture(scope="module")
def alone(stays: Path, example: Scheme) -> tuple[bytes, Counts]:
    """What one process makes of them."""
    out = stays.with_name("alone.tsv")
    counts = group_file(stays, out, Encoded(example))
    return out.read_bytes(), counts


def test_partitions_in_one_process_give_the_same_bytes(
    tmp_path: Path, stays: Path, alone: tuple[bytes, Counts]
) -> None:
    parts = parts_of([stays], SCHEME, tmp_path, rows=3000)
    assert len(parts) == 14
    counts = combined(LocalRunner().run(group_part, parts), Counts.__add__, NO_COUNTS)
    join(parts, tmp_path / "out.tsv")
    assert ((tmp_path / "out.tsv").read_bytes(), counts) == alone
    assert [path.name for path in tmp_path.iterdir()] == ["out.tsv"]


def test_a_text_file_is_one_partition_and_several_files_keep_their_order(tmp_path: Path, stays: Path) -> None:
    parts = parts_of([RECORDS, stays], SCHEME, tmp_path, rows=25_000)
    assert [part.row_groups and len(part.row_groups) for part in parts] == [None, 25, 15]


@pytest.mark.slow
@pytest.mark.skipif(not cluster_is_here(), reason=NO_CLUSTER)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("killed", [False, True], ids=["whole", "killed"])
def test_two_workers_give_the_same_bytes_even_when_one_is_killed(
    tmp_path: Path, stays: Path, alone: tuple[bytes, Counts], killed: bool
) -> None:
    parts = parts_of([stays], SCHEME, tmp_path, rows=1000)
    with ClusterRunner(workers=2) as runner:
        before = runner.process_ids()
        arriving = runner.run(group_part, parts)
        results = [next(arriving)]
        if killed:
            os.kill(before[0], signal.SIGKILL)
        results += arriving
        assert not killed or before[0] not in runner.process_ids()
    join(parts, tmp_path / "out.tsv")
    assert ((tmp_path / "out.tsv").read_bytes(), combined(results, Counts.__add__, NO_COUNTS)) == alone
