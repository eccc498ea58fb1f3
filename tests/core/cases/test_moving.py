from datetime import datetime

import msgspec
import pytest

from guatu.core.calendar.hours import CHINA
from guatu.core.cases.case import Case, MoveEntry, replay
from guatu.core.cases.flow import FieldNeed
from guatu.core.cases.moving import admit_move
from tests.core.cases.flows import END, START, choice, flow, step

FLOW = flow(
    START, step("a"), step("b", 4, fields=(FieldNeed("photo"), FieldNeed("note", False))), choice("g"), END,
    arrows='s>a;a>b;b>g;g>e:move = "forward";g>a!:move = "back"',
)  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=CHINA)


FIRST = MoveEntry(at=at("02 09:00"), actor="x", role="r", step="a", move="forward")
CASE = Case(id="案1", flow="p", version="v", opened_at=at("02 08:00"), history=(FIRST,))
GOOD = MoveEntry(at=at("02 10:00"), actor="x", role="r", step="b", move="forward", fields={"photo": "p.jpg"})
BACK = MoveEntry(at=at("02 10:00"), actor="x", role="r", step="b", move="back", verb="return", reason="照片不清")


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        (GOOD, []),
        (BACK, []),
        (msgspec.structs.replace(GOOD, fields={"photo": "p", "class_code": "x"}), ["case.field-not-asked"]),
        (msgspec.structs.replace(BACK, fields={"class_code": "x"}), ["case.field-not-asked"]),
        (msgspec.structs.replace(BACK, reason="  "), ["case.reason-missing"]),
        (msgspec.structs.replace(GOOD, fields={"photo": " "}), ["case.field-missing"]),
        (msgspec.structs.replace(GOOD, role="q"), ["case.not-your-step"]),
        (msgspec.structs.replace(GOOD, move="jump"), ["case.no-such-move"]),
        (msgspec.structs.replace(GOOD, step="a"), ["case.step-not-open"]),
        (msgspec.structs.replace(GOOD, step="nowhere"), ["case.step-not-open"]),
        (msgspec.structs.replace(GOOD, at=at("02 08:30")), ["case.backwards"]),
        (msgspec.structs.replace(BACK, verb="forward"), ["case.wrong-verb", "case.field-missing"][:1]),
        (msgspec.structs.replace(GOOD, role="q", fields={}), ["case.not-your-step", "case.field-missing"]),
    ],
)
def test_an_entry_is_admitted_or_every_objection_is_named(entry: MoveEntry, codes: list[str]) -> None:
    assert [one.code for one in admit_move(FLOW, CASE, replay(FLOW, CASE), entry)] == codes


def test_a_field_filled_in_before_is_not_asked_for_again() -> None:
    told = msgspec.structs.replace(CASE, data={"photo": "p.jpg"})
    assert admit_move(FLOW, told, replay(FLOW, told), msgspec.structs.replace(GOOD, fields={})) == []


def test_nothing_can_be_done_in_a_case_that_has_ended() -> None:
    ended = CASE.with_entry(GOOD)
    (found,) = admit_move(FLOW, ended, replay(FLOW, ended), GOOD)
    assert (found.code, found.row) == ("case.ended", "案1")
