"""Small parts of pages escape what they are given."""

from django.template import Context, Template


def shown(text: str, **values: object) -> str:
    return Template("{% load guatu_tags %}" + text).render(Context(values))


def test_options_mark_the_chosen_one_and_escape_all() -> None:
    given = [("", "全部"), (1, "甲"), ("a\"b'", "<b>&")]
    text = "{% options choices chosen %}"
    assert shown(text, choices=given, chosen=1) == (
        '<option value="">全部</option><option value="1" selected>甲</option>'
        '<option value="a&quot;b&#x27;">&lt;b&gt;&amp;</option>'
    )
    assert 'value="" selected' in shown(text, choices=given, chosen=None)
    assert "selected" not in shown(text, choices=given, chosen="2")


def test_an_icon_escapes_its_label_each_time() -> None:
    for label in ('"><script>', '"><script>', "查找"):
        found = shown('{% icon "search" label %}', label=label)
        assert "<script>" not in found and found.startswith("<svg")
    assert 'aria-hidden="true"' in shown('{% icon "search" %}')
