"""A county changes a flow, publishes it, withdraws it: who may, what is refused and where, and which case runs on what."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.adapters.flows.bpmn import read_flow
from guatu.adapters.flows.dmn_rows import read_rows
from guatu.core.pack.clock_table import ClockTable
from guatu.core.pack.sections import clocks as clocks_section
from guatu.core.pack.sections import decisions as decisions_section
from guatu.core.pack.sections import flows as flows_section
from guatu.web.base.actions import perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Conflict, Denied, Invalid
from guatu.web.cases.actions.discard_flow_draft import DiscardFlowDraft
from guatu.web.cases.actions.flow_rows import current_version
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.actions.publish_flow import PublishFlow
from guatu.web.cases.actions.save_flow_draft import SaveFlowDraft
from guatu.web.cases.actions.withdraw_flow import WithdrawFlow
from guatu.web.cases.flow_drafts import checked
from guatu.web.cases.history import standing
from guatu.web.cases.library import clocks_of, library
from guatu.web.cases.models import Case, FlowDraft, FlowVersion
from guatu.web.cases.selectors.queue import steps_known
from tests.web.cases.conftest import Desk, at

pytestmark = pytest.mark.django_db
PACK = "urban_management"
TABLE = "flows/routing.dmn"
TABLE_FORM = {"seen": "0", "table": TABLE, "decision": "routing"}


def own() -> str:
    return library().packs[PACK].pack[flows_section.SECTION]["flows/urban_management.bpmn"]


def renamed(to: str = "现场处置") -> str:
    return own().replace('id="handle" name="处置"', f'id="handle" name="{to}"')


def dead_end() -> str:
    return re.sub(r'<bpmn:sequenceFlow id="assign_to_assign_done"[^>]*/>', "", own())


def save(desk: Desk, text: str | None = None, seen: int = 0, role: str = "supervision", **more: Any) -> FlowDraft:
    return perform(SaveFlowDraft(PACK, seen, text, **more), desk.context(role, at(3)))


def publish(desk: Desk, text: str | None = None, when: Any = None, **more: Any) -> FlowVersion:
    draft = save(desk, text, **more)
    return perform(PublishFlow(PACK, draft.row_version, "便于一线理解"), desk.context("supervision", when or at(3)))


def step_name(case: Case) -> str:
    case = Case.objects.get(pk=case.pk)
    return standing(case).engine.flow.by_id["handle"].name


def test_a_new_case_runs_on_what_the_county_published_and_a_running_one_on_its_own(desk: Desk) -> None:
    old = desk.assigned(when=at(3, 9))
    row = publish(desk, renamed())
    new = desk.assigned(when=at(3, 10))
    assert (step_name(old), step_name(new)) == ("处置", "现场处置")
    assert (new.flow_id, row.county, row.former_id) == (row.pk, True, old.flow_id)
    assert desk.handled(old, at(3, 11)).open_steps == "report_back"
    assert desk.handled(new, at(3, 11)).open_steps == "report_back"


def test_limits_of_a_class_are_changed_with_a_version_and_hold_for_new_cases_only(desk: Desk) -> None:
    old = desk.assigned(when=at(3, 9))
    table = clocks_of(old.flow)
    limit = tuple(
        msgspec.structs.replace(row, amount=row.amount * 3) if row.class_ == "C0101" and row.condition else row
        for row in table.limit
    )
    publish(desk, clocks=msgspec.structs.replace(table, limit=limit))
    new = desk.assigned(when=at(3, 9))
    assert old.due is not None and new.due is not None
    assert new.due - at(3, 9, 2) == 3 * (old.due - at(3, 9, 2))
    old.refresh_from_db()
    assert old.due - at(3, 9, 2) == (new.due - at(3, 9, 2)) / 3


def test_a_changed_decision_table_routes_new_cases_only(desk: Desk) -> None:
    old = desk.report(at(3, 9))
    tables = dict(library().packs[PACK].pack[decisions_section.SECTION])
    publish(desk, tables={**tables, TABLE: tables[TABLE].replace('"应急管理部门"', '"城管局"')})
    new = desk.report(at(3, 9))
    engines = [standing(case).engine for case in (old, new)]
    asked = {"class_code": "E0499", "condition": ""}
    assert [engine.decide("routing", asked)["unit_suggested"] for engine in engines] == ["应急管理部门", "城管局"]


def test_a_withdrawn_version_gives_way_to_the_packs_own_and_its_cases_stay_on_it(desk: Desk) -> None:
    row = publish(desk, renamed())
    case = desk.assigned(when=at(3, 9))
    perform(WithdrawFlow(row.pk, "回到统一流程"), desk.context("supervision", at(4)))
    assert step_name(desk.assigned(when=at(4, 9))) == "处置"
    assert step_name(case) == "现场处置"
    row.refresh_from_db()
    assert (row.current, row.withdrawn_reason) == (False, "回到统一流程")
    with pytest.raises(Conflict):
        perform(WithdrawFlow(row.pk, "再来一次"), desk.context("supervision", at(4)))


def test_a_version_is_published_again_after_it_was_withdrawn(desk: Desk) -> None:
    first = publish(desk, renamed())
    perform(WithdrawFlow(first.pk, "误发"), desk.context("supervision", at(4)))
    second = publish(desk, renamed(), at(5))
    assert (second.version, second.pk != first.pk) == (first.version, True)
    assert FlowVersion.objects.filter(pack=PACK, current=True).get() == second


def test_a_flow_with_a_dead_end_is_not_published_and_the_place_is_named(desk: Desk) -> None:
    draft = save(desk, dead_end())
    with pytest.raises(Invalid, match="“assign”") as found:
        perform(PublishFlow(PACK, draft.row_version, "试一试"), desk.context("supervision", at(3)))
    assert found.value.code == "flow.not-sound"
    assert not FlowVersion.objects.filter(county=True).exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("guatu:role=\"handler\"", 'guatu:role="mayor"'), "flow.unknown-role"),
        (('sourceRef="report_back_done" targetRef="check"', 'sourceRef="report_back_done" targetRef="handle"'), "flow.unreachable"),
        (('guatu:clock="handle"', 'guatu:clock="none"'), "flow.unknown-clock"),
        (('process id="urban_management"', 'process id="mine"'), "flow.other-process"),
        (('isExecutable="true"', 'isExecutable="true" guatu:confidential="true"'), "flow.other-secrecy"),
        (('isExecutable="true"', 'isExecutable="true" guatu:readers="collector"'), "flow.other-secrecy"),
        (("move = \"reject\"", 'move = "' + "x" * 81 + '"'), "flow.long-move"),
        (("bpmn:userTask id=\"close\"", 'bpmn:scriptTask id="close"'), "flow.code"),
    ],
)  # fmt: skip
def test_what_stands_against_a_flow_is_told_in_both_languages(
    desk: Desk, client_of: Any, change: tuple[str, str], code: str
) -> None:
    text = own().replace(*change)
    findings = checked(save(desk, text))[1]
    finding = next(one for one in findings if one.code == code)
    page = client_of("supervision").get(f"/flows/{PACK}/edit/").content.decode()
    for language in ("zh", "en"):
        assert finding.message(language).split("(")[0].replace("'", "&#x27;") in page


@pytest.mark.parametrize("name", ["a,b", "x" * 61, "结案"])
def test_a_step_that_no_list_could_hold_is_refused(desk: Desk, name: str) -> None:
    text = own().replace('"close"', f'"{name}"').replace(f'clock="{name}"', 'clock="close"')
    assert [one.code for one in checked(save(desk, text))[1]] == ["flow.bad-id"]


def test_nothing_is_published_without_a_reason_or_without_a_change(desk: Desk) -> None:
    draft = save(desk, own())
    with pytest.raises(Invalid) as found:
        perform(PublishFlow(PACK, draft.row_version, " "), desk.context("supervision", at(3)))
    assert found.value.field == "reason"
    with pytest.raises(Invalid) as found:
        perform(PublishFlow(PACK, draft.row_version, "理由"), desk.context("supervision", at(3)))
    assert found.value.code == "flow.same"


def test_of_two_who_change_one_flow_the_second_is_told(desk: Desk) -> None:
    draft = save(desk, renamed())
    with pytest.raises(Conflict):
        save(desk, renamed("处理"))
    save(desk, renamed("处理"), seen=draft.row_version)
    with pytest.raises(Conflict):
        perform(PublishFlow(PACK, draft.row_version, "理由"), desk.context("admin", at(3)))
    with pytest.raises(Conflict):
        perform(DiscardFlowDraft(PACK, draft.row_version), desk.context("admin", at(3)))
    perform(DiscardFlowDraft(PACK, draft.row_version + 1), desk.context("admin", at(3)))
    with pytest.raises(Conflict):
        save(desk, renamed(), seen=draft.row_version + 1)
    assert not FlowDraft.objects.exists()


def test_every_write_of_a_flow_leaves_an_audit_line(desk: Desk) -> None:
    row = publish(desk, renamed())
    perform(WithdrawFlow(row.pk, "误发"), desk.context("supervision", at(4)))
    draft = save(desk, renamed())
    perform(DiscardFlowDraft(PACK, draft.row_version), desk.context("supervision", at(4)))
    lines = AuditEntry.objects.filter(action__startswith="flow.").order_by("id")
    assert [line.action for line in lines] == [
        "flow.save-draft", "flow.publish", "flow.withdraw", "flow.save-draft", "flow.discard-draft",
    ]  # fmt: skip
    assert lines[1].after["reason"] == "便于一线理解"


ROLES = [
    "admin", "leader", "supervision", "lead", "responsible", "town", "village", "auditor", "desk", "collector", "insurer",
]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_flows_are_changed_by_the_supervision_office_and_the_administrator_alone(
    desk: Desk, client_of: Any, role: str
) -> None:
    allowed = role in ("admin", "supervision")
    pages = ["", "edit/", "tables/", "limits/", "file"]
    statuses = {client_of(role).get(f"/flows/{PACK}/{page}").status_code for page in pages}
    assert statuses == {200 if allowed else 403}
    if not allowed:
        for action in (
            SaveFlowDraft(PACK, 0, own()),
            PublishFlow(PACK, 1, "理由"),
            WithdrawFlow(1, "理由"),
            DiscardFlowDraft(PACK, 1),
        ):
            with pytest.raises(Denied):
                perform(action, desk.context(role, at(3)))
        assert "/flows/" not in client_of(role).get("/account/").content.decode()


def test_nobody_reads_a_flow_without_an_account(client: Any, county: Any) -> None:
    assert client.get(f"/flows/{PACK}/edit/").status_code == 302


def test_few_running_confidential_cases_are_not_counted_to_who_may_not_see_them(desk: Desk, client_of: Any) -> None:
    code = library().classes("disputes")[0].code
    perform(OpenCase("disputes", code, "邻里纠纷", source="hotline"), desk.context("desk", at(3)))
    page = client_of("supervision").get("/flows/disputes/").content.decode()
    assert "<dd>少于 5</dd>" in page
    assert "<dd>1</dd>" not in page


BOMB = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><definitions>&b;</definitions>'
OUTSIDE = '<!DOCTYPE f [<!ENTITY x SYSTEM "/etc/passwd">]><definitions>&x;</definitions>'


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.bpmn", b"<bpmn:definitions", "XML"),
        ("a.bpmn", b"", "文件是空的"),
        ("a.bpmn", BOMB.encode(), "DOCTYPE"),
        ("a.bpmn", OUTSIDE.encode(), "DOCTYPE"),
        ("a.dmn", OUTSIDE.encode(), "DOCTYPE"),
        ("a.dmn", b"<a/>", "没有决策表"),
        ("a.bpmn", b"<html/>", "不是 BPMN"),
        ("a.bpmn", "流程".encode("gb18030"), "UTF-8"),
        ("a.exe", b"MZ", ".bpmn"),
        ("a.bpmn", b" " * (50 * 2**20), "50 MB"),
        ("a.bpmn", b"<a>" * 30_000, "XML"),
        ("a.bpmn", b"\x00\x01<a/>", "XML"),
    ],
)
def test_a_bad_file_gets_a_message_and_changes_nothing(
    desk: Desk, client_of: Any, name: str, content: bytes, said: str
) -> None:
    answer = client_of("supervision").post(
        f"/flows/{PACK}/upload", {"file": SimpleUploadedFile(name, content), "seen": "0"}
    )
    assert answer.status_code == 422
    alert = re.search(r'alert alert-danger" role="alert">(.*?)</div>', answer.content.decode(), re.DOTALL)
    assert alert is not None and said in alert[1]
    assert "root:" not in answer.content.decode()
    assert not FlowDraft.objects.exists()


def test_a_flow_is_taken_away_and_brought_back_as_files(desk: Desk, client_of: Any) -> None:
    client = client_of("supervision")
    text = client.get(f"/flows/{PACK}/file").content.decode()
    assert text == own()
    upload = SimpleUploadedFile("城管.bpmn", text.replace('name="处置"', 'name="办理"').encode())
    assert client.post(f"/flows/{PACK}/upload", {"file": upload, "seen": "0"}).status_code == 302
    table = client.get(f"/flows/{PACK}/file", {"name": TABLE}).content.decode()
    upload = SimpleUploadedFile("别名.dmn", table.replace("应急管理部门", "城管局").encode())
    assert client.post(f"/flows/{PACK}/upload", {"file": upload, "seen": "1"}).status_code == 302
    draft = FlowDraft.objects.get(pack=PACK)
    assert 'name="办理"' in draft.text
    assert list(draft.tables) == [TABLE]
    assert "城管局" in draft.tables[TABLE]


def test_a_flow_without_a_diagram_gets_one_to_be_edited(desk: Desk, client_of: Any) -> None:
    text = re.sub(r"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", "", own(), flags=re.DOTALL)
    save(desk, text)
    assert "BPMNShape" in client_of("supervision").get(f"/flows/{PACK}/edit/").content.decode()


def test_a_script_in_a_name_is_shown_escaped(desk: Desk, client_of: Any) -> None:
    name = "&lt;script&gt;alert(1)&lt;/script&gt;"
    publish(desk, own().replace('name="处置" guatu:name-en="handle"', f'name="{name}" guatu:name-en="handle"'))
    save(desk, own())
    client = client_of("supervision")
    for page in ("", "edit/", "tables/", "limits/"):
        assert b"<script>alert" not in client.get(f"/flows/{PACK}/{page}").content


def test_a_decision_table_is_changed_cell_by_cell(desk: Desk, client_of: Any) -> None:
    client = client_of("supervision")
    before = read_rows(library().packs[PACK].pack[decisions_section.SECTION][TABLE], TABLE)[0][0]
    form = TABLE_FORM | {"gone-1": "1"}
    for at_row, rule in enumerate(before.rules):
        form |= {f"c-{at_row}-{n}": cell for n, cell in enumerate(rule.cells)}
        form |= {f"about-{at_row}": rule.description, f"order-{at_row}": str(at_row + 1)}
    form["c-0-2"] = '"城管局"'
    new = len(before.rules)
    form |= {f"c-{new}-0": '"Z9"', f"c-{new}-2": '"街道\x01办"', f"order-{new}": "1"}
    assert client.post(f"/flows/{PACK}/tables/", form).status_code == 302
    after = read_rows(FlowDraft.objects.get().tables[TABLE], TABLE)[0][0]
    assert len(after.rules) == len(before.rules)
    assert {after.rules[0].cells[2], after.rules[1].cells[2]} == {'"城管局"', '"街道办"'}
    assert before.rules[1] not in after.rules


def test_a_bad_cell_is_told_with_its_rule(desk: Desk, client_of: Any) -> None:
    client = client_of("supervision")
    client.post(f"/flows/{PACK}/tables/", TABLE_FORM | {"c-0-0": "__import__('os')", "c-0-2": '"x"'})
    page = client.get(f"/flows/{PACK}/tables/").content.decode()
    assert "rule_1" in page and "__import__" in page and "处读不懂" in page


LIMIT = {"what": "limit", "clock": "handle", "class": "C0101", "amount": "3", "unit": "working-day", "source": "青禾政办〔2024〕3号"}  # fmt: skip


def test_a_limit_is_added_changed_and_deleted_in_the_browser(desk: Desk, client_of: Any) -> None:
    client = client_of("supervision")
    count = len(library().packs[PACK].pack[clocks_section.SECTION].limit)
    assert client.post(f"/flows/{PACK}/limits/", {**LIMIT, "seen": "0", "county": "qinghe"}).status_code == 302
    table = msgspec.convert(FlowDraft.objects.get().clocks, ClockTable)
    assert (table.limit[-1].county, table.limit[-1].amount, len(table.limit)) == ("qinghe", 3, count + 1)
    form = {**LIMIT, "seen": "1", "row": str(count), "amount": "5"}
    assert client.post(f"/flows/{PACK}/limits/", form).status_code == 302
    table = msgspec.convert(FlowDraft.objects.get().clocks, ClockTable)
    assert (table.limit[-1].county, table.limit[-1].amount, len(table.limit)) == ("", 5, count + 1)
    assert client.post(f"/flows/{PACK}/limits/", {**form, "seen": "2", "gone": "1"}).status_code == 302
    assert (
        msgspec.convert(FlowDraft.objects.get().clocks, ClockTable)
        == library().packs[PACK].pack[clocks_section.SECTION]
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"clock": ""}, "请填写时限名称"),
        ({"amount": "nan"}, "不是数"),
        ({"amount": "-1"}, "大于 0"),
        ({"amount": "两天"}, "带有单位"),
        ({"unit": "moon"}, "时限的单位"),
        ({"unit": "working-hour", "whole_days": "1"}, "不能按整日计"),
        ({"source": " "}, "请写明出处"),
        ({"valid_from": "2024-13-01"}, "不是日期"),
        ({"valid_from": "2024-06-01", "valid_to": "2024-05-01"}, "早于"),
        ({"row": "99999"}, "不在了"),
        ({"what": "hours", "shifts": "8点到12点"}, "的格式填写作息时间"),
        ({"what": "hours", "shifts": "14:00-18:00 08:00-12:00"}, "的格式填写作息时间"),
        ({"what": "hours", "shifts": "08:00+01:00-12:00"}, "的格式填写作息时间"),
        (
            {"what": "hours", "shifts": "08:00-12:00", "season_from": "13-01", "season_to": "14-01"},
            "的格式填写作息时间",
        ),
        ({"what": "rules", "max_extensions": "-1"}, "整数"),
    ],
)
def test_a_limit_that_cannot_be_taken_says_why(desk: Desk, client_of: Any, change: dict[str, str], said: str) -> None:
    answer = client_of("supervision").post(f"/flows/{PACK}/limits/", {**LIMIT, "seen": "0", **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not FlowDraft.objects.exists()


def test_hours_and_rules_are_changed_in_the_browser(desk: Desk, client_of: Any) -> None:
    client = client_of("supervision")
    hours = {"what": "hours", "row": "0", "shifts": "08:30-12:00,13:30-17:30", "source": "青禾政办〔2024〕1号"}
    assert client.post(f"/flows/{PACK}/limits/", {**hours, "seen": "0"}).status_code == 302
    rules = {
        "what": "rules", "max_extensions": "1", "extension_share": "0.5", "max_suspensions": "0", "suspension_days": "30",
        "reviewers": "dispatcher mayor", "source": "青禾政办〔2024〕2号",
    }  # fmt: skip
    assert client.post(f"/flows/{PACK}/limits/", {**rules, "seen": "1"}).status_code == 302
    table = msgspec.convert(FlowDraft.objects.get().clocks, ClockTable)
    assert table.hours[0].shifts == ("08:30-12:00", "13:30-17:30")
    assert (table.rules.max_extensions, table.rules.extension_share) == (1, 0.5)
    assert "mayor" in client.get(f"/flows/{PACK}/limits/").content.decode()
    with pytest.raises(Invalid, match="mayor"):
        perform(PublishFlow(PACK, 2, "理由"), desk.context("supervision", at(3)))


def test_the_versions_page_says_who_when_why_and_what_is_otherwise(desk: Desk, client_of: Any) -> None:
    desk.report()
    publish(desk, renamed())
    desk.report()
    page = client_of("supervision").get(f"/flows/{PACK}/").content.decode()
    assert "便于一线理解" in page
    assert "“现场处置”的名称:处置 → 现场处置" in page
    assert page.count("<dd>1</dd>") == 2


def test_a_former_version_becomes_the_draft(desk: Desk, client_of: Any) -> None:
    first = publish(desk, renamed())
    perform(WithdrawFlow(first.pk, "误发"), desk.context("supervision", at(4)))
    client = client_of("supervision")
    assert client.post(f"/flows/{PACK}/take", {"version": str(first.pk), "seen": "0"}).status_code == 302
    assert "现场处置" in FlowDraft.objects.get().text
    assert client.post(f"/flows/{PACK}/take", {"version": "x", "seen": "1"}).status_code == 404


def test_the_pages_of_flows_cost_few_queries_however_many_versions_there_are(desk: Desk, client_of: Any) -> None:
    client = client_of("supervision")
    pages = ("/flows/", f"/flows/{PACK}/", f"/flows/{PACK}/edit/", f"/flows/{PACK}/limits/", "/cases/")
    costs = []
    for n in range(2):
        for k in range(1 + 3 * n):
            publish(desk, renamed(f"处置{n}{k}"))
        save(desk, renamed("又改"))
        for page in pages:
            client.get(page)  # what is read once and kept
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            found.append(len(queries))
        costs.append(found)
        FlowDraft.objects.all().delete()
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 16, costs


def test_another_process_that_published_is_seen_at_once(desk: Desk) -> None:
    """Nothing of what is current is kept in the process: rows written beside it count for the next case."""
    row = FlowVersion.objects.get(pk=current_version(PACK, at(3)).pk)
    other = FlowVersion(
        flow=row.flow, version="f" * 12, pack=PACK, text=row.text, tables=row.tables, clocks=row.clocks,
        clocks_version=row.clocks_version, published_at=at(3), county=True, current=True,
    )  # fmt: skip
    FlowVersion.objects.bulk_create([other])
    assert current_version(PACK, at(3)).version == "f" * 12


def test_a_step_that_only_the_countys_flow_has_is_in_the_filter_of_the_queue(desk: Desk) -> None:
    publish(desk, own().replace('"close"', '"finish"').replace('clock="finish"', 'clock="close"'))
    assert f"{PACK}/finish" in dict(steps_known("zh"))


TWO = '<bpmn:process id="other" name="另一个"><bpmn:startEvent id="o1"/></bpmn:process></bpmn:definitions>'


def test_of_several_processes_in_an_uploaded_file_one_is_chosen_on_the_page(desk: Desk, client_of: Any) -> None:
    text = re.sub(r"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", "", own(), flags=re.DOTALL)
    supervision, two = client_of("supervision"), text.replace("</bpmn:definitions>", TWO)
    assert 'name="process"' not in supervision.get(f"/flows/{PACK}/edit/").content.decode()
    file = SimpleUploadedFile("other.bpmn", two.encode())
    supervision.post(f"/flows/{PACK}/upload", {"seen": 0, "file": file})
    page = supervision.get(f"/flows/{PACK}/edit/").content.decode()
    assert "另一个(other)" in page and f"城市管理案件({PACK})" in page
    assert "flow.several-processes" in [one.code for one in checked(FlowDraft.objects.get())[1]]
    draft = FlowDraft.objects.get()
    refused = supervision.post(f"/flows/{PACK}/process", {"seen": draft.row_version, "process": "nowhere"})
    assert refused.status_code == 422 and "这个流程不能选用" in refused.content.decode()
    assert supervision.post(f"/flows/{PACK}/process", {"seen": draft.row_version, "process": PACK}).status_code == 302
    draft.refresh_from_db()
    assert draft.text == two.replace("<bpmn:process id=", '<bpmn:process guatu:run="true" id=', 1)
    engine, found = checked(draft)
    assert engine is not None and [one for one in found if one.severity == "error"] == []


def test_a_file_of_another_editor_is_shown_and_says_what_cannot_run(desk: Desk, client_of: Any) -> None:
    foreign = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x" id="d">'
        f'<process id="{PACK}"><startEvent id="s"/><serviceTask id="a" name="发短信"/><subProcess id="x" '
        'triggeredByEvent="true"><startEvent id="y"/></subProcess><endEvent id="e"/><sequenceFlow id="f" sourceRef="s"'
        ' targetRef="a"/><sequenceFlow id="g" sourceRef="a" targetRef="e"/></process></definitions>'
    )
    supervision = client_of("supervision")
    other = foreign.replace(f'process id="{PACK}"', 'process id="Process_1"')
    supervision.post(f"/flows/{PACK}/upload", {"seen": 0, "file": SimpleUploadedFile("f.bpmn", other.encode())})
    draft = FlowDraft.objects.get()
    supervision.post(f"/flows/{PACK}/process", {"seen": draft.row_version, "process": "Process_1"})
    draft.refresh_from_db()
    assert draft.text.partition("<startEvent")[2] == foreign.partition("<startEvent")[2]
    flow = read_flow(draft.text, "flow")[0]
    assert flow is not None and flow.id == PACK
    page = supervision.get(f"/flows/{PACK}/edit/").content.decode()
    for said in ("由人办理", "事件子流程", "没有时限", "没有写明由谁办理"):
        assert said in page
