"""Cases from a table: each row is taken in once, or said to be wrong with its line and column; nothing is made twice."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import AuditEntry, Job
from guatu.web.cases.models import Case, Reporter
from guatu.web.intake.columns import COLUMNS
from guatu.web.intake.models import OutsideNumber
from guatu.web.kit.sheets import write_sheet
from tests.bombs import bomb
from tests.web.answers import body_of
from tests.web.cases.conftest import Desk, at
from tests.web.intake.conftest import GOOD, HEADS, SCRIPT, Clients, Intake, text
from tests.web.test_bad_input import Huge, formulas

pytestmark = pytest.mark.django_db


def row(**changes: Any) -> list[Any]:
    return list({**dict(zip(HEADS, GOOD, strict=True)), **changes}.values())


def test_a_row_becomes_a_case_with_its_number_its_reporter_and_its_first_step_done(intake: Intake) -> None:
    result = intake.taken(text([GOOD]), origin="12345 热线")
    case = Case.objects.get()
    assert (result["created"], result["same"], result["bad_rows"]) == (1, 0, 0)
    assert (case.class_code, case.source, case.address) == ("C0101", "hotline", "云岭路 12 号")
    assert case.open_steps == "file" and case.opened_at == at(3, 10)
    number = OutsideNumber.objects.get(case=case)
    assert (number.system, number.number, number.reported_at) == ("table:12345 热线", "RX-1", at(1, 9, 30))
    assert Reporter.objects.get(case=case).phone == "13800000000"
    assert AuditEntry.objects.filter(action="intake.take-in", object_id=str(case.pk)).count() == 1
    page = intake.client.get(f"/cases/{case.pk}/").content.decode()
    assert "RX-1" in page and "12345 热线" in page and "2024-06-01 09:30" in page


def test_nothing_is_made_before_somebody_has_seen_what_the_file_comes_to(intake: Intake) -> None:
    job = intake.checked(text([GOOD, row(外部编号="RX-2", 类别="没有这一类")]))
    assert not Case.objects.exists()
    page = intake.page(job)
    assert "导入 1 件" in page and "第 3 行" not in page and "没有这一类" in page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_in_the_encodings_that_are_in_use(intake: Intake, encoding: str) -> None:
    assert intake.taken(text([GOOD], encoding=encoding))["created"] == 1
    assert Case.objects.get().text == GOOD[2]


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-16", "\t"), ("utf-8", "\t"), ("gb18030", ";"), ("utf-8", ";")]
)
def test_a_table_is_read_with_the_separators_that_programs_write(intake: Intake, encoding: str, separator: str) -> None:
    lines = [
        separator.join(line) for line in (HEADS, map(str, GOOD), map(str, row(外部编号="RX-2", 情况描述="一,二,三")))
    ]
    assert intake.taken("\r\n".join(lines).encode(encoding))["created"] == 2


@pytest.mark.parametrize(
    "written",
    ["2024-06-01 09:30", "2024-06-01 09:30:00.000", "2024年6月1日 9时30分", "2024/6/1 上午9:30", "二〇二四年六月一日九时三十分", "2024-06-01T01:30:00Z"],
)  # fmt: skip
def test_a_time_is_read_as_people_and_programs_write_it(intake: Intake, written: str) -> None:
    intake.taken(text([row(上报时间=written)]))
    assert OutsideNumber.objects.get().reported_at == at(1, 9, 30)


def test_a_time_to_come_is_taken_with_a_warning(intake: Intake) -> None:
    job = intake.checked(text([row(上报时间="2027-06-01 09:30")]))
    (warning,) = job.result["warnings"]
    assert (warning["row"], warning["column"]) == (2, "上报时间") and "晚于现在" in warning["message"]
    assert intake.take(job).result["created"] == 1


def test_the_same_file_twice_makes_no_second_case(intake: Intake) -> None:
    data = text([GOOD, row(外部编号="", 情况描述="路灯不亮"), row(外部编号="RX-3")])
    assert intake.taken(data)["created"] == 3
    again = intake.taken(data)
    assert (again["created"], again["same"]) == (0, 3)
    assert Case.objects.count() == 3


def test_the_same_number_with_other_words_is_the_same_case_and_from_another_system_another(intake: Intake) -> None:
    assert intake.taken(text([GOOD]))["created"] == 1
    assert intake.taken(text([row(情况描述="井盖没有了")]))["same"] == 1
    assert intake.taken(text([GOOD]), origin="12345 热线")["created"] == 1


def test_a_job_that_runs_again_makes_nothing_twice(intake: Intake) -> None:
    job = intake.take(intake.checked(text([GOOD, row(外部编号="RX-2")])))
    Job.objects.filter(pk=job.pk).update(state="waiting")
    run_waiting()
    assert Case.objects.count() == 2 and AuditEntry.objects.filter(action="intake.take-in").count() == 2


@pytest.mark.parametrize(
    ("changes", "column", "message"),
    [
        ({"类别": "没有"}, "类别", "不是所选业务的类别"),
        ({"类别": ""}, "类别", "请填写类别"),
        ({"情况描述": ""}, "情况描述", "不能为空"),
        ({"情况描述": "长" * 4001}, "情况描述", "4001"),
        ({"地点": ""}, "地点", "至少填一样"),
        ({"经度": "121.05"}, "经度", "同时填写"),
        ({"经度": "东经", "纬度": "30"}, "经度", "不是经纬度"),
        ({"经度": "nan", "纬度": "30"}, "经度", "不是经纬度"),
        ({"经度": "37460000", "纬度": "30"}, "经度", "平面坐标"),
        ({"经度": "10", "纬度": "50"}, "经度", "不在本县范围内"),
        ({"上报时间": "去年"}, "上报时间", "不是时间"),
        ({"上报时间": "2024-02-30 09:30"}, "上报时间", "日历上没有"),
        ({"上报时间": "2024-06-01 25:00"}, "上报时间", "不是时间"),
        ({"来源": "微信"}, "来源", "可选项"),
        ({"外部编号": "RX-1"}, "外部编号", "与第 2 行相同"),
        ({"地点": "=HYPERLINK(1)"}, "地点", "公式"),
        ({"电话": "1" * 31}, "电话", "30"),
    ],
)
def test_a_wrong_row_is_named_by_line_and_column_and_the_others_are_taken(
    intake: Intake, borders: Any, changes: dict[str, str], column: str, message: str
) -> None:
    job = intake.checked(text([GOOD, row(**{"外部编号": "RX-2", **changes}), row(外部编号="RX-3")]))
    (error,) = job.result["errors"]
    assert (error["row"], error["column"]) == (3, column) and message in error["message"]
    assert "1" * 31 not in str(job.result)
    assert intake.take(job).result["created"] == 2


def test_rows_that_are_wholly_alike_are_taken_once(intake: Intake) -> None:
    job = intake.checked(text([row(外部编号=""), row(外部编号="")]))
    assert (job.result["new"], job.result["bad_rows"]) == (1, 1)
    assert "与第 2 行完全相同" in job.result["errors"][0]["message"]


def test_likely_duplicates_are_marked_and_still_taken(intake: Intake, desk: Desk, borders: Any) -> None:
    lon, lat = borders("柳林镇")
    there = desk.report(at(3, 8), lon=lon, lat=lat)
    place = {"经度": str(lon), "纬度": str(lat)}
    job = intake.checked(text([row(**place), row(外部编号="RX-2", **place), row(外部编号="RX-3")]))
    assert job.result["likely_count"] == 2 and there.code in intake.page(job)
    assert intake.take(job).result["created"] == 3


def test_the_export_read_back_makes_nothing_new(intake: Intake, desk: Desk, borders: Any) -> None:
    desk.report(at(3, 8))
    desk.closed(at(3, 7))
    for kind in ("csv", "xlsx"):
        data = body_of(intake.client.get(f"/cases/export?state=all&format={kind}"))
        result = intake.taken(data, f"案件.{kind}")
        assert (result["created"], result["same"], result["bad_rows"]) == (0, 2, 0)
    assert Case.objects.count() == 2


def test_a_code_that_is_not_ours_is_an_error(intake: Intake) -> None:
    job = intake.checked(text([["ABCD-EFGH-JKLM", *GOOD]], ("查询码", *HEADS)))
    assert "没有这个查询码" in job.result["errors"][0]["message"]


def test_the_template_is_taken_as_it_was_downloaded_and_filled_in(intake: Intake) -> None:
    assert body_of(intake.client.get("/cases/import/template"))[:2] == b"PK"
    heads = body_of(intake.client.get("/cases/import/template?format=csv")).decode("utf-8-sig").strip().split(",")
    assert heads == [str(column.label) for column in COLUMNS]
    out = io.BytesIO()
    filled = {"class": "C0101", "text": "井盖缺失", "address": "云岭路", "number": "X-1"}
    write_sheet(out, "案件", COLUMNS, [filled])
    assert intake.taken(out.getvalue(), "案件.xlsx")["created"] == 1


def test_an_english_table_is_taken(intake: Intake) -> None:
    intake.client.cookies["django_language"] = "en"
    job = intake.checked(text([("N-1", "C0101", "cover gone", "Yunling Road"), ("N-2", "x", "cover gone", "Yunling Road")], ("Number elsewhere", "class", "text", "address")))  # fmt: skip
    assert job.result["new"] == 1
    assert "no class of" in job.result["errors"][0]["message"]


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "案件.csv", "空"),
        (b"MZ", "案件.exe", "csv"),
        (Huge(), "案件.csv", "64 MB"),
    ],
)
def test_a_file_that_is_none_is_refused_at_its_field(intake: Intake, data: Any, name: str, message: str) -> None:
    given = {"pack": "urban_management", "file": data if hasattr(data, "read") else io.BytesIO(data)}
    given["file"].name = name
    answer = intake.client.post("/cases/import/", given)
    assert answer.status_code == 422 and message in answer.content.decode()
    assert 'id="f-file-said"' in answer.content.decode() and not Job.objects.exists()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (bomb, "案件.xlsx"),
        (lambda: b"PK\x03\x04 broken", "案件.xlsx"),
        (lambda: b"\x00" * 99, "案件.csv"),
        (lambda: b"\xff\xfe\xfd" * 99, "案件.csv"),
        (lambda: "类别,情况描述\n".encode(), "案件.csv"),
        (lambda: "甲,乙\n1,2\n".encode(), "案件.csv"),
        (lambda: b'a,"' + b"x" * 300_000, "案件.csv"),
        (lambda: b"%PDF-1.7", "案件.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_to_be_so(intake: Intake, data: Callable[[], bytes], name: str) -> None:
    job = intake.checked(data(), name)
    assert job.state == "failed" and job.message and "内部错误" not in job.message
    assert job.message[:10] in intake.page(job)


def test_a_workbook_with_formulas_says_which_cell(intake: Intake) -> None:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADS)
    sheet.write_row(1, 0, GOOD)
    sheet.write_formula(1, 2, '="a"', None, "a")
    book.close()
    (error,) = intake.checked(out.getvalue(), "案件.xlsx").result["errors"]
    assert error["row"] == 2 and "C2" in error["message"]
    assert formulas()


def test_script_in_a_text_is_kept_and_shown_as_text(intake: Intake) -> None:
    job = intake.checked(text([row(情况描述=SCRIPT, 地点=SCRIPT), row(外部编号=SCRIPT, 类别=SCRIPT)]))
    page = intake.page(job)
    assert SCRIPT not in page and "&lt;script&gt;" in page
    done = intake.take(job)
    assert SCRIPT not in intake.page(done)
    case = Case.objects.get()
    assert case.text == SCRIPT and SCRIPT not in intake.client.get(f"/cases/{case.pk}/").content.decode()


def test_the_wrong_rows_come_back_as_a_workbook_to_be_corrected(intake: Intake) -> None:
    import openpyxl

    job = intake.checked(text([GOOD, row(外部编号="RX-2", 类别="没有")]))
    book = openpyxl.load_workbook(io.BytesIO(body_of(intake.client.get(f"/cases/intake/{job.pk}/errors"))))
    lines = list(book.active.values)
    assert len(lines) == 2 and "不是所选业务的类别" in lines[1][0] and "RX-2" in lines[1]


@pytest.mark.parametrize("role", ["leader", "supervision", "auditor", "collector", "lead", "town", "village", "admin"])
def test_only_the_desk_takes_files_in(desk: Desk, client_of: Clients, role: str) -> None:
    client = client_of(role)
    for address in ("/cases/import/", "/cases/patches/", "/cases/import/template"):
        assert client.get(address).status_code == 403
    assert client.post("/cases/import/", {"pack": "urban_management"}).status_code == 403
    assert "intake" not in client.get("/cases/").content.decode()


def test_an_upload_is_its_owners_alone(intake: Intake, county: Any) -> None:
    from guatu.web.directory.models import RoleGrant
    from tests.web.conftest import SINCE

    job = intake.checked(text([GOOD]))
    other = Client()
    user = type(county.users["desk"]).objects.create_user("desk2", password="x" * 20)
    RoleGrant.objects.create(user=user, role="desk", valid_from=SINCE)
    other.force_login(user)
    for path, method in (("", other.get), ("errors", other.get), ("take", other.post)):
        assert method(f"/cases/intake/{job.pk}/{path}").status_code == 404
    assert Client().get(f"/cases/intake/{job.pk}/").status_code == 302


def test_confidential_cases_come_in_and_stay_hidden(intake: Intake, client_of: Clients) -> None:
    assert intake.taken(text([row(类别="neighbour", 情况描述="两家为排水沟争执")]), pack="disputes")["created"] == 1
    case = Case.objects.get()
    assert case.confidential
    assert "两家" not in str(list(AuditEntry.objects.filter(object_id=str(case.pk)).values_list("after", flat=True)))
    assert "两家" not in client_of("leader").get("/cases/?state=all").content.decode()
