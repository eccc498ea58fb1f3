"""Work over partitions: the same results wherever it is done, in the order of the partitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.batch import ClusterRunner, LocalRunner, cluster_is_here, combined

NO_CLUSTER = "the extra 'cluster' is not installed · 没有安装 guatu[cluster]"


def doubled(number: int) -> int:
    return 2 * number


def test_the_local_runner_gives_each_partition_its_number() -> None:
    assert list(LocalRunner().run(doubled, [5, 6])) == [(0, 10), (1, 12)]


@given(st.lists(st.text(max_size=3)), st.randoms())
def test_partial_results_are_combined_in_the_order_of_the_partitions(words: list[str], chance) -> None:
    numbered = list(enumerate(words))
    chance.shuffle(numbered)
    assert combined(numbered, str.__add__, "") == "".join(words)


@pytest.mark.slow
@pytest.mark.skipif(not cluster_is_here(), reason=NO_CLUSTER)
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_what_one_process_gives() -> None:
    partitions = [3, 3, 1, 2]
    with ClusterRunner(workers=2) as runner:
        assert len(runner.process_ids()) == 2
        assert sorted(runner.run(doubled, partitions)) == list(LocalRunner().run(doubled, partitions))
