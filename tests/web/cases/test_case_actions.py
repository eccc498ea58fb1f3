"""What is done with cases: who may, what is refused and why, and that history is the truth."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from guatu.core.cases.case import start_data
from guatu.web.base.actions import perform
from guatu.web.base.models import AuditEntry, Setting
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow, Problem
from guatu.web.cases.actions.ask_clock import AskClock
from guatu.web.cases.actions.assign_cases import AssignCases
from guatu.web.cases.actions.decide_clock import DecideClock
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.actions.rate_case import RateCase
from guatu.web.cases.actions.reopen_case import ReopenCase
from guatu.web.cases.history import SUMMARY, standing, summary
from guatu.web.cases.models import Case, CaseEvent, FlowVersion, Reporter
from guatu.web.cases.selectors.duplicates import duplicates_of
from tests.web.cases.conftest import OUTSIDE, Desk, at, photo

pytestmark = pytest.mark.django_db


def agrees(case: Case) -> bool:
    """What is stored beside the case is what its history gives."""
    case.refresh_from_db()
    return {name: getattr(case, name) for name in SUMMARY} == summary(standing(case))


def test_a_report_of_the_public_waits_to_be_filed_and_is_not_asked_to_be_collected_again(desk: Desk) -> None:
    case = desk.report(at(3))
    assert (case.open_steps, case.source, case.opened_by) == ("file", "public", None)
    assert case.due == at(3, 9, 15)
    assert agrees(case)


def test_a_case_goes_through_its_seven_stages_and_its_history_replays_to_the_same_state(desk: Desk) -> None:
    case = desk.closed()
    assert (case.open_steps, case.ended_at is not None, case.late) == ("", True, False)
    assert [event.step for event in case.events.order_by("number")] == [
        "collect", "file", "assign", "handle", "report_back", "check", "close",
    ]  # fmt: skip
    assert case.unit == desk.county.unit("县水利局")
    assert agrees(case)


def test_a_return_needs_a_reason_and_asks_for_no_fields(desk: Desk) -> None:
    case = desk.assigned()
    with pytest.raises(Invalid, match="退回必须写明原因") as found:
        desk.move(case, "lead", "handle", at(3, 10), "return")
    assert found.value.field == "reason"
    assert desk.move(case, "lead", "handle", at(3, 10), "return", "不属本单位").open_steps == "assign"
    assert case.events.get(verb="return").reason == "不属本单位"
    assert agrees(case)


def test_handling_without_a_photo_is_refused_at_the_field(desk: Desk) -> None:
    case = desk.assigned()
    with pytest.raises(Invalid) as found:
        desk.move(case, "lead", "handle", at(3, 10), result="已更换")
    assert (found.value.field, found.value.code) == ("photo_after", "case.field-missing")


@pytest.mark.parametrize("role", ["responsible", "town", "village", "collector", "leader", "auditor", "insurer"])
def test_a_step_is_done_only_by_who_holds_its_post_for_the_case(desk: Desk, role: str) -> None:
    case = desk.assigned()
    with pytest.raises(Denied):
        desk.handled(case, at(3, 10), role)
    assert case.events.count() == 3


def test_two_who_act_on_one_case_at_once_do_not_both_succeed(desk: Desk) -> None:
    case = desk.assigned()
    seen = case.row_version
    perform(MoveCase(case.pk, seen, "handle", "return", "不属本单位"), desk.context("lead", at(3, 10)))
    with pytest.raises(Conflict):
        perform(MoveCase(case.pk, seen, "handle", "return", "不属本单位"), desk.context("lead", at(3, 10)))


def test_a_request_that_is_sent_again_makes_no_second_step(desk: Desk) -> None:
    case = desk.assigned()
    action = MoveCase(case.pk, case.row_version, "handle", "return", "不属本单位")
    for _time in range(2):
        perform(action, desk.context("lead", at(3, 10), key="once"))
    assert case.events.filter(verb="return").count() == 1


def test_a_history_only_grows(desk: Desk) -> None:
    event = desk.report().events.get()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def test_every_write_leaves_an_audit_line_and_the_reporter_stands_in_none(desk: Desk) -> None:
    case = desk.report(reporter="张三", phone="13800000000")
    lines = AuditEntry.objects.filter(object_type="cases.case", object_id=str(case.pk))
    assert [line.action for line in lines] == ["case.open"]
    assert "张三" not in str(lines.get().after)
    assert Reporter.objects.get(case=case).phone == "13800000000"


def test_a_running_case_stays_on_its_version_of_the_flow(desk: Desk) -> None:
    case = desk.assigned()
    old = case.flow
    text = old.text.replace('name="处置完成"', 'name="办完了"')
    kept = FlowVersion.objects.create(
        flow=old.flow, version="0" * 12, pack=old.pack, text=text, tables=old.tables, published_at=at(1)
    )
    assert standing(case).engine.version == old.version
    from guatu.web.cases.library import engine_of

    engine = engine_of(kept)
    assert any(arrow.name == "办完了" for arrow in engine.flow.arrows)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": " \0 "}, "text"),
        ({"text": "长" * 4001}, "text"),
        ({"address": "路" * 201}, "address"),
        ({"address": ""}, "address"),
        ({"code": "X9999"}, "class_code"),
        ({"lon": 121.0}, "position"),
        ({"lon": 500.0, "lat": 0.0}, "position"),
        ({"lon": float("nan"), "lat": 30.0}, "position"),
        ({"photos": [photo(size=21 * 2**20)]}, "photo"),
        ({"photos": [photo()] * 7}, "photo"),
    ],
)
def test_a_report_that_cannot_be_taken_says_at_which_field(desk: Desk, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as found:
        desk.report(**values)
    assert found.value.field == field
    assert not Case.objects.exists()


def test_a_point_outside_the_county_is_refused_and_one_inside_finds_its_town(desk: Desk, borders: Any) -> None:
    with pytest.raises(Invalid, match="不在本县范围内"):
        desk.report(lon=OUTSIDE[0], lat=OUTSIDE[1])
    lon, lat = borders("柳林镇")
    assert desk.report(lon=lon, lat=lat).place == desk.county.places["柳林镇"]


def test_reports_of_one_class_near_by_are_shown_as_likely_duplicates(desk: Desk, borders: Any) -> None:
    lon, lat = borders("柳林镇")
    first = desk.report(at(3), lon=lon, lat=lat)
    far = desk.report(at(3), lon=lon + 0.01, lat=lat)
    near = desk.report(at(4), lon=lon + 0.0001, lat=lat)
    found = duplicates_of(desk.context("desk", at(4)).actor, near, "zh")
    assert [one.case for one in found] == [first]
    assert far not in [one.case for one in found]
    assert "米" in found.rows[0].why


def ask(
    desk: Desk, case: Case, when: datetime.datetime, kind: str = "extend", role: str = "lead", **more: Any
) -> CaseEvent:
    case.refresh_from_db()
    perform(AskClock(case.pk, case.row_version, "handle", kind, "配件未到", **more), desk.context(role, when))
    return case.events.filter(kind="ask").latest("number")


def decide(
    desk: Desk, case: Case, asked: CaseEvent, when: datetime.datetime, grant: bool = True, reason: str = ""
) -> None:
    case.refresh_from_db()
    perform(DecideClock(case.pk, case.row_version, asked.pk, grant, reason), desk.context("desk", when))


def test_an_extension_that_is_granted_moves_the_due_time_by_what_was_asked(desk: Desk) -> None:
    case = desk.assigned()
    before = case.due
    decide(desk, case, ask(desk, case, at(3, 9, 30), amount=2), at(3, 9, 40))
    case.refresh_from_db()
    assert before is not None and case.due == before + datetime.timedelta(hours=2)
    assert agrees(case)


def test_an_extension_that_is_refused_changes_nothing_and_says_why(desk: Desk) -> None:
    case = desk.assigned()
    before, asked = case.due, ask(desk, case, at(3, 9, 30), amount=2)
    with pytest.raises(Invalid, match="必须写明原因"):
        decide(desk, case, asked, at(3, 9, 40), grant=False)
    decide(desk, case, asked, at(3, 9, 40), grant=False, reason="抢险不等人")
    case.refresh_from_db()
    assert case.due == before
    with pytest.raises(NotNow):
        decide(desk, case, asked, at(3, 9, 41))


def test_more_than_the_first_limit_is_not_asked_for(desk: Desk) -> None:
    with pytest.raises(Invalid) as found:
        ask(desk, desk.assigned(), at(3, 9, 30), amount=3)
    assert found.value.code == "clock.too-long"


def test_only_the_handler_asks_and_only_the_dispatcher_decides(desk: Desk) -> None:
    case = desk.assigned()
    with pytest.raises(Denied):
        ask(desk, case, at(3, 9, 30), role="collector", amount=1)
    asked = ask(desk, case, at(3, 9, 30), amount=1)
    case.refresh_from_db()
    with pytest.raises(Denied):
        perform(DecideClock(case.pk, case.row_version, asked.pk, True), desk.context("lead", at(3, 9, 40)))


def test_a_suspension_lasts_to_its_end_and_an_appeal_keeps_the_raw_lateness(desk: Desk) -> None:
    case = desk.assigned()
    decide(desk, case, ask(desk, case, at(3, 9, 30), "suspend", until=at(5, 9, 30)), at(3, 9, 40))
    case.refresh_from_db()
    assert case.paused and case.due is not None and case.due > at(5, 9)
    other = desk.assigned()
    desk.handled(other, at(3, 17))
    other.refresh_from_db()
    assert other.late
    decide(desk, other, ask(desk, other, at(4, 9), "appeal-granted"), at(4, 10))
    other.refresh_from_db()
    clock = next(one for one in standing(other).clocks if one.step == "handle")
    reading = standing(other).read(clock, at(4, 11))
    assert reading is not None and (reading.late, reading.counted_late) == (True, False)
    assert other.late and agrees(other)


def test_an_appeal_against_a_step_that_is_not_done_is_refused(desk: Desk) -> None:
    case = desk.assigned()
    with pytest.raises(Invalid, match="还没有办完,不能申诉"):
        ask(desk, case, at(4, 9), "appeal-granted")


def test_cases_are_assigned_together_or_not_at_all(desk: Desk) -> None:
    cases = []
    for _n in range(2):
        case = desk.report()
        cases.append(desk.move(case, "desk", "file", at(3, 9, 5), class_code="C0101"))
    filed = desk.report()
    unit = desk.county.unit("县水利局").pk
    pairs = tuple((case.pk, case.row_version) for case in [*cases, filed])
    with pytest.raises(Invalid, match=filed.code):
        perform(AssignCases(pairs, unit), desk.context("desk", at(3, 10)))
    assert not Case.objects.filter(unit=unit).exists()
    perform(AssignCases(pairs[:2], unit), desk.context("desk", at(3, 10)))
    assert Case.objects.filter(unit=unit, open_steps="handle").count() == 2
    with pytest.raises(Denied):
        perform(AssignCases(pairs[:2], unit), desk.context("lead", at(3, 10)))


def test_a_closed_case_is_rated_once_and_an_open_one_not(desk: Desk) -> None:
    with pytest.raises(NotNow):
        perform(RateCase(desk.report().code, 5), desk.context(None, at(3, 10)))
    case = desk.closed()
    with pytest.raises(Invalid):
        perform(RateCase(case.code, 6), desk.context(None, at(4)))
    perform(RateCase(case.code.lower().replace("-", " "), 4, "很快"), desk.context(None, at(4)))
    with pytest.raises(NotNow):
        perform(RateCase(case.code, 1), desk.context(None, at(4)))
    assert case.events.get(kind="rate").stars == 4


def test_a_closed_case_is_reopened_once_as_a_case_that_follows_it(desk: Desk) -> None:
    case = desk.closed()
    later = perform(ReopenCase(case.code, "又松动了"), desk.context(None, at(5)))
    assert (later.follows, later.open_steps) == (case, "file")
    assert later.text.startswith("又松动了")
    with pytest.raises(NotNow):
        perform(ReopenCase(case.code, "又松动了"), desk.context(None, at(5)))
    old = desk.closed(at(3, 9, month=4))
    with pytest.raises(NotNow, match="30"):
        perform(ReopenCase(old.code, "又松动了"), desk.context(None, at(5)))


def test_nobody_opens_a_confidential_case_without_an_account_or_follows_it_by_its_code(desk: Desk) -> None:
    action = OpenCase("disputes", "", "邻里排水纠纷", source="unit")
    with pytest.raises(Problem):
        perform(OpenCase("disputes", "", "邻里排水纠纷"), desk.context(None, at(3)))
    classes = __import__("guatu.web.cases.library", fromlist=["library"]).library().classes("disputes")
    code = classes[0].code if classes else ""
    case = perform(OpenCase("disputes", code, action.text, source="unit"), desk.context("village", at(3)))
    assert case.confidential and case.unit == desk.county.unit("柳林东村")
    with pytest.raises(Problem):
        perform(RateCase(case.code, 5), desk.context(None, at(4)))


def test_a_county_says_who_holds_a_post(desk: Desk) -> None:
    Setting.objects.create(
        name="cases.posts", value={"urban_management/handler": ["desk"]}, valid_from=datetime.date(2024, 1, 1)
    )
    assert desk.handled(desk.assigned(), at(3, 10), "desk").open_steps == "report_back"


def test_a_post_for_which_a_county_names_no_role_is_held_as_usual(desk: Desk) -> None:
    Setting.objects.create(
        name="cases.posts", value={"urban_management/handler": []}, valid_from=datetime.date(2024, 1, 1)
    )
    assert desk.handled(desk.assigned(), at(3, 10)).open_steps == "report_back"


def test_a_class_that_is_put_right_later_changes_nothing_of_what_went_before(desk: Desk) -> None:
    case = desk.report(code="C0101")
    desk.move(case, "desk", "file", at(3, 10), class_code="C0104")
    case.refresh_from_db()
    assert case.class_code == "C0104"
    now = standing(case)
    assert start_data(now.case)["class_code"] == "C0101"
    assert now.state.data["class_code"] == "C0104"


@pytest.mark.parametrize(("field", "most"), [("reporter", 200), ("phone", 254)])
def test_what_is_kept_of_a_reporter_is_whole_or_refused(desk: Desk, field: str, most: int) -> None:
    case = desk.report(**{field: "张" * most})
    kept = Reporter.objects.get(case=case)
    assert "张" * most in (kept.name, kept.phone)
    with pytest.raises(Invalid) as refused:
        desk.report(**{field: "张" * (most + 1)})
    assert refused.value.field == field
