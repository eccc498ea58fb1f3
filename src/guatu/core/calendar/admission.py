"""Which events a clock may take: how often it may be extended or suspended, for how long, and never against time.

The default numbers are those of a published implementation of digital urban management (extension by the original
limit, at most two; suspension once, for a year at most, not when already late). A county declares its own.
"""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from guatu.core.calendar.clock import Clock, Event, read_clock
from guatu.core.calendar.hours import WorkTime, local
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

BACKWARDS = Kind(
    "clock.backwards",
    "error",
    "{at} 早于上一次操作 {last},计时不能倒退;请核对时间",
    "{at} is before the last event, {last}: a clock does not run backwards; check the time",
)
NOT_RUNNING = Kind(
    "clock.not-running",
    "error",
    "计时已是“{state}”状态,不能再次暂停;请先恢复",
    "the clock is already {state} and cannot be paused again; let it run first",
)
NOT_PAUSED = Kind(
    "clock.not-paused", "error", "计时正在进行,无需恢复", "the clock is running; there is nothing to resume"
)
STOPPED = Kind(
    "clock.stopped",
    "error",
    "已于 {at} 办结,不能再变更时限",
    "closed on {at}; its limit can no longer be changed",
)
LATE = Kind(
    "clock.late",
    "error",
    "应于 {due} 前办结,现已超期,不能再延期或挂起;请尽快办结并说明原因",
    "was due {due} and is late: it can no longer be extended or suspended; finish it and give the reason",
)
TOO_MANY = Kind(
    "clock.too-many",
    "error",
    "已批准 {count} 次,最多 {limit} 次;请在现有时限内办结",
    "granted {count} times, {limit} at most; finish within the limit as it stands",
)
TOO_LONG = Kind(
    "clock.too-long",
    "error",
    "申请 {asked},最多 {limit};请缩短",
    "{asked} asked for, {limit} at most; ask for less",
)
NO_REVIEWER = Kind(
    "clock.no-reviewer",
    "error",
    "“{by}”不能批准时限变更;须由 {reviewers} 批准",
    "'{by}' cannot decide on a limit; {reviewers} can",
)
NOT_LATE = Kind(
    "clock.not-late",
    "error",
    "没有超期,无需申诉;如需更多时间,请申请延期",
    "it is not late: there is nothing to appeal; ask for an extension if time is short",
)
NOT_HANDLED = Kind(
    "clock.not-handled",
    "error",
    "还没有办完,不能申诉;请先办结这一环节",
    "it is not done yet: an appeal is made when it is; finish the step first",
)
APPEALED = Kind("clock.appealed", "error", "申诉已通过,不必重复登记", "the appeal was granted before")


class ClockPolicy(msgspec.Struct, frozen=True):
    """Bounds of extensions and suspensions; `extension_share` is the longest extension as a share of the first limit.

    `reviewers` are the roles that decide on extensions, suspensions and appeals; nobody is asked where it is empty.
    """

    max_extensions: int = 2
    extension_share: float = 1
    max_suspensions: int = 1
    suspension_days: int = 365
    when_late: bool = False
    reviewers: tuple[str, ...] = ()


def admit(clock: Clock, event: Event, policy: ClockPolicy, work: WorkTime, row: str = "") -> list[RowFinding]:
    """What stands against adding `event` to the clock; nothing does when the list is empty."""
    last = clock.events[-1].at if clock.events else clock.start
    if local(event.at) < local(last):
        return [row_finding(BACKWARDS, row, "at", at=_minutes(event), last=f"{local(last):%Y-%m-%d %H:%M}")]
    reviewed = list(_reviewed(event, policy, row))
    if event.kind == "appeal-granted":
        return [*reviewed, *_appeal(clock, event, work, row)]
    stop = next((one for one in clock.events if one.kind == "stop"), None)
    if stop:
        return [row_finding(STOPPED, row, "kind", at=_minutes(stop))]
    return [*reviewed, *_state(clock, event, policy, work, row), *_bounds(clock, event, policy, row)]


def _reviewed(event: Event, policy: ClockPolicy, row: str) -> Iterator[RowFinding]:
    decided = event.kind in ("extend", "suspend", "appeal-granted")
    if decided and policy.reviewers and event.by not in policy.reviewers:
        yield row_finding(NO_REVIEWER, row, "by", by=event.by, reviewers=", ".join(policy.reviewers))


def _appeal(clock: Clock, event: Event, work: WorkTime, row: str) -> Iterator[RowFinding]:
    """An appeal comes after the stop: only then is it known how late it was, and what is left open cannot leave the
    statistics."""
    if all(one.kind != "stop" for one in clock.events):
        yield row_finding(NOT_HANDLED, row, "kind")
    elif any(one.kind == "appeal-granted" for one in clock.events):
        yield row_finding(APPEALED, row, "kind")
    elif not read_clock(clock, event.at, work).late:
        yield row_finding(NOT_LATE, row, "kind")


def _state(clock: Clock, event: Event, policy: ClockPolicy, work: WorkTime, row: str) -> Iterator[RowFinding]:
    reading = read_clock(clock, event.at, work)
    if event.kind in ("pause", "suspend") and reading.state != "running":
        yield row_finding(NOT_RUNNING, row, "kind", state=reading.state)
    if event.kind == "resume" and reading.state == "running":
        yield row_finding(NOT_PAUSED, row, "kind")
    if event.kind in ("extend", "suspend") and reading.late and not policy.when_late:
        yield row_finding(LATE, row, "at", due=reading.due.part("due").text())


def _bounds(clock: Clock, event: Event, policy: ClockPolicy, row: str) -> Iterator[RowFinding]:
    count = sum(one.kind == event.kind for one in clock.events)
    most = {"extend": policy.max_extensions, "suspend": policy.max_suspensions}.get(event.kind)
    if most is not None and count >= most:
        yield row_finding(TOO_MANY, row, "kind", count=count, limit=most)
    longest = clock.limit.amount * policy.extension_share
    if event.amount > longest:
        yield row_finding(TOO_LONG, row, "amount", asked=event.amount, limit=longest)
    if event.until and event.until - event.at > timedelta(days=policy.suspension_days):
        asked = (event.until - event.at).days
        yield row_finding(TOO_LONG, row, "until", asked=asked, limit=policy.suspension_days)


def _minutes(event: Event) -> str:
    return f"{local(event.at):%Y-%m-%d %H:%M}"
