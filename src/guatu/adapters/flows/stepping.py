"""The two things a case desk does: open a case, and make an entry; both give the case and its state after."""

from datetime import date

import msgspec

from guatu.adapters.flows.engine import FlowEngine
from guatu.core.calendar.hours import local
from guatu.core.cases.case import Case, CaseState, MoveEntry, replay, replayed
from guatu.core.cases.case_floors import Bounds, admit_floor
from guatu.core.cases.moving import admit_move
from guatu.core.cases.posts import Posts
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

NO_POSTS = Posts()
NO_VALUE = Kind(
    "case.parameter-unset",
    "error",
    "参数“{zh}”({name})在 {day} 没有值,流程不能据以判断;请在业务包的 parameters.toml 里补上这一天的值",
    "parameter '{en}' ({name}) has no value on {day}, so that the flow cannot be judged; add one to parameters.toml",
)


class Stepped(msgspec.Struct, frozen=True):
    """The case and its state after an entry; with findings nothing has changed."""

    case: Case
    state: CaseState
    findings: tuple[RowFinding, ...] = ()


def open_case(engine: FlowEngine, case: Case) -> Stepped:
    """A new case before its first step. Raises ValueError for a case of another flow, version, or with a history."""
    if (case.flow, case.version, case.history) != (engine.flow.id, engine.version, ()):
        raise ValueError(f"{case.flow} {case.version} is no new case of {engine.flow.id} {engine.version}")
    return Stepped(case, replay(engine.flow, case, engine.decide))


def step_case(
    engine: FlowEngine, case: Case, entry: MoveEntry, posts: Posts = NO_POSTS, bounds: Bounds | None = None
) -> Stepped:
    """The case after an entry, or the case as it was and what stands against the entry.

    The fields of the entry are as somebody gave them, texts of a form or values of JSON; the history keeps them as the
    kinds of the fields read them. `posts` say who may not act twice, `bounds` what may not be done yet. Raises
    ValueError for a case of another flow or version: running cases stay on theirs.
    """
    if (case.flow, case.version) != (engine.flow.id, engine.version):
        raise ValueError(f"{case.flow} {case.version} is no case of {engine.flow.id} {engine.version}")
    # Played once for both: what stands against the entry, and where the case is after it.
    played = replayed(engine.flow, case, engine.decide)
    before = played.state(engine.flow)
    fields, findings = engine.fields.read(entry.fields, case.id)
    entry = msgspec.structs.replace(entry, fields=fields)
    findings += admit_move(engine.flow, case, before, entry, {one.field for one in findings})
    findings += posts.admit(case.id, case.history, entry)
    findings += admit_floor(engine.flow, case, before, entry, bounds) if bounds else []
    findings += _unset(engine, case.id, local(entry.at).date())
    findings = findings or engine.fields.broken(fields, before.data, case.id)
    if findings:
        return Stepped(case, before, tuple(findings))
    after = played.after(engine.flow, entry, engine.decide)
    return Stepped(case.with_entry(entry), after.state(engine.flow))


def _unset(engine: FlowEngine, case: str, day: date) -> list[RowFinding]:
    """What has no value on a day would send every case the way of the default, in silence."""
    words = ({"name": row.name, "zh": row.zh, "en": row.en, "day": f"{day}"} for row in engine.unset(day))
    return [row_finding(NO_VALUE, case, **one) for one in words]
