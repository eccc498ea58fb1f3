"""What people keep is declared once: form, cells, row and audit line follow."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Annotated, Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from guatu.web.base.actions import Action
from guatu.web.base.problems import Invalid
from guatu.web.kit.forms import Form
from guatu.web.kit.importer import Checked, Line, each_line
from guatu.web.kit.kinds import Choice, Code, Day, Text, Tick, Whole
from guatu.web.kit.record import columns_of, fields_of, of_cells, of_row, stored, told
from guatu.web.kit.sheets import Sheet, read_sheet
from guatu.web.kit.typed import Typed


def kinds(day: datetime.date) -> list[tuple[object, object]]:
    return [("high", "高杆灯"), ("low", "庭院灯")]


@dataclass(frozen=True)
class LampValues:
    code: Annotated[str, Code(label="编号", required=True, longest=8)]
    kind: Annotated[str, Choice(label="种类", choices=kinds, none="未定")]
    since: Annotated[datetime.date, Day(label="启用日期", required=True, of="valid_from")]
    watt: Annotated[int, Whole(label="功率", most=900)] = 60
    note: Annotated[str, Text(label="备注", longest=20)] = ""
    lit: Annotated[bool, Tick(label="亮着")] = True

    def problems(self) -> list[Invalid]:
        return [Invalid("功率不对。", field="watt")] if self.watt == 13 else []


@dataclass(frozen=True)
class AddLamp(Action[str]):
    values: LampValues
    road: int


LAMP = LampValues("L-1", "high", datetime.date(2026, 3, 1))
ADD = Form("add", "duty_add", AddLamp)


def request(**sent: str) -> Any:
    return RequestFactory().post("/", sent)


def test_a_form_has_a_control_for_each_field_and_is_read_by_its_kind() -> None:
    known = {"f": ADD, "actor": SimpleNamespace(today=datetime.date(2026, 6, 1)), "csrf_token": "t", **Typed().shown()}
    page = Template("{% load kit %}{% form f road=5 %}").render(Context(known))
    assert [f'name="{name}"' in page for name in fields_of(AddLamp)] == [True] * 6
    assert 'maxlength="8"' in page and "高杆灯" in page and ">未定<" in page
    assert '<input type="hidden" name="road" value="5">' in page
    sent = {"code": "Ｌ-1", "kind": "high", "since": "2026年3月1日", "watt": "60", "lit": "1"}
    assert ADD.read(request(**sent), road=5) == AddLamp(LAMP, 5)


@pytest.mark.parametrize(
    ("field", "wrong"), [("code", ""), ("code", "L-123456789"), ("kind", "torch"), ("since", ""), ("watt", "901")]
)
def test_what_cannot_be_taken_is_said_at_its_field(field: str, wrong: str) -> None:
    sent = {"code": "L-1", "kind": "low", "since": "2026-03-01", "watt": "60", field: wrong}
    with pytest.raises(Invalid) as raised:
        ADD.read(request(**sent), road=5)
    assert raised.value.field == field


def test_a_row_has_the_values_under_its_own_names_and_the_audit_line_says_them() -> None:
    assert stored(LAMP)["valid_from"] == datetime.date(2026, 3, 1)
    assert told(LAMP) == stored(LAMP) | {"valid_from": "2026-03-01"}
    row: Any = SimpleNamespace(**stored(LAMP))
    assert of_row(LampValues, row) == LAMP
    assert of_cells(LampValues, {"code": "L-1", "kind": "high", "since": LAMP.since}) == LAMP


def checked(text: str) -> tuple[Sheet, Checked]:
    def line(values: LampValues) -> Line:
        return Line({"L-1": True, "L-2": False}.get(values.code), values.problems, lambda change: None)

    sheet = read_sheet(f"编号,种类,启用日期,功率\n{text}\n".encode(), "a.csv", columns_of(LampValues), texts=True)
    check: Any = each_line(LampValues, ("code", "kind"), lambda context: line)
    return sheet, check(sheet, None)


def test_lines_of_a_sheet_are_counted_as_new_changed_and_same() -> None:
    _sheet, found = checked("L-1,高杆灯,2026-3-1,\nL-2,low,2026-3-1,\nL-3,,2026-3-1,\nL-4,,2026-3-1,5")
    assert (found.same, found.changed, found.created, found.errors) == (1, 1, 2, [])


def test_wrong_lines_and_those_that_come_twice_are_named_at_their_cells() -> None:
    _sheet, found = checked("L-3,,2026-3-1,\nL-3,,2026-3-2,\nL-3,low,2026-3-1,13\nL-5,灯笼,2026-3-1,")
    assert [(one.row, one.column) for one in found.errors] == [(3, "编号"), (4, "功率"), (5, "种类")]
    assert found.errors[0].message == "与第 2 行的编号、种类相同。"
    assert found.created == 1


def test_an_explained_sheet_says_what_an_empty_cell_means() -> None:
    assert fields_of(LampValues)["kind"].how == "高杆灯、庭院灯。不填为未定"
    assert fields_of(LampValues)["lit"].bound().shown(False) == "否"
