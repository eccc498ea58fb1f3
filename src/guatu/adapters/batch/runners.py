"""Where partitions are worked on: one after the other in this process, or by the workers of a Dask cluster.

Work must be idempotent and write only whole results: a worker that dies is replaced and its partitions are worked on
again. What is handed to `run` goes to other processes, so it is a function of a module and small data (paths, row
groups), not the rows themselves; every worker must see the same files.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

P = TypeVar("P")
R = TypeVar("R")

# How often the worker of one partition may die before the partition itself is blamed.
_DEATHS = 10


class Runner(Protocol):
    def run(self, work: Callable[[P], R], partitions: Sequence[P]) -> Iterator[tuple[int, R]]:
        """The result of each partition with its number, as they come."""
        ...


def cluster_is_here() -> bool:
    """Whether the libraries of the extra `cluster` are installed."""
    return find_spec("distributed") is not None


class LocalRunner:
    """One partition after the other, in this process."""

    def run(self, work: Callable[[P], R], partitions: Sequence[P]) -> Iterator[tuple[int, R]]:
        for n, partition in enumerate(partitions):
            yield n, work(partition)


class ClusterRunner:
    """The workers of a Dask cluster: one that runs at `address`, or `workers` processes of this machine.

    Use it as a context manager; processes that it started end with it.
    """

    def __init__(self, workers: int = 2, address: str | None = None) -> None:
        self._workers, self._address = workers, address
        self._cluster: Any = None
        self._client: Any = None

    def __enter__(self) -> Self:
        from distributed import Client, LocalCluster

        if self._address is None:
            self._cluster = LocalCluster(
                n_workers=self._workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                scheduler_kwargs={"allowed_failures": _DEATHS},
            )
        self._client = Client(self._cluster or self._address)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def process_ids(self) -> list[int]:
        """Of the workers that run now."""
        import os

        return sorted(self._client.run(os.getpid).values())

    def run(self, work: Callable[[P], R], partitions: Sequence[P]) -> Iterator[tuple[int, R]]:
        from distributed import as_completed

        # Equal partitions are still different work: `pure` would do one and copy its result.
        futures = self._client.map(work, partitions, pure=False)
        numbers = {future.key: n for n, future in enumerate(futures)}
        for future in as_completed(futures):
            yield numbers[future.key], future.result()
            future.release()
