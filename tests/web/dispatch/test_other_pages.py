"""Periods, lights, appeals, forecasts and milestones as pages."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guatu.adapters.holidays import national_calendar
from guatu.web.base.actions import perform
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import Setting
from guatu.web.dispatch.actions.compute_lights import ComputeLights
from guatu.web.dispatch.models import Appeal, Light, Period, PeriodRule
from guatu.web.dispatch.system import system_context
from guatu.web.ledger.models import Milestone, Plan, Target, Task
from tests.web.dispatch.conftest import Board, at
from tests.web.dispatch.test_lights import compute, light_of, year
from tests.web.html import flat


@pytest.fixture(autouse=True)
def on_june_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(6, 10, 10))


def client_for(board: Board, role: str) -> Client:
    client = Client()
    client.force_login(board.county.users[role])
    return client


def text(response: Any) -> str:
    return flat(response.content.decode())


def plain(response: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(response))))


# Periods


def test_periods_stand_under_their_rule_with_counts(may: Board) -> None:
    may.accepted("2024-05", may.patrol, "城关镇", at(6, 4))
    page = plain(client_for(may, "supervision").get("/periods/"))
    assert "月调度" in page and "每月 · 期后第 5 日截止" in page
    assert re.search(r"2024-05 2024-06-05 2024-06-25 填报中 6 1 0 1", page)


def test_rates_show_numerator_and_denominator_and_add_up(may: Board) -> None:
    may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    may.hand_in("2024-05", may.pipes, "石门镇", at(6, 8), {may.length.pk: "6"})
    page = plain(client_for(may, "supervision").get(f"/periods/{may.period('2024-05').pk}/"))
    assert re.search(r"柳林镇\S* 1 1 0 0 100.0% \(1/1\) 100.0% \(1/1\)", page)
    assert re.search(r"石门镇\S* 1 1 0 1 100.0% \(1/1\) 0.0% \(0/1\)", page)
    assert re.search(r"县水利局 2 0 2 0 0.0% \(0/2\) 0.0% \(0/2\)", page)
    assert re.search(r"合计 6 2 4 1 33.3% \(2/6\) 16.7% \(1/6\)", page)


def test_a_unit_sees_its_own_delivery_alone(may: Board) -> None:
    page = plain(client_for(may, "town").get(f"/periods/{may.period('2024-05').pk}/"))
    assert "柳林镇" in page and "石门镇" not in page and "关闭本期" not in page


def test_the_ladder_proposes_with_its_reason(may: Board) -> None:
    compute(may)
    page = plain(client_for(may, "supervision").get(f"/periods/{may.period('2024-05').pk}/"))
    assert "红牌警示" in page and "连续缺报 5项 >= 2项" in page


def test_delivery_is_exported(may: Board) -> None:
    address = f"/periods/{may.period('2024-05').pk}/export/?format=csv"
    exported = b"".join(client_for(may, "supervision").get(address).streaming_content).decode("utf-8-sig")
    assert len(exported.strip().splitlines()) == 1 + 5 + 1


def test_a_rule_is_made_on_its_page_and_opens_what_is_due(board: Board) -> None:
    client = client_for(board, "supervision")
    given = {
        "title": "季督查", "every": "quarter", "due_day": "10", "opens_before": "30", "closes_after": "", "roll": "on",
        "starts_on": "2024-04-01", "ends_on": "",
    }  # fmt: skip
    response = client.post(f"/periods/plan/{board.plan.pk}/rules/add/", given, follow=True)
    assert "规则已保存" in text(response)
    rule = PeriodRule.objects.get(name="季督查")
    assert (rule.closes_after, rule.due_day) == (None, 10)
    assert Period.objects.filter(rule=rule, key="2024Q2").exists()
    changed = {**given, "title": "季度督查", "seen": rule.row_version}
    client.post(f"/periods/plan/{board.plan.pk}/rules/{rule.pk}/", changed)
    assert PeriodRule.objects.get(pk=rule.pk).name == "季度督查"
    late = client.post(f"/periods/plan/{board.plan.pk}/rules/{rule.pk}/", changed)
    assert late.status_code == 409 and "季度督查" in text(late)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due_day": "40"}, "1 到 31"),
        ({"every": "once"}, "只报一次"),
        ({"starts_on": "2020-01-01"}, "已于 2020-01-31 结束"),
        ({"due_day": "x"}, ""),
    ],
)
def test_a_rule_that_cannot_be_is_told_at_its_field(board: Board, changes: dict[str, str], words: str) -> None:
    given = {
        "title": "月报",
        "every": "month",
        "due_day": "5",
        "opens_before": "3",
        "starts_on": "2024-05-01",
        **changes,
    }
    response = client_for(board, "supervision").post(f"/periods/plan/{board.plan.pk}/rules/add/", given)
    assert response.status_code == 422 and words in text(response)


def test_a_period_is_closed_and_opened_again_on_its_page(may: Board) -> None:
    client, period = client_for(may, "supervision"), may.period("2024-05")
    assert "本期已关闭" in text(client.post(f"/periods/{period.pk}/close/", follow=True))
    wrong = client.post(f"/periods/{period.pk}/reopen/", {"closes_on": "2024-06-20", "reason": ""})
    assert wrong.status_code == 422 and "重新开放的原因" in text(wrong)
    client.post(f"/periods/{period.pk}/reopen/", {"closes_on": "2024-06-20", "reason": "系统故障"})
    period.refresh_from_db()
    assert (period.state, period.closes_on) == ("open", datetime.date(2024, 6, 20))


@pytest.mark.parametrize("role", ["town", "lead", "leader"])
def test_periods_are_handled_by_the_supervision_office(may: Board, role: str) -> None:
    client, period = client_for(may, role), may.period("2024-05")
    assert client.get("/periods/").status_code == 403
    for address in (
        f"/periods/{period.pk}/close/",
        f"/periods/{period.pk}/reopen/",
        f"/periods/plan/{may.plan.pk}/open/",
    ):
        assert client.post(address, {"closes_on": "2024-07-01", "reason": "x"}).status_code == 403
    assert Period.objects.get(pk=period.pk).state == "open"


# Lights and appeals


def test_a_light_says_its_rule_and_its_numbers_in_both_languages(may: Board) -> None:
    year(may)
    compute(may)
    light = light_of(may, may.pipes, "石门镇", may.length)
    page = plain(client_for(may, "supervision").get(f"/lights/{light.pk}/"))
    assert "黄灯:进度不足应达的九成五(完成率 80.574% < 95%)" in page
    assert "应达 6.2055 公里" in page and "实际 5 公里" in page and "分解" not in page
    english = plain(client_for(may, "supervision").get(f"/lights/{light.pk}/", HTTP_ACCEPT_LANGUAGE="en"))
    assert "amber: less than 95 % of what is due (attainment 80.574% < 95%)" in english


def test_the_light_of_a_sum_shows_its_parts(may: Board) -> None:
    year(may)
    compute(may)
    page = plain(client_for(may, "supervision").get(f"/lights/{light_of(may, may.pipes, '县水利局', may.length).pk}/"))
    assert re.search(r"柳林镇\S* 25 公里 ● 正常", page) and re.search(r"石门镇\S* 15 公里 ▲ 滞后", page)


def test_lights_of_others_are_not_there(may: Board) -> None:
    compute(may)
    other = light_of(may, may.pipes, "石门镇")
    town = client_for(may, "town")
    assert town.get(f"/lights/{other.pk}/").status_code == 404
    assert town.post(f"/lights/{other.pk}/appeal/", {"reason": "x"}).status_code == 404
    page = plain(town.get("/lights/?level=all&period="))
    assert "柳林镇" in page and "石门镇" not in page
    exported = b"".join(town.get("/lights/export/?level=all&format=csv").streaming_content).decode("utf-8-sig")
    assert "柳林镇" in exported and "石门镇" not in exported


def test_lights_are_narrowed_by_colour_and_level(may: Board) -> None:
    year(may)
    compute(may)
    client = client_for(may, "supervision")
    page = text(client.get("/lights/?light=amber&level=target"))
    lights = Light.objects.filter(colour="amber", target__isnull=False)
    assert page.count('class="light light-amber"') == lights.count() == 2
    assert "没有符合条件" in text(client.get("/lights/?light=grey&level=target"))


def test_an_appeal_goes_from_the_unit_to_the_office_and_back(may: Board) -> None:
    compute(may)
    red = light_of(may, may.pipes, "柳林镇")
    town, office = client_for(may, "town"), client_for(may, "supervision")
    empty = town.post(f"/lights/{red.pk}/appeal/", {"reason": " "})
    assert empty.status_code == 422 and "请写明理由" in text(empty)
    assert "申诉已提交" in text(town.post(f"/lights/{red.pk}/appeal/", {"reason": "连续暴雨停工"}, follow=True))
    again = town.post(f"/lights/{red.pk}/appeal/", {"reason": "再说一次"})
    assert again.status_code == 409
    assert "连续暴雨停工" in text(office.get("/appeals/decide/"))
    appeal = Appeal.objects.get()
    wrong = office.post(f"/appeals/{appeal.pk}/decide/", {"do": "uphold", "seen": 1, "decision": ""})
    assert wrong.status_code == 422 and "请写明处理意见" in text(wrong)
    office.post(f"/appeals/{appeal.pk}/decide/", {"do": "uphold", "seen": 1, "decision": "情况属实"})
    page = plain(town.get(f"/lights/{red.pk}/"))
    assert "成立" in page and "情况属实" in page
    assert "情况属实" in text(town.get("/appeals/"))


def test_a_light_on_which_an_appeal_was_upheld_does_not_count_on_the_ladder(may: Board) -> None:
    compute(may)
    period = may.period("2024-05")
    red = light_of(may, may.pipes, "柳林镇")
    Appeal.objects.create(light=red, then={}, reason="x", state="upheld", made_at=at(6, 6), due_on=at(6, 13).date())
    from guatu.web.dispatch.selectors.ladder import proposals

    step = {"id": "red", "zh": "红牌", "en": "red card", "when": "reds_in_a_row >= 1"}
    Setting.objects.create(name="dispatch.ladder", value=[step], valid_from=at(1, 1).date())
    pairs = [(may.pipes.pk, may.county.unit(name).pk) for name in ("柳林镇", "石门镇")]
    with_appeal, without = proposals(period, pairs, at(6, 10).date())
    assert (with_appeal.action, with_appeal.decision.part("tests").text()) == ("none", "连续红灯 0期 >= 1期")
    assert (without.action, without.decision.part("tests").text()) == ("take", "连续红灯 1期 >= 1期")


def test_an_open_appeal_halts_the_ladder(may: Board) -> None:
    compute(may)
    red = light_of(may, may.pipes, "柳林镇")
    Appeal.objects.create(light=red, then={}, reason="暴雨停工", made_at=at(6, 6), due_on=at(6, 13).date())
    from guatu.web.dispatch.selectors.ladder import proposals

    found = proposals(may.period("2024-05"), [(may.pipes.pk, red.unit_id)], at(6, 10).date())[0]
    assert found.action == "halt" and "暴雨停工" in found.decision.sentence("zh")


# Forecast


def test_a_forecast_says_where_the_figure_will_end_and_when_it_is_met(may: Board) -> None:
    year(may)
    page = plain(client_for(may, "town").get(f"/targets/{may.length.pk}/forecast/?unit={may.county.unit('柳林镇').pk}"))
    assert re.search(r"期末预测 随机游走.*2024-12-31 预计 24", page) or "2024-12-31 预计 24" in page
    assert "何时达到" in page and "约 2025-01" in page
    assert re.search(r"2024-05-31 10.34 10 — —", page)


def test_a_lead_unit_sees_the_reasons_of_lights_whose_reports_it_reviews(may: Board) -> None:
    compute(may)
    lead = client_for(may, "lead")
    unit = may.county.unit("柳林镇")
    assert lead.get(f"/lights/{light_of(may, may.pipes, '柳林镇').pk}/").status_code == 200
    assert lead.get(f"/targets/{may.length.pk}/forecast/?unit={unit.pk}").status_code == 200
    assert lead.get(f"/lights/{light_of(may, may.patrol, '城关镇').pk}/").status_code == 404
    assert lead.post(f"/lights/{light_of(may, may.pipes, '柳林镇').pk}/appeal/", {"reason": "x"}).status_code == 403


def test_a_forecast_that_cannot_be_made_says_why(may: Board) -> None:
    page = plain(client_for(may, "supervision").get(f"/targets/{may.rate.pk}/forecast/"))
    assert "只有 0期报数,至少要 3期才能预测" in page and "还没有报数" in page
    Target.objects.filter(pk=may.rate.pk).update(due=None)
    assert "没有时限" in plain(client_for(may, "supervision").get(f"/targets/{may.rate.pk}/forecast/"))


def test_the_forecast_of_another_unit_is_not_there(may: Board) -> None:
    address = f"/targets/{may.length.pk}/forecast/?unit={may.county.unit('石门镇').pk}"
    assert client_for(may, "town").get(address).status_code == 404
    Plan.objects.update(state=Plan.State.DRAFT)
    assert client_for(may, "supervision").get(f"/targets/{may.length.pk}/forecast/").status_code == 404


# Milestones


def lines(*rows: tuple[str, str, str], **more: str) -> dict[str, str]:
    found = {"count": str(len(rows)), **more}
    for at_, (title, days, after) in enumerate(rows):
        found |= {f"title-{at_}": title, f"days-{at_}": days, f"after-{at_}": after}
    return found


def test_milestones_are_counted_back_from_the_deadline(may: Board) -> None:
    client = client_for(may, "lead")
    rows = lines(("设计批复", "20", ""), ("施工", "60", "1"), ("验收", "0", "2"), do="count", start="2024-06-11")
    response = client.post(f"/tasks/{may.pipes.pk}/milestones/", rows, follow=True)
    assert "已倒排" in text(response)
    last = Milestone.objects.get(title="验收")
    assert (last.planned_start, last.planned_end) == (datetime.date(2024, 12, 31), datetime.date(2024, 12, 31))
    work = Milestone.objects.get(title="施工")
    assert work.planned_end == datetime.date(2024, 12, 31) and work.planned_start == datetime.date(2024, 10, 10)
    assert text(response).count("<rect class=") == 2 * 2 and text(response).count("<polygon class=") == 2
    assert "关键" in text(response)


def test_a_late_predecessor_moves_its_successors_visibly(may: Board) -> None:
    days = national_calendar()
    began = datetime.date(2024, 6, 3)
    design = Milestone.objects.create(
        task=may.pipes,
        title="设计批复",
        days=5,
        planned_start=datetime.date(2024, 5, 27),
        planned_end=datetime.date(2024, 5, 31),
    )
    work = Milestone.objects.create(
        task=may.pipes, title="施工", days=30, order=1, planned_start=began, planned_end=days.shift(began, 29)
    )
    work.after.add(design)
    page = plain(client_for(may, "lead").get(f"/tasks/{may.pipes.pk}/milestones/"))
    expected = days.shift(datetime.date(2024, 6, 10), 5 + 29)
    assert (
        f"前置“设计批复”预计 {days.shift(datetime.date(2024, 6, 10), 5)} 完成,“施工”由 {work.planned_end}" in page
        or (f"推至 {expected}" in page)
    )


def test_a_circle_is_told_and_nothing_typed_is_lost(may: Board) -> None:
    client = client_for(may, "lead")
    response = client.post(f"/tasks/{may.pipes.pk}/milestones/", lines(("甲", "3", "2"), ("乙", "4", "1"), do="save"))
    page = text(response)
    assert response.status_code == 422 and "形成循环" in page and 'value="甲"' in page and 'value="乙"' in page
    assert not Milestone.objects.exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("甲", "三", ""), "请填整数"),
        (("甲", "3", "9"), "前置节点"),
        (("甲", "3", "1"), "前置节点"),
        (("甲", "9999", ""), "工作日应在"),
    ],
)
def test_a_line_that_cannot_be_is_told(may: Board, row: tuple[str, str, str], words: str) -> None:
    response = client_for(may, "lead").post(f"/tasks/{may.pipes.pk}/milestones/", lines(row, do="save"))
    assert response.status_code == 422 and words in text(response)


def test_time_that_is_too_short_is_said_and_no_days_are_agreed(may: Board) -> None:
    client = client_for(may, "lead")
    response = client.post(
        f"/tasks/{may.pipes.pk}/milestones/", lines(("施工", "400", ""), do="count", start="2024-06-11"), follow=True
    )
    assert "压缩工期" in text(response)
    assert Milestone.objects.get().planned_start is None


def test_two_people_who_plan_one_task_are_told(may: Board) -> None:
    client = client_for(may, "lead")
    client.post(f"/tasks/{may.pipes.pk}/milestones/", lines(("施工", "40", ""), do="save"))
    old = lines(("另一份", "10", ""), do="save")
    response = client.post(f"/tasks/{may.pipes.pk}/milestones/", old)
    assert response.status_code == 409 and 'value="另一份"' in text(response)
    assert Milestone.objects.get().title == "施工"


def test_rows_are_changed_removed_and_put_in_order(may: Board) -> None:
    client = client_for(may, "lead")
    client.post(
        f"/tasks/{may.pipes.pk}/milestones/", lines(("甲", "1", ""), ("乙", "2", "1"), ("丙", "3", "2"), do="save")
    )
    first, second, third = Milestone.objects.order_by("order")
    rows = lines(("甲", "1", ""), ("乙", "2", "1"), ("丙三", "4", "1,2"), ("丁", "5", "3"), do="save")
    for at_, row in enumerate((first, second, third)):
        rows |= {f"id-{at_}": str(row.pk), f"version-{at_}": str(row.row_version)}
    rows["remove-1"] = "1"
    client.post(f"/tasks/{may.pipes.pk}/milestones/", rows)
    left = list(Milestone.objects.order_by("order"))
    assert [(m.title, m.days, sorted(a.title for a in m.after.all())) for m in left] == [
        ("甲", 1, []), ("丙三", 4, ["甲"]), ("丁", 5, ["丙三"]),
    ]  # fmt: skip
    assert left[1].pk == third.pk


def test_a_done_milestone_is_marked_by_its_unit_and_not_in_the_future(may: Board) -> None:
    client = client_for(may, "lead")
    client.post(f"/tasks/{may.pipes.pk}/milestones/", lines(("设计批复", "5", ""), do="count", start="2024-06-03"))
    row = Milestone.objects.get()
    late = client.post(f"/milestones/{row.pk}/mark/", {"seen": row.row_version, "done_on": "2024-06-11"})
    assert late.status_code == 422 and "不能晚于今天" in text(late)
    client.post(
        f"/milestones/{row.pk}/mark/", {"seen": row.row_version, "started_on": "2024-06-03", "done_on": "2024-06-07"}
    )
    row.refresh_from_db()
    assert row.done_on == datetime.date(2024, 6, 7)
    assert client_for(may, "responsible").post(f"/milestones/{row.pk}/mark/", {"seen": 2}).status_code == 404


@pytest.mark.parametrize("role", ["responsible", "leader", "auditor"])
def test_who_does_not_work_on_a_task_reads_its_milestones(may: Board, role: str) -> None:
    client = client_for(may, role)
    assert 'id="milestone-form"' not in text(client.get(f"/tasks/{may.pipes.pk}/milestones/"))
    assert client.post(f"/tasks/{may.pipes.pk}/milestones/", lines(("甲", "1", ""), do="save")).status_code == 403


# On the ledger's pages


def test_the_ledger_shows_lights_and_is_narrowed_by_them(may: Board) -> None:
    year(may)
    compute(may)
    client = client_for(may, "supervision")
    page = text(client.get("/tasks/"))
    assert "light-red" in page and "light-amber" in page
    narrowed = plain(client.get("/tasks/?light=red"))
    assert "加强河道巡查" in narrowed and "新建供水管网" not in narrowed
    task = text(client.get(f"/tasks/{may.pipes.pk}/"))
    assert f'href="/tasks/{may.pipes.pk}/milestones/"' in task


def test_confirming_a_plan_opens_its_periods_in_the_background(board: Board) -> None:
    PeriodRule.objects.update(opens_before=30)
    board.plan.save(update_fields=["state"])
    assert not Period.objects.exists()
    run_waiting()
    assert Period.objects.filter(rule=board.rule, key="2024-06").exists()


def test_a_light_that_went_is_not_there(may: Board) -> None:
    perform(ComputeLights(may.period("2024-05").pk, at(6, 10).date()), system_context(at(6, 10)))
    pk = light_of(may, may.patrol, "城关镇").pk
    Task.objects.filter(pk=may.patrol.pk).update(state=Task.State.DROPPED)
    compute(may)
    assert client_for(may, "supervision").get(f"/lights/{pk}/").status_code == 404
