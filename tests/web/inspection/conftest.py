"""Objects, inspectors and a draw of them in the invented county."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.directory.models import Person, Post
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.inspection.actions.close_lists import CloseLists
from guatu.web.inspection.actions.plan_draw import PlanDraw
from guatu.web.inspection.actions.run_draw import RunDraw
from guatu.web.inspection.actions.save_inspector import SaveInspector
from guatu.web.inspection.models import Draw, Inspector
from guatu.web.kit.actions.import_sheet import Outcome, take_sheet

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
HEADS = "对象编号,对象名称,对象类别,风险等级,所属单位编码,地址,在用"
PEOPLE = (("江岚", "县水利局"), ("石磊", "县水利局"), ("方晴", "县财政局"), ("杜若", "县财政局"), ("陆川", "县交通局"))


def at(day: int, hour: int = 9, month: int = 6) -> datetime.datetime:
    return datetime.datetime(2024, month, day, hour, tzinfo=BEIJING)


def csv_of(*lines: str) -> bytes:
    return "\n".join((HEADS, *lines)).encode()


def objects(count: int = 12) -> bytes:
    risks = ("高风险", "中风险", "低风险")
    return csv_of(
        *(f"QH-{n:03},企业{n:02},加油站,{risks[n % 3]},{'d0' if n == 3 else ''},云岭路 {n} 号," for n in range(count))
    )


@dataclass
class Office:
    """Acts as the people of the county."""

    county: Any

    def context(self, role: str = "supervision", when: datetime.datetime | None = None) -> Context:
        moment = when or at(3)
        user = self.county.users[role]
        today = moment.astimezone(BEIJING).date()
        return Context(Actor(user, today, grants_of(user, today)), moment)

    def act(self, action: Any, role: str = "supervision", when: datetime.datetime | None = None) -> Any:
        return perform(action, self.context(role, when))

    def take(self, data: bytes, name: str, role: str = "supervision") -> Outcome:
        return take_sheet("inspection-objects", SimpleUploadedFile(name, data), self.context(role))

    def lists(self) -> list[Inspector]:
        """Twelve objects, of which one belongs to 县水利局, and five inspectors of three units."""
        self.take(objects(), "对象.csv")
        return [self.inspector(name, unit, f"ZF-{n:02}") for n, (name, unit) in enumerate(PEOPLE)]

    def inspector(self, name: str, unit: str, number: str, **values: Any) -> Inspector:
        person = Person.objects.create(name=name, phone="13900001234")
        Post.objects.create(
            person=person, unit=self.county.unit(unit), title="科员", valid_from=datetime.date(2020, 1, 1)
        )
        return self.act(SaveInspector(0, 0, person.pk, number, **values))

    def planned(self, **values: Any) -> Draw:
        given = {
            "title": "2024年6月安全生产抽查", "matter": "安全生产责任制落实情况",
            "unit": self.county.unit("县政府督查室").pk, "draw_on": datetime.date(2024, 6, 5),
            "percent": {"high": 50, "medium": 25, "low": 10}, **values,
        }  # fmt: skip
        return self.act(PlanDraw(**given))

    def closed(self, **values: Any) -> Draw:
        row = self.planned(**values)
        return self.act(CloseLists(row.pk, row.row_version), when=at(4))

    def drawn(self, **values: Any) -> Draw:
        row = self.closed(**values)
        return self.act(RunDraw(row.pk, row.row_version), when=at(5))


@pytest.fixture
def office(county: Any) -> Office:
    return Office(county)


def workbook(*lines: list[Any]) -> bytes:
    """A real xlsx file with the heads of the list of objects."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at_row, line in enumerate([HEADS.split(","), *lines]):
            for n, cell in enumerate(line):
                sheet.write(at_row, n, cell)
    return out.getvalue()
