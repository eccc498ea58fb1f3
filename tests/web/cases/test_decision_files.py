"""Decision files from elsewhere: several tables in a file, spelled as another tool spells them, shown with what meets."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.web.base.actions import perform
from guatu.web.cases.actions.publish_flow import PublishFlow
from guatu.web.cases.models import FlowDraft
from tests.adapters.flows.dmn_texts import literal, model, need, table
from tests.web.cases.conftest import Desk, at

PACK = "urban_management"
SETS = ('<output name="unit_suggested"/>', '<output name="why"/>')


def brought(client: Any, text: str, seen: int = 0) -> str:
    """The page after a file was uploaded."""
    upload = SimpleUploadedFile("别处.dmn", text.encode())
    answer = client.post(f"/flows/{PACK}/upload", {"file": upload, "seen": str(seen)}, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    page: str = answer.content.decode()
    return page


def test_cells_of_another_tool_are_written_anew_and_each_is_told(desk: Desk, client_of: Any) -> None:
    rows = ("in ['C0101', 'C0104']", "'排水'", "'井盖'"), ("-", '"镇"', "None")
    text = model(table("routing", "派遣", ("class_code",), SETS, *rows, head='hitPolicy="FIRST"'))
    page = brought(client_of("supervision"), text)
    (kept,) = FlowDraft.objects.get(pack=PACK).tables.values()
    assert '"C0101", "C0104"' in kept and '"排水"' in kept and "'" not in kept.partition("?>")[2]
    assert "in [&#x27;C0101&#x27;, &#x27;C0104&#x27;] 已改写为 &quot;C0101&quot;, &quot;C0104&quot;" in page
    assert "检查通过" in page


def test_each_table_of_a_file_is_shown_with_its_policy_and_changed_by_itself(desk: Desk, client_of: Any) -> None:
    first = table(
        "kind",
        "归口",
        ("class_code",),
        ("<output/>",),
        ('"C0101"', '"drain"'),
        ("-", '"other"'),
        head='hitPolicy="FIRST"',
    )
    rules = ('"drain"', '"排水"', '"井盖"'), ('"other"', '"镇"', '"属地"')
    second = table("routing", "派遣", ("归口",), SETS, *rules, needs=need("Decision", "kind"))
    client = client_of("supervision")
    page = brought(client, model(first, second, literal("twice", "n", "1 + 1")))
    assert "从上到下,第一条符合的生效。" in page and "每种情况只能有一条规则符合。" in page
    # The literal sets no field of this pack: said, and nothing lost.
    assert "“n”没有登记在 fields.toml" in page
    (file,) = FlowDraft.objects.get(pack=PACK).tables
    form = {
        "seen": "1",
        "table": file,
        "decision": "routing",
        "c-0-0": '"drain"',
        "c-0-1": '"排水所"',
        "c-0-2": '"井盖"',
    }
    assert client.post(f"/flows/{PACK}/tables/", form | {"c-1-0": '"other"', "c-1-1": '"镇"'}).status_code == 302
    kept = FlowDraft.objects.get(pack=PACK).tables[file]
    assert '"排水所"' in kept and '"drain"' in kept and "1 + 1" in kept
    assert client.post(f"/flows/{PACK}/tables/", form | {"seen": "2", "decision": "gone"}).status_code == 422


def test_rules_that_can_fit_at_once_are_listed_on_demand(desk: Desk, client_of: Any) -> None:
    client = client_of("supervision")
    before = client.get(f"/flows/{PACK}/tables/").content.decode()
    assert "哪些规则会同时符合?" in before and "可以同时符合的规则" not in before
    page = client.get(f"/flows/{PACK}/tables/", {"overlaps": "routing"}).content.decode()
    assert "第 1 条与第 9 条,例如:" in page and "第 2 条与第 3 条" in page
    assert "第 1 条与第 2 条" not in page


def test_a_decision_that_gave_nothing_is_told_on_the_case_with_what_it_lacks(desk: Desk, client_of: Any) -> None:
    rules = ('"danger"', '"排水"', '"井盖"'), ("-", '"镇"', '"属地"')
    text = model(table("routing", "派遣", ("condition",), SETS, *rules, head='hitPolicy="FIRST"'))
    brought(client_of("supervision"), text)
    draft = FlowDraft.objects.get(pack=PACK)
    perform(PublishFlow(PACK, draft.row_version, "按情形派遣"), desk.context("supervision", at(3, 8)))
    silent, told = desk.report(at(3, 9)), desk.report(at(3, 9))
    desk.move(silent, "desk", "file", at(3, 9, 1), class_code="C0101")
    desk.move(told, "desk", "file", at(3, 9, 1), class_code="C0101", condition="danger")
    pages = [client_of("desk").get(f"/cases/{case.pk}/").content.decode() for case in (silent, told)]
    assert "“派遣建议”不能判定,缺少:情形。案件按默认去向办理。" in pages[0] and "没有判定" not in pages[1]
    given = [client_of("desk").get(f"/api/cases/{case.pk}").json()["undecided"] for case in (silent, told)]
    assert given == [["“派遣建议”不能判定,缺少:情形。案件按默认去向办理。"], []]
