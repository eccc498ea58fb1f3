"""Parts of pages: cards, buttons, ways, facts and what is wrong with a form; what a page is titled is its heading."""

import datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import format_html

from guatu.web.base.problems import Invalid
from tests.web.html import flat

WRONG = Invalid("甲<b\n乙", field="length")


def shown(tag: str, **context: Any) -> str:
    return flat(Template(tag).render(Context(context)))


def test_a_card_is_a_part_of_the_page_under_its_heading() -> None:
    page = shown('{% card "roads" title css="mb-1" count=2 %}<p>两条路</p>{% endcard %}', title="路<b")
    assert '<section class="card mb-1" aria-labelledby="roads-h">' in page and "路&lt;b" in page
    assert 'id="roads-h"' in page and '<span class="text-secondary fw-normal">2</span>' in page
    assert '<div class="card-body">' in page and "<p>两条路</p>" in page
    assert "card-body" not in shown('{% card "roads" "路" flush=True %}{% endcard %}')


def test_of_buttons_with_one_label_each_says_what_it_is_about() -> None:
    page = shown('{% button "停用" "ban" "btn-sm" about=about name="do" %}', about="甲<b")
    assert 'class="btn btn-sm"' in page and 'name="do"' in page and "<svg" in page
    assert '停用<span class="visually-hidden"> 甲&lt;b</span>' in page
    way = shown('{% way "修改" "" "unit_change" 7 about="甲" query="?day=2024-03-01" %}')
    assert (
        '<a class="btn" href="/units/7/change/?day=2024-03-01">修改<span class="visually-hidden"> 甲</span></a>' in way
    )


def test_one_thing_is_done_by_a_button_that_sends_what_was_seen() -> None:
    page = shown('{% send "移除" "" "alias_remove" 7 3 seen=2 %}', csrf_token="词")
    assert '<form method="post" action="/units/7/aliases/3/remove/">' in page
    assert 'name="seen" value="2"' in page and 'name="csrfmiddlewaretoken" value="词"' in page


def test_facts_are_written_as_everywhere_and_one_that_is_unknown_is_a_dash() -> None:
    assert shown('{% fact "起" day %}', day=datetime.date(2024, 3, 1)) == "<dt>起</dt><dd>2024-03-01</dd>"
    assert shown('{% fact "名称" name "/units/7/" css="num" %}', name="甲<b") == (
        '<dt>名称</dt><dd class="num"><a href="/units/7/">甲&lt;b</a></dd>'
    )
    assert shown('{% fact "电话" "" "/call/" %}') == "<dt>电话</dt><dd>—</dd>"
    assert "<b>甲</b>" in shown('{% fact "名称" said %}', said=format_html("<b>{}</b>", "甲"))


def test_a_problem_is_shown_above_its_form_where_no_control_shows_it() -> None:
    assert "甲&lt;b<br>乙" in shown('{% wrong "road" "width" %}', problem=WRONG, typed_form="road")
    assert shown('{% wrong "road" "length" %}', problem=WRONG, typed_form="road") == ""
    assert shown('{% wrong "road" "width" %}', problem=WRONG, typed_form="other") == ""
    assert shown("{% wrong %}") == "" and "甲" in shown("{% wrong %}", problem=WRONG, typed_form="other")


def test_one_of_a_few_is_chosen_by_buttons_that_belong_together() -> None:
    tag = '{% control "kind" "方式" "radio" value="new" choices=choices required=True %}'
    page = shown(tag, choices=[("into", "并入"), ("new", "新设")])
    assert page.count('type="radio"') == 2 and page.count("checked") == 1
    assert 'value="new" checked' in page or 'checked value="new"' in page
    assert "并入" in page and "fieldset" in page and "legend" in page


@pytest.mark.django_db
def test_tabs_stand_on_the_pages_that_belong_together_for_those_who_may_see_them(actor_of: Any) -> None:
    def tabs(address: str, role: str, **context: Any) -> str:
        request = RequestFactory().get(address)
        return shown("{% tabs %}", request=request, actor=actor_of(role), **context)

    page = tabs("/units/new/", "leader")
    assert page.count("<a ") == 3 and page.count("aria-current") == 1
    assert tabs("/jobs/", "leader").strip() == ""
    assert 'aria-current="page"' in tabs("/jobs/", "leader", here="unit_list")
