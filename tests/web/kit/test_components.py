"""Components of pages: a control shows what was typed and what is wrong with it, at its own form alone."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from guatu.web.base.problems import Invalid
from guatu.web.kit.field import Field
from tests.web.html import flat

WRONG = Invalid("应为数字。", field="length")


def shown(tag: str, **context: Any) -> str:
    return flat(Template("{% load kit %}" + tag).render(Context(context)))


def test_a_control_has_its_label_and_its_value() -> None:
    page = shown('{% control "length" "长度" value=3 required=True maxlength=9 %}')
    assert '<label class="form-label required" for="f-length">长度</label>' in page
    assert (
        '<input class="form-control" id="f-length" maxlength="9" name="length" type="text" value="3" required>' in page
    )
    assert "-said" not in page


def test_what_was_typed_comes_back_with_the_problem_tied_to_it() -> None:
    page = shown('{% control "length" "长度" value=3 hint="公里" %}', typed={"length": "三<b"}, problem=WRONG)
    assert 'value="三&lt;b"' in page and 'aria-describedby="f-length-said"' in page and "is-invalid" in page
    assert 'id="f-length-said" role="alert">应为数字。' in page and "公里" not in page


@pytest.mark.parametrize("sent", ["", "other"])
def test_of_several_forms_only_the_one_that_was_sent_shows_what_was_typed(sent: str) -> None:
    given = {"typed": {"length": "三"}, "problem": WRONG, "typed_form": sent}
    page = shown('{% control "length" "长度" value=3 form="road" hint="公里" %}', **given)
    assert 'value="3"' in page and "应为数字" not in page and "公里" in page
    assert 'value="三"' in shown('{% control "length" "长度" value=3 form="road" %}', **given | {"typed_form": "road"})


def test_what_a_page_says_of_a_control_elsewhere_is_tied_to_it_beside_the_problem() -> None:
    tag = '{% control "length" "长度" aria_describedby="columns" %}'
    assert 'aria-describedby="columns"' in shown(tag)
    assert 'aria-describedby="columns f-length-said"' in shown(tag, problem=WRONG)


def test_a_field_that_was_not_sent_keeps_its_own_value() -> None:
    assert 'value="3"' in shown('{% control "length" "长度" value=3 %}', typed={"width": "9"}, problem=None)


def test_a_day_that_is_none_is_shown_as_text_for_the_browser_would_lose_it() -> None:
    wrong = Invalid("没有这一天。", field="day")
    assert 'type="date"' in shown('{% control "day" "日期" "date" value="2024-02-30" %}')
    page = shown('{% control "day" "日期" "date" %}', typed={"day": "2024-02-30"}, problem=wrong)
    assert 'type="text"' in page and 'value="2024-02-30"' in page


def test_other_elements() -> None:
    assert '<textarea class="form-control" id="f-a" name="a" rows="4">&lt;x</textarea>' in shown(
        '{% control "a" "文" "area" value=text %}', text="<x"
    )
    page = shown('{% control "a" "选" "select" value=2 choices=pairs none="全部" %}', pairs=[(1, "一"), (2, "二")])
    assert '<option value="">全部</option><option value="1">一</option><option value="2" selected>二</option>' in page
    assert "value=" not in shown('{% control "a" "文件" "files" value="x" accept=".csv" %}')


def test_nothing_in_a_list_says_so_and_what_to_do() -> None:
    page = shown('{% empty "还没有方案。" "上传后出现在这里。" address="/plans/new/" action="上传" %}')
    assert (
        "还没有方案。" in page
        and "上传后出现在这里。" in page
        and '<a class="btn btn-primary" href="/plans/new/">' in page
    )
    assert "<a " not in shown('{% empty "没有。" %}')


@pytest.mark.parametrize(
    ("query", "open_"),
    [("", False), ("page=2&sort=due", False), ("q=", False), ("q=水", True), ("unit=3&page=2", True)],
)
def test_filters_stand_open_while_the_list_is_narrowed(query: str, open_: bool) -> None:
    request = RequestFactory().get(f"/?{query}")
    assert shown("{% narrowed as it %}{{ it }}", request=request) == str(open_)


def test_a_head_sorts_upwards_then_downwards_and_says_how_it_stands() -> None:
    request = RequestFactory().get("/?page=3&q=a")
    assert shown('{% sorted_head "due" "时限" "" %}', request=request) == (
        '<th scope="col" aria-sort="none"><a href="?q=a&amp;sort=due">时限</a></th>'
    )
    assert 'aria-sort="ascending"><a href="?q=a&amp;sort=-due"' in shown(
        '{% sorted_head "due" "时" "due" %}', request=request
    )
    assert 'aria-sort="descending"><a href="?q=a&amp;sort=due"' in shown(
        '{% sorted_head "due" "时" "-due" %}', request=request
    )


def test_controls_that_are_said_in_python_are_those_that_a_template_says() -> None:
    fields = [
        Field("length", "长度", "figure", hint="公里", css="wide"),
        Field("kind", "种类", "select", choices=[("a", "甲")]),
    ]
    given = {"fields": fields, "values": {"length": 3, "kind": "a"}, "problem": None}
    said = shown('{% controls fields "road" values %}', **given)
    by_hand = (
        '{% control "length" "长度" "figure" value=values.length form="road" hint="公里" css="wide" %}'
        '{% control "kind" "种类" "select" value=values.kind form="road" choices=fields.1.choices %}'
    )
    assert said == shown(by_hand, **given) and 'class="form-control num wide"' in said


def test_a_box_to_tick_has_its_label_and_what_is_said_of_it() -> None:
    page = shown(
        '{% check "despite" label checked=yes box="mb-0" said=why %}', label="仍要<下达", yes=1, why="已有督办单。"
    )
    assert '<label class="form-check mb-0"><input' in page and 'name="despite"' in page and " checked>" in page
    assert "仍要&lt;下达</span></label>" in page and 'role="alert">已有督办单。' in page
    assert "checked" not in shown('{% check "despite" "仍要下达" %}')
