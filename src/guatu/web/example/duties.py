"""The duty list of the example county, taken in as a county does: from a table."""

from __future__ import annotations

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guatu.web.example.directory import SINCE
from guatu.web.example.people import People
from guatu.web.kit.actions.import_sheet import take_sheet

HEADS = "类别代码,区域,承办单位,生效日期,业务包,依据文件"
# Class or its beginning, place, unit: a town that has its own people for the streets goes before the county.
ROWS = (
    ("C0101", "", "县自来水公司"),
    ("C0104", "", "县城市管理局"),
    ("C0137", "", "县城市管理局"),
    ("C0204", "", "县交通运输局"),
    ("C03", "", "县城市管理局"),
    ("E01", "", "县城市管理局"),
    ("E0101", "", "县自然资源局"),
    ("E0112", "东关街道", "东关街道"),
    ("E0112", "西关街道", "西关街道"),
    ("E05", "", "县城市管理局"),
    ("E0598", "", "县消防救援大队"),
    ("E04", "", "县城市建设投资公司"),
)


def load_duties(people: People, today: datetime.date) -> None:
    at = timezone.make_aware(datetime.datetime.combine(today, datetime.time(8)))
    lines = [f"{code},{place},{unit},{SINCE.isoformat()},urban_management,三定方案" for code, place, unit in ROWS]
    file = SimpleUploadedFile("职责清单.csv", "\n".join((HEADS, *lines)).encode())
    outcome = take_sheet("duties", file, people.office(at))
    assert outcome.written, outcome
