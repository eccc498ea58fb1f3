"""Declared lists: what an address may ask for, which columns there are for whom, how filters keep the rest of the address."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Q
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import format_html

from guatu.web.base.actors import Actor
from guatu.web.base.models import Setting
from guatu.web.kit.paging import Limits, as_address
from guatu.web.kit.table import Empty, Flag, Search, States, Table, Word, shown, text
from tests.web.html import flat

pytestmark = pytest.mark.django_db
ANYBODY = Actor(None, datetime.date(2024, 6, 3))


class OnlyNames:
    """Choices that may be asked for once."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, actor: Actor) -> list[tuple[object, object]]:
        self.asked += 1
        return [("a", "甲类"), ("b", "乙类")]


def table(choices: Any = ()) -> Table[Setting, Setting]:
    return Table(
        title="设置",
        rows=lambda actor, wanted: Setting.objects.all(),
        lines=lambda rows, actor, wanted: rows,
        filters=(
            States(
                "state", "按状态", groups=lambda actor: [("all", "全部", Q()), ("late", "过期", Q(pk=0))], late="late"
            ),
            Search("q", "名称", fields=("name",)),
            Word("kind", "类别", "name", choices=choices),
            Flag("mine", "我的", hidden=True),
        ),
        columns=(
            text("name", "名称", lambda row: row.name, sort="name"),
            text("tick", "", lambda row: "", needs="case.edit"),
        ),
        empty=Empty("没有。"),
    )


def page(query: str, choices: Any = ()) -> str:
    request = RequestFactory().get(f"/?{query}")
    request.actor = ANYBODY
    context = Context({**shown(request, table(choices)), "actor": ANYBODY, "request": request})
    return flat(Template("{% load lists %}{% list_filters %}{% list_table %}").render(context))


def test_a_word_that_is_in_no_row_finds_none_and_is_not_taken_for_nothing() -> None:
    Setting.objects.create(name="a", value=1, valid_from="2024-01-01")
    assert len(table().found(ANYBODY, {"kind": "a"})) == 1
    assert len(table().found(ANYBODY, {"kind": "x"})) == 0


def test_choices_are_asked_for_once_on_a_page_and_said_on_paper() -> None:
    choices = OnlyNames()
    assert '<p class="print-only">按状态:全部;类别:乙类</p>' in page("kind=b", choices)
    assert choices.asked == 1


def test_a_cell_of_its_own_template_has_what_the_page_has_and_asks_for_nothing_anew() -> None:
    Setting.objects.create(name="a", value=1, valid_from="2024-01-01")
    columns = [text("name", "名称", lambda row: row.name, template="kit/empty.html")]
    given = {"actor": ANYBODY, "columns": columns, "rows": [Setting(name="甲")], "title": "页"}
    page = Template('{% load lists %}{% rows_table columns rows "表" %}').render(Context(given))
    assert '<p class="empty-title">页</p>' in page


def test_the_number_of_the_late_group_is_marked() -> None:
    assert '<strong class="text-late">0</strong> 过期' in page("") and "<strong>0</strong> 全部" in page("")


def test_a_column_stands_only_where_its_permission_is_held() -> None:
    assert [one.key for one in table().columns_for(ANYBODY)] == ["name"]


def test_filtering_keeps_the_order_and_leaves_the_page() -> None:
    found = page("sort=-name&page=2&after=3&tab=x")
    assert '<input type="hidden" name="sort" value="-name">' in found
    assert '<input type="hidden" name="tab" value="x">' in found
    assert 'name="page"' not in found and 'name="after"' not in found


def test_a_query_of_the_api_is_said_as_an_address_of_the_page() -> None:
    class Wanted(Limits):
        class_code: str = ""
        unit: int | None = None
        mine: bool = False

    assert as_address(Wanted(class_code="C01", mine=True), class_code="class") == {
        "limit": "100", "offset": "0", "class": "C01", "mine": "1",
    }  # fmt: skip


def test_rows_of_a_side_matter_stand_under_columns_and_say_where_there_are_none() -> None:
    context = {"actor": ANYBODY, "columns": table().columns, "rows": [Setting(name="甲")], "none": []}
    page = flat(
        Template(
            '{% load lists %}{% rows_table columns rows "表" %}{% rows_table columns none "表" "没有。" %}'
        ).render(Context(context))
    )
    assert '<td data-label="名称">甲</td>' in page and "没有。" in page and page.count("<th ") == 2


def test_a_text_is_escaped_and_the_markup_that_a_column_gives_is_kept() -> None:
    plain = text("name", "名称", lambda row: row)
    strong = text("name", "名称", lambda row: row, shown=lambda row: format_html("<b>{}</b>", row))
    assert (plain.markup("<i>"), strong.markup("<i>")) == ("&lt;i&gt;", "<b>&lt;i&gt;</b>")
    assert text("name", "名称", lambda row: row, shown=lambda row: row).markup("<i>") == "&lt;i&gt;"
    assert plain.markup("") == "—"


def test_a_row_that_stands_out_says_how_and_the_others_nothing() -> None:
    rows = [SimpleNamespace(name="甲", tone="text-secondary"), SimpleNamespace(name="乙", tone=""), ("丙",)]
    given = {"columns": (text("n", "名称", lambda row: getattr(row, "name", "丙")),), "rows": rows, "actor": ANYBODY}
    page = Template('{% rows_table columns rows "表" %}').render(Context(given))
    assert page.count('<tr class="text-secondary">') == 1 and page.split("<tbody>")[1].count("<tr>") == 2
