"""The duty list of the example county, taken in as a county does: from a table."""

from __future__ import annotations

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guatu.web.example.directory import SINCE, TOWNS
from guatu.web.example.people import People
from guatu.web.kit.actions.import_sheet import take_sheet

HEADS = "业务包,类别代码,区域,承办单位,生效日期,依据文件"
CITY = "青禾县城市管理职责清单(示例)"
OFFICES = "青禾县部门“三定”规定(示例)"
TOWN_LIST = "青禾县乡镇(街道)权责清单(示例)"
# Pack, class or its beginning, place, unit, source: a town that has its own people goes before the county.
ROWS = (
    ("urban_management", "C", "", "县城市管理局", CITY),
    ("urban_management", "C0101", "", "县自来水公司", CITY),
    ("urban_management", "C0204", "", "县交通运输局", OFFICES),
    ("urban_management", "E", "", "县城市管理局", CITY),
    ("urban_management", "E0101", "", "县自然资源局", OFFICES),
    ("urban_management", "E0112", "东关街道", "东关街道", TOWN_LIST),
    ("urban_management", "E0112", "西关街道", "西关街道", TOWN_LIST),
    ("urban_management", "E0598", "", "县消防救援大队", OFFICES),
    ("urban_management", "E04", "", "县城市建设投资公司", CITY),
    *(("disputes", "", town, town, TOWN_LIST) for town in TOWNS),
    ("disputes", "land", "", "县自然资源局", OFFICES),
    ("illegal_construction", "", "", "县自然资源局", OFFICES),
    ("illegal_construction", "stock", "", "县城市管理局", CITY),
    ("illegal_construction", "new", "东关街道", "东关街道", TOWN_LIST),
    ("illegal_construction", "new", "西关街道", "西关街道", TOWN_LIST),
    ("stock_problems", "", "", "县应急管理局", OFFICES),
    ("stock_problems", "housing", "", "县住房城乡建设局", OFFICES),
    ("stock_problems", "debt", "", "县财政局", OFFICES),
    ("stock_problems", "environment", "", "市生态环境局青禾分局", OFFICES),
    ("open_meetings", "", "", "县委社会工作部", OFFICES),
    ("small_powers", "", "", "县农业农村局", OFFICES),
    ("volunteering", "", "", "县委社会工作部", OFFICES),
    ("volunteering", "children", "", "团县委", OFFICES),
)


def load_duties(people: People, today: datetime.date) -> None:
    at = timezone.make_aware(datetime.datetime.combine(today, datetime.time(8)))
    lines = [f"{pack},{code},{place},{unit},{SINCE.isoformat()},{source}" for pack, code, place, unit, source in ROWS]
    file = SimpleUploadedFile("职责清单.csv", "\n".join((HEADS, *lines)).encode())
    outcome = take_sheet("duties", file, people.office(at))
    assert outcome.written, outcome
