"""A draw of random inspection in the example county: invented enterprises and inspectors, drawn, some with a result."""

from __future__ import annotations

import csv
import datetime
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.directory.models import Person, Post, Unit
from guatu.web.example.directory import SINCE
from guatu.web.example.people import People
from guatu.web.inspection.actions.close_lists import CloseLists
from guatu.web.inspection.actions.enter_result import EnterResult
from guatu.web.inspection.actions.exclude_object import ExcludeObject
from guatu.web.inspection.actions.plan_draw import PlanDraw
from guatu.web.inspection.actions.run_draw import RunDraw
from guatu.web.inspection.actions.save_inspector import SaveInspector
from guatu.web.inspection.actions.set_conflict import SetConflict
from guatu.web.inspection.models import Draw
from guatu.web.kit.actions.import_sheet import take_sheet

NAMES = ("河湾", "南坡", "老桥", "苗圃", "云溪", "东风", "青石", "白鹭", "柳岸", "麦田")
TRADES = (("加油站", "高风险"), ("饭店", "中风险"), ("农资店", "低风险"))
INSPECTORS = (("江岚", "yjj"), ("石磊", "yjj"), ("方晴", "scj"), ("杜若", "scj"), ("陆川", "scj"), ("沈禾", "xfdd"))
RESULTS = (("none", ""), ("corrected", "灭火器过期,已当场更换"), ("none", ""))
DAYS = 12


def load_inspection(people: People, today: datetime.date) -> Draw:
    """One draw that was made twelve days before `today`, and one that is promised for the weeks to come."""
    drawn_on = today - datetime.timedelta(days=DAYS)

    def office(day: datetime.date, hour: int = 9) -> Context:
        return people.office(timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour))))

    before = drawn_on - datetime.timedelta(days=5)
    take_sheet("inspection-objects", SimpleUploadedFile("检查对象.csv", _objects()), office(before))
    _inspectors(office(before))
    led_by = Unit.objects.get(code="dcs").pk
    percent = {"high": 30, "medium": 20, "low": 10}
    row = perform(
        PlanDraw("消防安全联合抽查", "消防设施、安全出口、用电用气", led_by, drawn_on, percent, 2, 90), office(before)
    )
    perform(ExcludeObject(row.pk, row.row_version, "QH-103", "停业装修"), office(before))
    row.refresh_from_db()
    perform(CloseLists(row.pk, row.row_version), office(drawn_on - datetime.timedelta(days=1)))
    row.refresh_from_db()
    perform(RunDraw(row.pk, row.row_version), office(drawn_on))
    for drawn, (result, text) in zip(row.drawn.order_by("place"), RESULTS, strict=False):
        day = drawn_on + datetime.timedelta(days=2 + drawn.place)
        perform(EnterResult(drawn.pk, drawn.row_version, result, text, day), office(day))
    next_day = today + datetime.timedelta(days=20)
    perform(
        PlanDraw("农资质量抽查", "种子、农药、化肥标签和台账", led_by, next_day, {"low": 40}, 2, 0, "农资店"),
        office(today),
    )
    row.refresh_from_db()
    return row


def _objects() -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["对象编号", "对象名称", "对象类别", "风险等级", "地址"])
    for kind, (trade, risk) in enumerate(TRADES, 1):
        for n, name in enumerate(NAMES, 1):
            writer.writerow([f"QH-{kind}{n:02}", f"{name}{trade}", trade, risk, f"青禾大道 {kind * 20 + n} 号"])
    return out.getvalue().encode()


def _inspectors(context: Context) -> None:
    made = []
    for n, (name, unit) in enumerate(INSPECTORS, 1):
        person = Person.objects.create(name=name)
        Post.objects.create(person=person, unit=Unit.objects.get(code=unit), title="执法人员", valid_from=SINCE)
        made.append(perform(SaveInspector(0, 0, person.pk, f"QH-ZF-{n:03}"), context))
    perform(SetConflict(made[2].pk, "QH-101", "近亲属在该单位任职"), context)
