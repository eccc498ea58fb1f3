"""Whoever reported learns what became of it: what was decided, by whom, with the picture afterwards, or why not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guatu.adapters.notices import Outcome
from guatu.core.fields.phone import masked_contact
from guatu.web.base.actions import perform
from guatu.web.base.models import Job, Setting
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.cases import ways
from guatu.web.cases.actions.end_case import JoinCase, RevokeCase, UrgeCase, WithdrawCase
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.history import SUMMARY, standing, summary
from guatu.web.cases.models import Case, CaseMessage, Reporter
from guatu.web.cases.selectors.public import public_case
from guatu.web.dispatch.models import Notice
from tests.web.cases.conftest import Desk, at, photo

pytestmark = pytest.mark.django_db
SMS = "短信"


@pytest.fixture
def sms() -> None:
    value = [{"name": SMS, "url": "json://gateway.example/{to}"}]
    Setting.objects.create(name="cases.ways", value=value, valid_from=at(1).date())


def agrees(case: Case) -> bool:
    case.refresh_from_db()
    return {name: getattr(case, name) for name in SUMMARY} == summary(standing(case))


def texts(case: Case) -> list[str]:
    told = CaseMessage.objects.filter(reporter__case=case).order_by("pk")
    return [one.text for one in told]


def test_the_page_of_who_reported_shows_the_unit_the_result_and_the_picture_afterwards(desk: Desk) -> None:
    case = desk.assigned()
    before = public_case(case.code, "zh")
    assert (before.unit, before.now) == ("县水利局", ["处置"]) and before.main.due is not None
    desk.handled(case, at(3, 9, 30))
    found = public_case(case.code, "zh")
    done = next(step for step in found.steps if step.text == "处置")
    assert done.said == [("办理结果", "已更换井盖")] and done.who.startswith("县水利局")
    page = Client().get(f"/track/{case.code}/")
    assert "已更换井盖" in page.content.decode() and "县水利局" in page.content.decode()
    answer = Client().get(f"/track/{case.code}/photo/{done.photos[0].pk}")
    assert answer.status_code == 200 and b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    other = desk.assigned()
    assert Client().get(f"/track/{other.code}/photo/{done.photos[0].pk}").status_code == 404


def test_a_picture_that_the_pack_does_not_make_public_is_not_shown(desk: Desk) -> None:
    case = desk.closed()
    one = case.files.get(field="photo_after")
    answer = Client().get(f"/track/{case.code}/photo/{one.pk}")
    assert answer.status_code == 200 and b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    case.files.update(field="photo_check")
    assert Client().get(f"/track/{case.code}/photo/{one.pk}").status_code == 404


def test_a_report_that_is_not_filed_needs_a_reason_and_who_reported_reads_it(desk: Desk) -> None:
    case = desk.report()
    with pytest.raises(Invalid, match="必须写明理由"):
        desk.move(case, "desk", "file", at(3, 10), "reject")
    desk.move(case, "desk", "file", at(3, 10), "reject", "属于小区内部设施,由物业负责")
    assert agrees(case) and case.outcome == "refused"
    found = public_case(case.code, "zh")
    assert found.outcome == "不予受理" and found.steps[-1].reason == "属于小区内部设施,由物业负责"
    assert "由物业负责" in Client().get(f"/track/{case.code}/").content.decode()


def test_a_case_that_was_done_is_an_end_of_another_kind(desk: Desk) -> None:
    case = desk.closed()
    assert agrees(case) and case.outcome == "done"


def test_who_reported_is_told_on_the_way_they_chose_and_it_is_kept_masked(
    desk: Desk, sms: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = desk.assigned(reporter="王某", phone="13900001234", way=SMS)
    desk.handled(case, at(3, 9, 30))
    message = CaseMessage.objects.get(reporter__case=case, text__contains="已更换井盖")
    assert message.masked == "139****1234" and "王某" not in message.text and case.code in message.text
    assert Job.objects.filter(kind=ways.KIND, payload={"message": message.pk}).count() == 1
    sent: list[str] = []

    def send(address: str, title: str, text: str) -> Outcome:
        sent.append(address)
        return Outcome(False, "no route to 13900001234")

    monkeypatch.setattr(ways, "send", send)
    outcome = ways.sent_out(message, at(3).date())
    assert sent == ["json://gateway.example/13900001234"] and outcome.reason == "no route to 139****1234"


def test_a_way_that_the_county_has_not_set_up_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid, match="告知方式"):
        desk.report(phone="13900001234", way=SMS)


def test_a_way_without_a_number_is_refused(desk: Desk, sms: None) -> None:
    with pytest.raises(Invalid, match="号码或邮箱"):
        desk.report(way=SMS)


@pytest.mark.parametrize(
    ("contact", "shown"), [("13900001234", "139****1234"), ("li@example.org", "l***@example.org"), ("12", "***")]
)
def test_a_contact_is_masked_so_that_its_owner_knows_it(contact: str, shown: str) -> None:
    assert masked_contact(contact) == shown


def test_one_matter_reported_three_ways_is_one_case_and_each_reporter_gets_the_answer(desk: Desk, sms: None) -> None:
    main = desk.assigned(reporter="甲", phone="13900000001", way=SMS)
    others = [desk.report(at(4), reporter=name, phone=f"1390000000{n}", way=SMS) for n, name in ((2, "乙"), (3, "丙"))]
    for one in others:
        main.refresh_from_db()
        one.refresh_from_db()
        perform(JoinCase(one.pk, one.row_version, main.pk), desk.context("desk", at(4, 10)))
        assert agrees(one) and one.outcome == "joined" and one.ended_at is not None
    main.refresh_from_db()
    desk.handled(main, at(4, 11))
    assert Reporter.objects.filter(messages__text__contains="已更换井盖").distinct().count() == 3
    for one in others:
        assert any(one.code in text and "已更换井盖" in text for text in texts(one)), "by their own code"
        found = public_case(one.code, "zh")
        assert found.main == main and any(step.said for step in found.steps)
    with pytest.raises(NotNow):
        perform(JoinCase(main.pk, main.row_version + 1, others[0].pk), desk.context("desk", at(4, 12)))


def test_who_is_joined_to_a_case_that_is_joined_is_one_step_from_the_answer(desk: Desk) -> None:
    first, second, third = (desk.report(at(3, 9, n)) for n in range(3))
    perform(JoinCase(third.pk, third.row_version, second.pk), desk.context("desk", at(3, 10)))
    second.refresh_from_db()
    perform(JoinCase(second.pk, second.row_version, first.pk), desk.context("desk", at(3, 11)))
    third.refresh_from_db()
    assert third.joined_to == first


def test_a_revoked_case_is_an_end_of_its_own_and_says_why(desk: Desk) -> None:
    case = desk.assigned()
    with pytest.raises(Invalid, match="写明理由"):
        perform(RevokeCase(case.pk, case.row_version, " "), desk.context("desk", at(3, 10)))
    perform(RevokeCase(case.pk, case.row_version, "登记重复"), desk.context("desk", at(3, 10)))
    assert agrees(case) and (case.outcome, case.open_steps) == ("revoked", "")
    assert public_case(case.code, "zh").steps[-1].reason == "登记重复"
    with pytest.raises(Invalid, match="已办结"):
        desk.handled(case, at(3, 11))


def test_who_reported_takes_it_back_until_a_unit_has_it(desk: Desk) -> None:
    case, given = desk.report(), desk.assigned()
    assert public_case(case.code, "zh").cancels and not public_case(given.code, "zh").cancels
    perform(WithdrawCase(case.code, "自己找到了"), desk.context(None, at(3, 10)))
    assert agrees(case) and case.outcome == "revoked"
    with pytest.raises(NotNow, match="不能撤回"):
        perform(WithdrawCase(given.code, "算了"), desk.context(None, at(3, 10)))


def test_the_unit_is_told_what_waits_and_what_is_urged(desk: Desk) -> None:
    case = desk.assigned()
    waiting = Notice.objects.filter(kind="case.waiting", unit=desk.county.unit("县水利局"))
    assert [one.title for one in waiting] == [f"有案件待办理:上水井盖 {case.code}"]
    perform(UrgeCase(case.pk, case.row_version, "群众又来电"), desk.context("desk", at(3, 10)))
    assert waiting.filter(title__startswith="催办").count() == 1 and agrees(case)


def test_whoever_has_a_case_taken_up_again_is_told_of_it(desk: Desk, sms: None) -> None:
    from guatu.web.cases.actions.reopen_case import ReopenCase

    case = desk.closed(reporter="王某", phone="13900001234", way=SMS)
    again = perform(ReopenCase(case.code, "又坏了"), desk.context(None, at(8)))
    assert Reporter.objects.get(case=again).way == SMS


def test_the_page_of_a_case_shows_pictures_side_by_side(desk: Desk, client: Any) -> None:
    case: Case = perform(
        OpenCase("urban_management", "C0101", "井盖缺失", "云岭路", photos=[photo("a.jpg")]), desk.context(None, at(3))
    )
    minute = at(3, 9, 5)
    desk.move(case, "desk", "file", minute, class_code="C0101", condition="danger")
    desk.move(case, "desk", "assign", at(3, 9, 6), unit=str(desk.county.unit("县水利局").pk))
    desk.handled(case, at(3, 9, 30))
    client.force_login(desk.county.users["desk"])
    text = client.get(f"/cases/{case.pk}/").content.decode()
    assert text.count("<figure>") == 2 and "处置" in text
