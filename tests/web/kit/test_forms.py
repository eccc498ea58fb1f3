"""A form declared once: its action is made of what was sent, by the types of the action's fields."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import Http404
from django.template import Context, Template
from django.test import RequestFactory

from guatu.web.base.actions import Action, Change
from guatu.web.base.actions import Context as Context_
from guatu.web.base.problems import Invalid
from guatu.web.kit.field import Field
from guatu.web.kit.forms import Form, by_name, posted
from guatu.web.kit.typed import Typed


@dataclass(frozen=True)
class Pave(Action[str]):
    road: int
    seen: int
    text: str
    on: datetime.date
    until: datetime.date | None = None
    unit: int | None = None
    length: Decimal | None = None
    lit: bool = False
    note: str = "无"
    lanes: tuple[int, ...] = ()
    photos: tuple[UploadedFile, ...] = ()
    plan: UploadedFile | None = None


PAVE = Form(
    "pave",
    "order_reply",
    Pave,
    (
        Field("text", "说明", "area", required=True),
        Field("on", "开工", "date"),
        Field("unit", "单位", "select", choices="units"),
        Field("lit", "装路灯", "tick"),
        Field("photos", "照片", "files"),
    ),
    button="开工",
)


def read(**sent: Any) -> Any:
    return PAVE.read(RequestFactory().post("/", sent), road=5)


def test_each_field_is_read_by_its_type_and_what_was_not_sent_is_what_the_action_says() -> None:
    least = read(seen="3", text=" 修 ", on="2026-6-1")
    assert least == Pave(5, 3, "修", datetime.date(2026, 6, 1))
    photos, plan = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in (1, 2)], SimpleUploadedFile("p.pdf", b"y")
    whole = read(
        seen="3", text="修", on="2026年6月1日", until="2026-07-01", unit="8", length="1,200.5", lit="1", note="", lanes=["2", "4"],
        photos=photos, plan=plan,
    )  # fmt: skip
    assert (whole.until, whole.unit, whole.length) == (datetime.date(2026, 7, 1), 8, Decimal("1200.5"))
    assert (whole.lit, whole.note, whole.lanes) == (True, "", (2, 4))
    assert [one.name for one in whole.photos] == ["1.jpg", "2.jpg"] and whole.plan.name == "p.pdf"


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("seen", {"text": "修", "on": "2026-06-01"}),
        ("on", {"seen": "3", "text": "修"}),
        ("on", {"seen": "3", "text": "修", "on": "六月三十一日"}),
        ("length", {"seen": "3", "text": "修", "on": "2026-06-01", "length": "很长"}),
        ("lanes", {"seen": "3", "text": "修", "on": "2026-06-01", "lanes": ["2", "x"]}),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(field: str, sent: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as raised:
        read(**sent)
    assert raised.value.field == field


def page(text: str, form: Typed | None = None) -> str:
    known = {"f": PAVE, "units": [(8, "交通局")], "csrf_token": "t", **(form or Typed()).shown()}
    return Template("{% load kit %}" + text).render(Context(known))


def test_the_page_shows_its_controls_and_sends_along_what_was_seen() -> None:
    shown = page('{% form f 7 seen=3 text="旧" lit="1" %}')
    assert 'action="/orders/7/reply"' in shown and 'enctype="multipart/form-data"' in shown
    assert '<input type="hidden" name="seen" value="3">' in shown and ">旧</textarea>" in shown
    assert '<option value="8">交通局</option>' in shown and "checked" in shown and "开工" in shown
    assert "photos" not in page("{% form f 7 without=gone %}".replace("gone", "'photos'"))


def test_what_was_typed_comes_back_with_the_problem_where_it_belongs() -> None:
    at_field = Typed("pave", {"text": "新", "lit": ""}, Invalid("没有写清。", field="text"))
    shown = page('{% form f 7 seen=3 text="旧" lit="1" %}', at_field)
    assert ">新</textarea>" in shown and shown.count("没有写清。") == 1 and "alert" not in shown.split("form-label")[0]
    assert "checked" not in shown
    loose = page("{% form f 7 %}", Typed("pave", {"text": "新"}, Invalid("不能办理。", field="seen")))
    assert '<div class="alert alert-danger" role="alert">不能办理。</div>' in loose
    other = page('{% form f 7 text="旧" %}', Typed("close", {"text": "新"}, Invalid("不能办理。")))
    assert "不能办理" not in other and ">旧</textarea>" in other


def test_of_a_form_that_stands_in_many_rows_the_problem_is_shown_in_its_own() -> None:
    rows = Form("pave-{}", "order_reply", Pave, (Field("text", "说明"),))
    known = {**by_name((rows,)), "csrf_token": "t", **Typed("pave-8", {"text": "新"}, Invalid("没有写清。")).shown()}
    shown = Template("{% load kit %}{% form pave 7 aria_label='第 7 行' %}|{% form pave 8 %}").render(Context(known))
    other, own = shown.split("|")
    assert "没有写清" not in other and "没有写清" in own and 'value="新"' in own
    assert 'id="pave-7-text"' in other and 'id="pave-8-text"' in own and 'aria-label="第 7 行"' in other


@dataclass(frozen=True)
class Mark(Action[int]):
    name = "mark"
    words = "标记"
    row: int
    quiet: bool = False

    def permit(self, context: Context_) -> None:
        """Whoever is asked."""

    def change(self, context: Context_) -> Change[int]:
        if self.row == 13:
            raise Invalid("不能标记。")
        return Change(self.row if self.quiet else -self.row)


def marked(row: int, **more: Any) -> Any:
    view = posted(Form("mark-{}", "order_reply", Mark), "", None, lambda found: f"/{found}", **more)
    sent = RequestFactory().post("/", {"quiet": "1"})
    sent.user = SimpleNamespace(is_authenticated=True, pk=1)  # type: ignore[assignment]
    return view(sent, pk=row)


def test_without_a_page_a_problem_is_the_servers_and_a_row_that_is_not_seen_is_not_touched(monkeypatch: Any) -> None:
    monkeypatch.setattr("guatu.web.kit.sent.context_of", lambda request: None)
    monkeypatch.setattr("guatu.web.kit.sent.perform", lambda action, context: action.change(context).result)
    monkeypatch.setattr("guatu.web.kit.sent.messages.success", lambda request, said: None)
    assert marked(5).url == "/5"
    # What the page knows is not what was sent.
    assert marked(5, known=lambda request: {"quiet": False}).url == "/-5"
    with pytest.raises(Invalid, match="不能标记"):
        marked(13)

    def sees(request: Any, row: int) -> None:
        raise Http404

    with pytest.raises(Http404):
        marked(5, sees=sees)
