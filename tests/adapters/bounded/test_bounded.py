"""Work in a child process: its answer, each of its limits, and that nothing is left of it."""

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guatu.adapters.bounded import Limits, OutOfBounds, client, limits_for, run, tree
from tests.adapters.bounded import warming, works

pytestmark = pytest.mark.skipif(not client.is_bounded(), reason="only Linux holds work to limits")
LIMITS = Limits(cpu=1, wall=20, megabytes=300, output=8 << 20)
SHORT = Limits(cpu=1, wall=1, megabytes=300)


def ended(work: Callable[[bytes, Any], object], params: object, limits: Limits = LIMITS) -> OutOfBounds:
    with pytest.raises(OutOfBounds) as caught:
        run(work, b"", params, limits)
    return caught.value


def gone(pid: int) -> bool:
    """Whether a process has ended and nobody waits for it any more."""
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


def test_the_answer_of_the_work_comes_back() -> None:
    assert run(works.count, b"abc", 7, LIMITS) == 21
    assert run(works.count, bytes(40 << 20), 1, LIMITS) == 40 << 20


def test_what_is_only_worth_its_time_for_many_is_made_before_the_second() -> None:
    told = [run(warming.ready, b"", None, LIMITS) for _ in range(3)]
    assert told == [["preloaded"], ["preloaded", "warm"], ["preloaded", "warm"]]


def test_work_that_computes_without_end_is_stopped_by_its_cpu_time() -> None:
    end = ended(works.spin, None)
    assert (end.end, end.limit) == ("time", "1")
    assert (
        end.message("zh") == "读取这个文件所需的时间超过上限（1 秒），已停止。请拆分文件，或另存为较简单的格式后再试。"
    )
    assert end.message("en").startswith("Reading this file takes more time than is allowed (1 s)")


def test_work_that_waits_without_end_is_stopped_by_the_clock() -> None:
    begun = time.monotonic()
    assert ended(works.sleep, None, SHORT).end == "time"
    assert time.monotonic() - begun < 15


def test_work_that_fills_the_memory_bit_by_bit_is_stopped() -> None:
    end = ended(works.fill, 2000, Limits(20, 60, 300))
    assert (end.end, end.limit) == ("memory", "300")


def test_a_single_demand_for_too_much_memory_is_not_granted() -> None:
    assert ended(works.demand, 5000).end == "memory"


def test_an_answer_that_is_too_large_is_not_taken() -> None:
    assert ended(works.write, 40).end == "output"


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_work_that_dies_is_told_apart_and_leaves_no_core(number: signal.Signals) -> None:
    end = ended(works.die, int(number))
    assert (end.end, end.limit) == ("crash", number.name)


def test_a_parser_that_reaches_into_nowhere_takes_nobody_along() -> None:
    assert ended(works.crash, None).limit == "SIGSEGV"
    assert run(works.count, b"abc", 1, LIMITS) == 3


def test_an_error_of_the_work_is_named_and_its_traceback_kept_for_the_log() -> None:
    end = ended(works.fail, "秘密")
    assert (end.end, end.limit) == ("crash", "RuntimeError")
    assert "RuntimeError: 秘密" in end.detail and "秘密" not in end.message("zh")


def test_what_the_child_sends_is_decoded_by_its_type_and_never_believed() -> None:
    assert ended(works.lie, None).end == "crash"


def test_the_child_has_no_secret_no_network_and_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUATU_SECRET", "x")
    monkeypatch.setenv("GUATU_DATABASE", "postgresql://x")
    client._zygote.close()
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        seen = run(works.look, b"", "127.0.0.1", LIMITS)
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
    assert not {name for name in seen.environment if name.startswith("GUATU_") and "ISOLATION" not in name}
    assert not seen.network
    assert Path(seen.folder).name.startswith("guatu-") and not Path(seen.folder).exists()
    assert (seen.threads, seen.core) == (1, 0)


def test_a_stopped_child_leaves_no_process_no_zombie_and_no_file(tmp_path: Path) -> None:
    assert ended(works.litter, str(tmp_path), Limits(5, 2, 300)).end == "time"
    *pids, folder = (tmp_path / "pids").read_text().split()
    assert len(pids) == 3 and all(gone(int(pid)) for pid in pids)
    assert not Path(folder).exists()
    assert all(not line.endswith(" Z") for line in _states_below(client._zygote._process.pid))  # type: ignore[union-attr]


def _states_below(pid: int) -> list[str]:
    found = subprocess.run(["ps", "-o", "pid=,stat=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [line.strip() for line in found.stdout.splitlines()]


def test_the_child_ends_with_its_caller(tmp_path: Path) -> None:
    script = (
        "import sys; from guatu.adapters.bounded import Limits, run; from tests.adapters.bounded import works;"
        "run(works.litter, b'', sys.argv[1], Limits(60, 600, 300))"
    )
    caller = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=Path(__file__).parents[3])
    for _ in range(200):
        if (tmp_path / "pids").exists() and (tmp_path / "pids").read_text().count(" ") == 3:
            break
        time.sleep(0.1)
    caller.kill()
    caller.wait()
    *pids, folder = (tmp_path / "pids").read_text().split()
    assert all(gone(int(pid)) for pid in pids)
    # Whoever kept them clears the folder when they are gone, which is a moment later.
    for _ in range(100):
        if not Path(folder).exists():
            break
        time.sleep(0.1)
    assert not Path(folder).exists()


def test_a_zygote_that_was_killed_is_started_again() -> None:
    run(works.count, b"", 1, LIMITS)
    process = client._zygote._process
    assert process is not None
    process.kill()
    process.wait()
    assert run(works.count, b"abc", 1, LIMITS) == 3


def test_threads_get_their_own_answers_and_hostile_work_beside_them_changes_none() -> None:
    answers: dict[int, object] = {}

    def ask(n: int) -> None:
        try:
            answers[n] = run(works.spin if n == 0 else works.count, b"ab", None if n == 0 else n, LIMITS)  # type: ignore[arg-type]
        except OutOfBounds as end:
            answers[n] = end.end

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {0: "time", **{n: 2 * n for n in range(1, 8)}}


def test_no_more_than_two_at_a_time_and_who_waits_too_long_is_told() -> None:
    threads = [
        threading.Thread(target=lambda: ended(works.sleep, None, Limits(5, 4, 300))) for _ in range(client.AT_ONCE)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    end = ended(works.count, 1, Limits(1, 0.5, 300))
    assert end.end == "busy" and "请稍后再试" in end.message("zh")
    for thread in threads:
        thread.join()


def test_the_caller_is_asked_to_renew_its_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ALIVE_SECONDS", 0.1)
    calls: list[None] = []
    with pytest.raises(OutOfBounds):
        run(works.sleep, b"", None, SHORT, lambda: calls.append(None))
    assert len(calls) >= 3


def test_a_forked_copy_of_the_caller_starts_its_own_zygote() -> None:
    run(works.count, b"", 1, LIMITS)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(_count_in_fork) == (3, os.getpid())
    assert run(works.count, b"abcd", 1, LIMITS) == 4


def _count_in_fork() -> tuple[int, int]:
    return run(works.count, b"abc", 1, LIMITS), os.getppid()


def test_descendants_are_found_with_and_without_the_lists_of_the_kernel() -> None:
    with subprocess.Popen(["sh", "-c", "sleep 60 & sleep 60"], start_new_session=True) as shell:
        while len(tree.below(shell.pid)) < 2:
            time.sleep(0.05)
        sought = tree._sought()
        assert sorted(sought(shell.pid)) == sorted(tree.below(shell.pid))
        assert shell.pid in sought(os.getpid())
        os.killpg(shell.pid, signal.SIGKILL)


def test_limits_grow_with_the_input_and_are_set_by_call_or_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = limits_for(1000), limits_for(64 << 20)
    assert small.cpu and large.cpu and small.cpu < large.cpu <= 90
    assert small.wall == 90 and large.wall == 100
    monkeypatch.setenv("GUATU_READ_SECONDS", "7.5")
    monkeypatch.setenv("GUATU_READ_MEMORY", "0")
    assert limits_for(1000) == Limits(7.5, 22.5, None)
    assert limits_for(1000, 0, 200) == Limits(None, None, 200)
    monkeypatch.setenv("GUATU_READ_SECONDS", "soon")
    assert limits_for(1000).cpu == small.cpu


def test_elsewhere_the_work_is_done_here_and_that_is_said_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(client, "is_bounded", lambda: False)
    monkeypatch.setattr(client, "_told", set())
    assert run(works.count, b"abc", 2, LIMITS) == 6 == run(works.count, b"abc", 2, LIMITS)
    assert caplog.text.count("cannot limit the time and memory") == 1
