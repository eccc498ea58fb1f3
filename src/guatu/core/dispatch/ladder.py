"""The ladder of supervision: reminder, amber, red, order, circular, talk (提醒, 黄牌, 红牌, 督办单, 通报, 约谈).

Steps are data. Which step comes next is decided from the history and the facts of a day alone, and the decision says
why. Steps are climbed one at a time, except those that a county declares to be taken at once. Nothing is climbed while
an appeal is open or a stop holds (a stop is a decision that somebody signed, with its reason).
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Literal, get_args

import msgspec

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.dispatch.vocabulary import Facts, check_condition, judged
from guatu.core.kernel.explained import Explained, Label, Part, Rule, Word
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.official import said
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.core.rules import Judgement

LadderEventKind = Literal["step", "stop", "go-on", "appeal", "upheld", "rejected", "settled", "withdrawn"]
LADDER_EVENT_KINDS: tuple[LadderEventKind, ...] = get_args(LadderEventKind)
Action = Literal["take", "wait", "halt", "none", "top"]

_STEP = Label("step", "措施", "step")
_TESTS = Label("tests", "条件与数值", "conditions and numbers")
_SINCE = Label("since", "自", "since")
_UNTIL = Label("until", "至", "until")
_REASON = Label("reason", "理由", "reason")
_EARLIEST = Label("earliest", "最早", "earliest")
_LAST = Label("last", "上一步", "step before")
_WAIT = Label("wait", "间隔", "interval")

_TAKE = Rule("ladder.take", "应采取“{step}”({tests})", "“{step}” is due ({tests})")
_WAIT_FOR = Rule(
    "ladder.wait",
    "条件已满足“{step}”({tests}),距“{last}”须满 {wait},最早 {earliest}",
    "the conditions of “{step}” hold ({tests}); {wait} after “{last}” it may be taken, from {earliest}",
)
_NONE = Rule(
    "ladder.none",
    "下一步“{step}”的条件未满足({tests})",
    "the conditions of the next step, “{step}”, do not hold ({tests})",
)
_OPEN = Rule(
    "ladder.unknown",
    "下一步“{step}”能否采取取决于未知的数({tests})",
    "whether “{step}” is due depends on a figure that is not known ({tests})",
)
_STOPPED = Rule(
    "ladder.stopped",
    "自 {since} 起中止,至 {until};理由:{reason}",
    "stopped since {since}, until {until}; reason: {reason}",
)
_APPEALED = Rule(
    "ladder.appealed",
    "对“{step}”的申诉 {since} 提出,尚未答复,暂不升级",
    "an appeal against “{step}” of {since} is open: no further step",
)
_TOP = Rule("ladder.top", "最后一步“{step}”已采取", "the last step, “{step}”, has been taken")
_UPHELD = Rule(
    "ladder.upheld",
    "对“{step}”的申诉成立,{until} 前不再采取该措施",
    "the appeal against “{step}” was upheld: it is not taken again before {until}",
)

_WITHDRAWN = Rule(
    "ladder.withdrawn",
    "“{step}”已撤销,{until} 前不再采取该措施",
    "“{step}” was withdrawn: it is not taken again before {until}",
)

SAME_STEP = Kind("ladder.same-id", "error", "有两步都叫“{step}”;请改名", "two steps are called “{step}”; rename one")
NO_TRIGGER = Kind(
    "ladder.no-trigger",
    "error",
    "“{step}”没有触发条件,会无故采取;请填写条件",
    "“{step}” has no conditions and would be taken without cause; enter them",
)
STRANGE_EVENT = Kind(
    "ladder.strange-event",
    "error",
    "{on} 的记录“{kind}”指向“{step}”,阶梯中没有这一步;请改正",
    "the record “{kind}” of {on} speaks of “{step}”, which is no step of the ladder; correct it",
)
OUT_OF_ORDER = Kind(
    "ladder.out-of-order",
    "error",
    "{on} 的记录排在 {before} 之后;请按时间排列",
    "the record of {on} stands after that of {before}; put them in order of time",
)


class Step(msgspec.Struct, frozen=True):
    """One step: the condition on which it is due, and the working days that must lie between the step before and it.

    `at_once` lets the step follow any lower one, without waiting.
    """

    id: str
    zh: str
    en: str
    when: str
    wait: int = 0
    at_once: bool = False


_Judged = tuple[Step, Judgement]


class LadderEvent(msgspec.Struct, frozen=True):
    """What happened: a step taken, a stop with its end, going on, an appeal against a step and its outcome, settlement,
    a step that its office took back.

    `until` ends a stop by itself (None: until going on), and after an upheld appeal or a withdrawal says from when the
    step may be taken again (None: not before settlement). Settlement (销号, or lights back to green) begins a new climb.
    """

    kind: LadderEventKind
    on: date
    step: str = ""
    until: date | None = None
    reason: str = ""


class Decision(msgspec.Struct, frozen=True):
    """take `step` today; wait for it until `earliest`; halt; none is due; or the top is reached."""

    action: Action
    step: str = ""
    earliest: date | None = None


class Climb(msgspec.Struct, frozen=True):
    """What stands of the history on a day: the steps taken that no appeal undid, in order, and what holds the climb."""

    standing: tuple[LadderEvent, ...] = ()
    barred: tuple[LadderEvent, ...] = ()
    stop: LadderEvent | None = None
    appeals: tuple[LadderEvent, ...] = ()


def next_step(
    ladder: Sequence[Step], history: Sequence[LadderEvent], facts: Facts, on: date, calendar: WorkingCalendar
) -> Explained[Decision]:
    """What is to be done on the day. `history` is in order of time; later events have not happened yet."""
    climb = climb_so_far(history, on)
    if climb.stop:
        stop = climb.stop
        until = _UNTIL.of(stop.until) if stop.until else _UNTIL.of(Word("另行决定", "further notice"))
        return _STOPPED.gives(Decision("halt"), _SINCE.of(stop.on), until, _REASON.of(stop.reason))
    if climb.appeals:
        appeal = climb.appeals[0]
        return _APPEALED.gives(Decision("halt"), _named(ladder, appeal.step), _SINCE.of(appeal.on))
    level = _level(ladder, climb)
    above = ladder[level + 1 :]
    if not above:
        return _TOP.gives(Decision("top"), _named(ladder, ladder[-1].id)) if ladder else _top_of_nothing()
    candidates = [above[0], *(step for step in above[1:] if step.at_once)]
    found = [(step, judged(step.when, facts)) for step in candidates]
    due = [one for one in found if one[1].verdict == "yes"]
    if due:
        return _due(ladder, due[-1], climb, on, calendar)
    unknown = [one for one in found if one[1].verdict == "unknown"]
    return _not_due((unknown or found)[0])


def climb_so_far(history: Sequence[LadderEvent], on: date) -> Climb:
    """The state to which the events up to the day lead."""
    climb = Climb()
    for event in history:
        if event.on <= on:
            climb = _after(climb, event)
    if climb.stop and climb.stop.until and climb.stop.until < on:
        climb = msgspec.structs.replace(climb, stop=None)
    barred = tuple(one for one in climb.barred if one.until is None or on < one.until)
    return msgspec.structs.replace(climb, barred=barred)


def check_ladder(ladder: Sequence[Step]) -> list[RowFinding]:
    """What is wrong with a ladder: equal names, steps without conditions, facts that do not exist."""
    found: list[RowFinding] = []
    names: set[str] = set()
    for step in ladder:
        if step.id in names:
            found.append(row_finding(SAME_STEP, step.id, "id", step=step.id))
        if step.when.strip() in ("", "true"):
            found.append(row_finding(NO_TRIGGER, step.id, "when", step=step.id))
        names.add(step.id)
        found += check_condition(step.id, step.when)
    return found


def check_history(ladder: Sequence[Step], history: Sequence[LadderEvent]) -> list[RowFinding]:
    """Events that speak of no step of the ladder, or stand out of order."""
    known = {step.id for step in ladder}
    found = [
        row_finding(STRANGE_EVENT, event.step, "step", on=event.on.isoformat(), kind=event.kind, step=event.step)
        for event in history
        if (event.step or event.kind in ("step", "appeal", "upheld", "rejected", "withdrawn"))
        and event.step not in known
    ]
    found += [
        row_finding(OUT_OF_ORDER, after.step, "on", on=after.on.isoformat(), before=before.on.isoformat())
        for before, after in pairwise(history)
        if after.on < before.on
    ]
    return found


def _after(climb: Climb, event: LadderEvent) -> Climb:
    change = msgspec.structs.replace
    if event.kind == "settled":
        return Climb()
    if event.kind == "step":
        return change(climb, standing=(*climb.standing, event))
    if event.kind in ("stop", "go-on"):
        return change(climb, stop=event if event.kind == "stop" else None)
    if event.kind == "appeal":
        return change(climb, appeals=(*climb.appeals, event))
    answered = tuple(one for one in climb.appeals if one.step != event.step)
    if event.kind == "rejected":
        return change(climb, appeals=answered)
    left = tuple(one for one in climb.standing if one.step != event.step)
    return change(climb, appeals=answered, standing=left, barred=(*climb.barred, event))


def _level(ladder: Sequence[Step], climb: Climb) -> int:
    """Place of the highest standing step; -1 on the ground."""
    places = {step.id: at for at, step in enumerate(ladder)}
    return max((places[event.step] for event in climb.standing), default=-1)


def _due(
    ladder: Sequence[Step], due: _Judged, climb: Climb, on: date, calendar: WorkingCalendar
) -> Explained[Decision]:
    step = due[0]
    barred = next((one for one in climb.barred if one.step == step.id), None)
    if barred:
        until = _UNTIL.of(barred.until) if barred.until else _UNTIL.of(Word("销号", "it is settled"))
        rule = _WITHDRAWN if barred.kind == "withdrawn" else _UPHELD
        return rule.gives(Decision("wait", step.id, barred.until), _named(ladder, step.id), until)
    parts = _parts(due)
    if climb.standing and not step.at_once:
        last = climb.standing[-1]
        earliest = calendar.shift(last.on, step.wait) if step.wait else last.on
        if on < earliest:
            told = (_part(_LAST, ladder, last.step), _WAIT.of(step.wait, "working-day"), _EARLIEST.of(earliest))
            return _WAIT_FOR.gives(Decision("wait", step.id, earliest), *parts, *told)
    # A paper gives the facts alone: what is done about them it says itself.
    words = msgspec.structs.replace(_TAKE, official=said(due[1].decided_by, tuple(parts)))
    return words.gives(Decision("take", step.id), *parts)


def _not_due(judged_step: _Judged) -> Explained[Decision]:
    step, found = judged_step
    parts = _parts(judged_step)
    if found.verdict == "unknown":
        return _OPEN.gives(Decision("wait", step.id), *parts)
    return _NONE.gives(Decision("none"), *parts)


def _parts(judged_step: _Judged) -> list[Part]:
    """The step, and of its condition what decided: of several causes the one that holds, not those that do not."""
    step, found = judged_step
    return [_STEP.of(Word(step.zh, step.en)), _TESTS.of(found.words), *found.parts()]


def _named(ladder: Sequence[Step], at: str) -> Part:
    return _part(_STEP, ladder, at)


def _part(label: Label, ladder: Sequence[Step], at: str) -> Part:
    step = next(one for one in ladder if one.id == at)
    return label.of(Word(step.zh, step.en))


def _top_of_nothing() -> Explained[Decision]:
    return _TOP.gives(Decision("top"), _STEP.of(Word("无", "none")))
