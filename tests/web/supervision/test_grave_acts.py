"""Grave acts are laid open with all facts, never one click, confirmed by a second person, taken back with a reason."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from docx import Document
from lxml import html

from guatu.core.kernel.official import official
from guatu.web.base.actions import perform
from guatu.web.base.models import User
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.directory.models import RoleGrant
from guatu.web.dispatch.actions.decide_act import DecideAct
from guatu.web.dispatch.actions.issue_circular import IssueCircular
from guatu.web.dispatch.actions.make_appeal import MakeAppeal
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.actions.propose_act import ProposeAct
from guatu.web.dispatch.actions.record_ladder import RecordLadder
from guatu.web.dispatch.actions.take_step import TakeStep
from guatu.web.dispatch.actions.withdraw_act import WithdrawAct
from guatu.web.dispatch.models import Act, Circular, LadderEvent, Notice
from guatu.web.dispatch.selectors.circular_figures import tables_of
from guatu.web.dispatch.selectors.steps import STEPS, StepRow
from tests.web.dispatch.conftest import START, at
from tests.web.supervision.conftest import NOW, Office

Clients = Callable[[str], Client]
pytestmark = pytest.mark.django_db
ONLY_CIRCULAR = [{"id": "circular", "zh": "通报批评", "en": "circular", "when": "reds_in_a_row >= 1"}]


@pytest.fixture
def second(year: Office) -> None:
    """Another person of the office."""
    user = User.objects.create_user("second", password="x", display_name="第二人")
    RoleGrant.objects.create(
        user=user, role="supervision", unit=year.board.county.unit("县政府督查室"), valid_from=START
    )
    year.board.users["second"] = user


@pytest.fixture(autouse=True)
def ladder_of_one(setting: Any, second: None) -> None:
    setting("dispatch.ladder", ONLY_CIRCULAR)


def row_of(office: Office, when: datetime.datetime = NOW) -> StepRow | None:
    asked = {"unit": str(office.unit("柳林镇"))}
    return next(iter(STEPS.all_lines(office.context("supervision", when).actor, asked)), None)


def proposed(office: Office, when: datetime.datetime = NOW, **values: Any) -> Act:
    row = row_of(office, when)
    assert row is not None
    given = {"light": row.light.pk, "step": "circular", "reason": official(row.decision), "checked": True, **values}
    return perform(ProposeAct(**given), office.context("supervision", when))


def decided(office: Office, act: Act, role: str = "second", agree: bool = True, reason: str = "", **more: Any) -> Act:
    act.refresh_from_db()
    return perform(DecideAct(act.pk, act.row_version, agree, reason), office.context(role, more.get("when", NOW)))


def withdrawn(office: Office, act: Act, when: datetime.datetime = NOW) -> Act:
    act.refresh_from_db()
    perform(WithdrawAct(act.pk, act.row_version, "核实为数据录入错误"), office.context("supervision", when))
    return decided(office, act, when=when)


def test_a_grave_step_is_never_one_click(year: Office) -> None:
    row = row_of(year)
    assert row is not None and row.grave and row.ticked == ""
    period, unit = year.board.period("2024-05").pk, year.unit("柳林镇")
    for action in (
        TakeStep(period, year.board.pipes.pk, unit, "circular"),
        RecordLadder(year.board.pipes.pk, unit, "step", "circular", "督办逾期"),
    ):
        with pytest.raises(NotNow) as refused:
            perform(action, year.context())  # type: ignore[arg-type]
        assert refused.value.code == "step.grave"
    assert LadderEvent.objects.count() == 0


def test_it_stands_only_when_somebody_else_has_confirmed_it(year: Office) -> None:
    act = proposed(year)
    assert act.state == "proposed" and act.reason == "连续5期亮红灯"
    assert LadderEvent.objects.count() == 0 and Notice.objects.get().unit is None
    for role in ("supervision", "town"):
        with pytest.raises(Denied):
            decided(year, act, role)
    taken = decided(year, act)
    event = LadderEvent.objects.get()
    assert (taken.state, taken.event, event.step, event.reason) == ("taken", event, "circular", "连续5期亮红灯")
    told = Notice.objects.get(unit=year.unit("柳林镇"))
    assert told.title == "通报批评:新建供水管网"
    with pytest.raises(NotNow):
        decided(year, act)


def test_the_leader_may_be_the_second_person(year: Office) -> None:
    assert decided(year, proposed(year), "leader").state == "taken"


def test_where_the_county_asks_for_nobody_else_it_is_taken_when_proposed(year: Office, setting: Any) -> None:
    setting("dispatch.grave-steps", [{"step": "circular", "second": False}])
    act = proposed(year)
    assert act.state == "taken" and LadderEvent.objects.count() == 1


def test_who_proposes_answers_for_having_looked_at_what_is_so(year: Office) -> None:
    for values, code in (({"checked": False}, "checked"), ({"reason": "连续4期亮红灯"}, "")):
        with pytest.raises((Invalid, NotNow)) as refused:
            proposed(year, **values)
        assert (refused.value.field or "") == code
    proposed(year)
    with pytest.raises(NotNow) as twice:
        proposed(year)
    assert twice.value.code == "act.open"


def test_an_appeal_that_comes_in_between_halts_it(year: Office) -> None:
    act = proposed(year)
    perform(MakeAppeal(year.light(year.board.pipes, "柳林镇").pk, "数字填错"), year.context("town"))
    with pytest.raises(NotNow):
        decided(year, act)
    assert decided(year, act, agree=False, reason="有申诉").state == "refused"
    with pytest.raises(Invalid):
        decided(year, Act.objects.create(**_again(act)), agree=False)


def _again(act: Act) -> dict[str, Any]:
    same = ("task", "unit", "period", "step", "label", "reason", "facts", "proposed_by", "proposed_at")
    return {name: getattr(act, name) for name in same}


def test_the_facts_are_kept_as_they_were(year: Office) -> None:
    order = year.issue()
    act = proposed(year)
    facts = act.facts
    assert [one["colour"] for one in facts["lights"]] == ["red"] * 5
    assert len(facts["reports"]) == 5 and facts["orders"][0]["number"] == order.number
    year.light(year.board.pipes, "柳林镇").delete()
    act.refresh_from_db()
    assert act.facts == facts


def test_a_withdrawal_goes_the_way_of_the_act_and_nothing_is_deleted(year: Office) -> None:
    act = decided(year, proposed(year))
    with pytest.raises(Invalid):
        perform(WithdrawAct(act.pk, act.row_version, " "), year.context())
    gone = withdrawn(year, act)
    assert gone.state == "withdrawn" and gone.withdrawal == "核实为数据录入错误"
    assert [event.kind for event in LadderEvent.objects.order_by("id")] == ["step", "withdrawn"]
    assert Notice.objects.filter(unit=act.unit_id).order_by("-id")[0].title == "已撤销通报批评:新建供水管网"
    row = row_of(year)
    assert row is not None and row.action == "wait" and "已撤销" in row.decision.sentence() and row.done == []


def test_a_withdrawal_that_is_not_confirmed_leaves_the_act(year: Office) -> None:
    act = decided(year, proposed(year))
    act.refresh_from_db()
    perform(WithdrawAct(act.pk, act.row_version, "再看"), year.context())
    with pytest.raises(Denied):
        decided(year, act, "supervision")
    assert decided(year, act, agree=False, reason="事实清楚").state == "taken"


def circular_of(office: Office, when: datetime.datetime) -> Circular:
    office.close("2024-05")
    return perform(MakeCircular(office.board.period("2024-05").pk, despite=True), office.context(when=when))


def test_the_next_circular_corrects_what_an_issued_one_told(year: Office) -> None:
    act = decided(year, proposed(year))
    first = circular_of(year, at(6, 12, 10))
    assert [row[0] for row in tables_of(first.body)["named"].rows] == ["柳林镇人民政府"]
    assert "下列1个单位按督查程序予以点名通报。" in first.texts["behind"] and first.texts["corrections"] == ""
    perform(IssueCircular(first.pk, first.row_version), year.context(when=at(6, 12, 11)))
    withdrawn(year, act, at(6, 13))
    second = circular_of(year, at(6, 14))
    tables = tables_of(second.body)
    assert not tables["named"].rows
    assert tables["corrections"].rows[0][0] == "柳林镇人民政府" and "核实" in str(tables["corrections"].rows[0][3])
    assert second.texts["corrections"] == "此前通报中的下列1项措施经核实已撤销，特此更正。"
    perform(IssueCircular(second.pk, second.row_version), year.context(when=at(6, 14)))
    assert not tables_of(circular_of(year, at(6, 15)).body)["corrections"].rows


def test_what_was_withdrawn_before_it_was_told_is_not_named_at_all(year: Office) -> None:
    withdrawn(year, decided(year, proposed(year)))
    body = circular_of(year, at(6, 14)).body
    assert not tables_of(body)["named"].rows and not tables_of(body)["corrections"].rows


def test_the_page_shows_all_facts_and_takes_two_people(year: Office, client_of: Clients) -> None:
    row = row_of(year)
    assert row is not None
    page = client_of("supervision").get(f"/orders/steps/{row.light.pk}/")
    text = html.fromstring(page.content).text_content()
    for words in ("各期亮灯", "填报", "督办单", "申诉", "连续5期亮红灯"):
        assert words in text
    given = {"step": "circular", "reason": "连续5期亮红灯"}
    refused = client_of("supervision").post(f"/orders/steps/{row.light.pk}/propose", given)
    assert refused.status_code == 422 and not Act.objects.exists()
    client_of("supervision").post(f"/orders/steps/{row.light.pk}/propose", {**given, "checked": "1"})
    act = Act.objects.get()
    own = html.fromstring(client_of("supervision").get(f"/orders/acts/{act.pk}/").content)
    assert "须由提出人以外的人确认" in own.text_content() and not own.xpath("//button[@name='do']")
    leader = client_of("leader")
    assert html.fromstring(leader.get(f"/orders/acts/{act.pk}/").content).xpath("//button[@name='do']")
    leader.post(f"/orders/acts/{act.pk}/decide", {"seen": act.row_version, "do": "agree"})
    act.refresh_from_db()
    assert act.state == "taken"
    paper = Document(io.BytesIO(client_of("town").get(f"/orders/acts/{act.pk}/act.docx").content))
    assert "连续5期亮红灯" in "".join(line.text for line in paper.paragraphs)


def test_a_unit_sees_what_was_done_to_it_and_not_what_is_only_proposed(year: Office, client_of: Clients) -> None:
    act = proposed(year)
    assert client_of("town").get(f"/orders/acts/{act.pk}/").status_code == 404
    decided(year, act)
    assert client_of("town").get(f"/orders/acts/{act.pk}/").status_code == 200
