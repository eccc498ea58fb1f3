"""Circulars keep the figures of the day on which they were made, in the page, the docx and the xlsx alike."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from docx import Document
from lxml import html
from python_calamine import CalamineWorkbook

from guatu.adapters.writers.official import shown
from guatu.adapters.writers.official.words import chinese_signs, numbered, period_name
from guatu.core.dispatch.ranking import Tally, ranking
from guatu.web.base.actions import perform
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow
from guatu.web.dispatch.actions.edit_circular import EditCircular
from guatu.web.dispatch.actions.issue_circular import IssueCircular
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.models import Circular, Light, Report
from guatu.web.dispatch.selectors.circular_figures import tables_of
from guatu.web.dispatch.selectors.circular_texts import document, shown_tables
from tests.web.dispatch.conftest import at
from tests.web.supervision.conftest import Office

pytestmark = pytest.mark.django_db


def made(office: Office, kind: str = "circular", **values: Any) -> Circular:
    office.close("2024-05")
    return perform(MakeCircular(office.board.period("2024-05").pk, kind, **values), office.context())


def issued(office: Office, circular: Circular, number: str = "") -> Circular:
    circular.refresh_from_db()
    return perform(IssueCircular(circular.pk, circular.row_version, number), office.context())


def test_the_figures_are_those_of_the_lights_and_reports(office: Office) -> None:
    body = made(office).body
    lights = Light.objects.filter(period__key="2024-05", target=None)
    total = body["total"]
    assert {c: total[c] for c in ("green", "amber", "red", "grey")} == {
        c: lights.filter(colour=c).count() for c in ("green", "amber", "red", "grey")
    }
    reports = Report.objects.filter(period__key="2024-05")
    assert (total["due"], total["reported"]) == (reports.count(), reports.filter(state="accepted").count())


def test_departments_and_towns_are_ranked_apart_and_the_rule_is_told(office: Office) -> None:
    circular = made(office)
    tables = tables_of(circular.body)
    assert {row[1] for row in tables["ranking-line"].rows} == {"县水利局", "县财政局"}
    towns = [(row[0], row[1], row[6]) for row in tables["ranking-town"].rows]
    assert (
        towns == [(1, "石门镇人民政府", 1.0), (2, "柳林镇人民政府", 0.0), (2, "城关镇人民政府", 0.0)]
        or towns[0][0] == 1
    )
    assert circular.body["how"] in circular.texts["overall"]
    reasons = dict(circular.body["reasons"])
    assert reasons["石门镇人民政府"].startswith("绿灯率 100%（1/1）")


def test_the_ranking_is_that_of_the_core(office: Office) -> None:
    tables = tables_of(made(office).body)
    rows = tables["ranking-town"].rows
    tallies = [Tally(str(r[1]), *(int(n) for n in r[2:6]), due=int(r[7]), reported=int(r[8])) for r in rows]  # type: ignore[arg-type]
    again = [(getattr(p.rank, "value", None), p.tally.unit) for p in ranking(tallies)]
    assert again == [(row[0], row[1]) for row in rows]


def test_reds_are_listed_with_their_reasons_and_the_good_ones_named(office: Office) -> None:
    circular = made(office)
    tables = tables_of(circular.body)
    red = next(row for row in tables["reds"].rows if row[0] == "柳林镇人民政府")
    assert "新建供水管网" in str(red[1]) and str(red[3]) == "完成5公里，为应达10.34公里的48.3%"
    assert all(row[2] == row[3] for row in tables["good"].rows)
    for row in tables["good"].rows:
        assert str(row[0]) in circular.texts["good"]
    assert circular.texts["behind"].startswith("红灯2盏，涉及2项任务、2个单位：")


def test_later_changes_do_not_move_the_figures(office: Office) -> None:
    circular = made(office)
    before = [list(map(list, table.rows)) for table in shown_tables(circular)]
    Light.objects.filter(period__key="2024-05").update(colour="green")
    Report.objects.update(state="due")
    version = office.board.county.unit("柳林镇").versions.get()
    version.name = "柳林街道办事处"
    version.save()
    circular.refresh_from_db()
    assert [list(map(list, table.rows)) for table in shown_tables(circular)] == before
    assert any("柳林镇" in str(cell) for table in before for row in table for cell in row)


def test_a_monthly_report_has_targets_trend_problems_and_orders(year: Office) -> None:
    order = year.issue()
    circular = made(year, "monthly")
    tables = tables_of(circular.body)
    rate = next(row for row in tables["targets"].rows if row[0] == "水质达标率")
    assert rate[3] == 90 and rate[4] == "%"
    assert [row[0] for row in tables["trend"].rows] == [f"2024年{m}月" for m in range(1, 6)]
    assert tables["orders"].rows[0][0] == order.number
    assert "督办单1份，已销号0份" in circular.texts["orders"]
    text = "\n".join(str(block) for block in document(circular, at(6, 12).date()).blocks)
    assert "三、滞后任务和存在的问题" in text


def test_without_lights_there_is_nothing_to_tell(office: Office) -> None:
    with pytest.raises(NotNow) as problem:
        perform(MakeCircular(office.board.period("2024-01").pk), office.context())
    assert problem.value.code == "circular.no-lights"
    with pytest.raises(Invalid):
        perform(MakeCircular(office.board.period("2024-05").pk, "poem"), office.context())


def test_a_second_draft_of_a_period_needs_to_be_meant(office: Office) -> None:
    made(office)
    with pytest.raises(NotNow):
        made(office)
    assert made(office, "monthly").pk != made(office, despite=True).pk


@pytest.mark.parametrize("role", ["leader", "lead", "town", "auditor", "admin"])
def test_only_the_office_writes(office: Office, role: str) -> None:
    circular = made(office)
    for action in (
        MakeCircular(office.board.period("2024-05").pk, despite=True),
        EditCircular(circular.pk, circular.row_version, "标题"),
        IssueCircular(circular.pk, circular.row_version),
    ):
        with pytest.raises(Denied):
            perform(action, office.context(role))  # type: ignore[arg-type]


def test_texts_are_edited_figures_are_not(office: Office) -> None:
    circular = made(office)
    body = Circular.objects.get(pk=circular.pk).body
    edit = EditCircular(
        circular.pk, circular.row_version, "关于进展的通报", {"demands": "请抓紧。", "recipients": "各镇"}
    )
    after = perform(edit, office.context())
    assert (after.title, after.texts["demands"], after.texts["recipients"]) == ("关于进展的通报", "请抓紧。", "各镇")
    assert after.body == body and after.texts["opening"].startswith("现将")
    for values, field in (
        ({"title": ""}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"texts": {"body": "x"}}, "title"),
        ({"texts": {"demands": "长" * 10_001}}, "demands"),
    ):
        with pytest.raises(Invalid) as problem:
            perform(
                EditCircular(**{"circular": after.pk, "seen": after.row_version, "title": "标题", **values}),
                office.context(),
            )
        assert problem.value.field == field


def test_the_second_editor_is_told(office: Office) -> None:
    circular = made(office)
    seen = circular.row_version
    perform(EditCircular(circular.pk, seen, "甲", {"demands": "甲"}), office.context())
    with pytest.raises(Conflict) as conflict:
        perform(EditCircular(circular.pk, seen, "乙", {"demands": "乙"}), office.context())
    assert conflict.value.data["changed"]["demands"] == "甲"
    circular.refresh_from_db()
    assert circular.title == "甲"


def test_issuing_gives_a_number_and_locks(office: Office) -> None:
    circular = issued(office, made(office))
    assert (circular.number, circular.state) == ("督查通报〔2024〕1号", "issued")
    with pytest.raises(NotNow):
        perform(EditCircular(circular.pk, circular.row_version, "改"), office.context())
    with pytest.raises(NotNow):
        issued(office, circular)
    assert issued(office, made(office, "monthly")).number == "督查月报〔2024〕1号"


def test_a_number_by_hand_has_to_be_free_and_is_skipped_by_the_next(office: Office) -> None:
    issued(office, made(office), "督查通报〔2024〕1号")
    second = made(office)
    with pytest.raises(Invalid) as problem:
        issued(office, second, "督查通报〔2024〕1号")
    assert problem.value.field == "number"
    assert issued(office, second).number == "督查通报〔2024〕2号"


@pytest.mark.parametrize(
    ("role", "draft", "done"),
    [("supervision", 200, 200), ("leader", 404, 200), ("auditor", 404, 200), ("town", 404, 404), ("lead", 404, 404)],
)
def test_drafts_are_the_offices_and_what_is_issued_is_for_those_who_see_all(
    office: Office, client_of: Callable[[str], Client], role: str, draft: int, done: int
) -> None:
    client = client_of(role)
    circular = made(office)
    pages = ("", "circular.docx", "circular.xlsx")
    assert {client.get(f"/circulars/{circular.pk}/{page}").status_code for page in pages} == {draft}
    issued(office, circular)
    assert {client.get(f"/circulars/{circular.pk}/{page}").status_code for page in pages} == {done}


def page_tables(client: Client, circular: Circular) -> dict[str, list[list[str]]]:
    page = html.fromstring(client.get(f"/circulars/{circular.pk}/").content)
    return {
        table.get("data-table"): [
            [" ".join(cell.text_content().split()) for cell in row.iter("th", "td")] for row in table.iter("tr")
        ]
        for table in page.iter("table")
    }


def flat(rows: list[list[Any]]) -> list[list[str]]:
    return [[" ".join(str(cell).split()) for cell in row] for row in rows]


@pytest.mark.parametrize("kind", ["circular", "monthly"])
def test_page_docx_and_xlsx_show_the_same_figures(year: Office, client_of: Callable[[str], Client], kind: str) -> None:
    year.issue()
    circular = made(year, kind)
    client = client_of("supervision")
    page = page_tables(client, circular)
    assert "ranking-town" in page and "reds" in page
    found = Document(io.BytesIO(client.get(f"/circulars/{circular.pk}/circular.docx").content))
    in_docx = [flat([[cell.text for cell in row.cells] for row in table.rows]) for table in found.tables]
    assert in_docx == list(page.values())
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/circulars/{circular.pk}/circular.xlsx").content))
    by_key = {table.key: (n, table) for n, table in enumerate(shown_tables(circular))}
    for key, rows in page.items():
        n, table = by_key[key]
        cells = book.get_sheet_by_index(n).to_python()[2:]
        kinds = [column.kind for column in table.columns]
        read = [cells[0], *([shown(v, k) for v, k in zip(row, kinds, strict=True)] for row in cells[1 : len(rows)])]
        assert flat(read) == rows


def test_the_docx_carries_number_title_and_signs_of_the_issuer(office: Office, setting: Any, client_of: Any) -> None:
    setting("supervision.issuer", "青禾县人民政府督查室")
    circular = issued(office, made(office))
    data = client_of("supervision").get(f"/circulars/{circular.pk}/circular.docx").content
    texts = [p.text for p in Document(io.BytesIO(data)).paragraphs]
    joined = "".join(texts)
    assert circular.number in texts and circular.title in joined
    assert texts.count("青禾县人民政府督查室") >= 2
    assert "2024年6月12日" in texts
    assert re.search(r"附件：1\.", joined)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("2026-06", "2026年6月"),
        ("2026Q1", "2026年第一季度"),
        ("2026H2", "2026年下半年"),
        ("2026", "2026年"),
        ("2026-W09", "2026年第9周"),
        ("2026-03-05", "2026年3月5日"),
    ],
)
def test_periods_have_their_chinese_names(key: str, name: str) -> None:
    assert period_name(key) == name


def test_signs_become_chinese_but_not_inside_numbers() -> None:
    assert chinese_signs("绿灯 1,200(共 3 项),08:30 前;好") == "绿灯 1,200（共 3 项），08:30 前；好"


def test_sections_are_numbered_in_chinese() -> None:
    assert [numbered(n, "x") for n in (1, 9, 10, 11, 20)] == ["一、x", "九、x", "十、x", "十一、x", "二十、x"]
