"""Units, places and people from spreadsheets."""

import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guatu.web.base import jobs
from guatu.web.base.files import store
from guatu.web.base.models import AuditEntry, Job, User
from guatu.web.base.problems import Invalid
from guatu.web.directory.models import Person, PlaceVersion, Post, RoleGrant, Unit, UnitAlias, UnitVersion
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.importer import importers
from guatu.web.kit.jobs import IMPORT
from guatu.web.kit.sheets import read_sheet, write_sheet
from tests.bombs import bomb

SINCE = datetime.date(2020, 1, 1)
UNIT_HEADS = ["编码", "全称", "类别", "上级编码", "生效日期"]


def book(heads: list[str], rows: list[list[Any]], write: Callable[[Any, Any], None] | None = None) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as made:
        sheet = made.add_worksheet("单位")
        sheet.write_row(0, 0, heads)
        for n, row in enumerate(rows, 1):
            sheet.write_row(n, 0, row)
        if write is not None:
            write(made, sheet)
    return out.getvalue()


@pytest.fixture
def take(county: Any, settings: Any, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Imports a file as a background job and gives its result; the message where the whole file was refused."""
    settings.MEDIA_ROOT = tmp_path

    def run(kind: str, data: bytes, *, only_good: bool = False, role: str = "admin", language: str = "zh-hans") -> Any:
        user = county.users[role]
        attachment = store(SimpleUploadedFile("单位.xlsx", data), user, timezone.now())
        payload = {"kind": kind, "attachment": attachment.pk, "only_good": only_good, "language": language}
        job = jobs.enqueue(IMPORT, payload, user, timezone.now())
        jobs.run_waiting()
        job.refresh_from_db()
        return job.result if job.state == Job.State.DONE else job.message

    return run


def errors(result: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(error["row"], error["column"], error["message"]) for error in result["errors"]]


def test_new_units_come_in_whatever_their_order_and_known_ones_change_from_their_day(county: Any, take: Any) -> None:
    tomorrow = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
    rows = [
        ["x2", "县数据中心", "其他", "x1", "2024-01-01"],
        ["x1", "县数据局", "部门", "gov", "2024-01-01"],
        ["d0", "县水务局", "部门", "gov", tomorrow],
        ["d1", "县财政局", "部门", "gov", "2020-01-01"],
    ]
    result = take("units", book(UNIT_HEADS, rows))
    assert (result["created"], result["changed"], result["same"], result["errors"]) == (2, 1, 1, [])
    assert result["written"]
    tree = unit_tree(timezone.localdate())
    assert tree.name(Unit.objects.get(code="x2").pk) == "县数据中心"
    assert tree.nodes[Unit.objects.get(code="x2").pk].parent_id == Unit.objects.get(code="x1").pk
    assert tree.name(county.unit("县水利局").pk) == "县水利局"
    assert AuditEntry.objects.filter(action="sheet.import", object_type="directory.unit").count() == 3


def test_nothing_is_written_while_a_row_is_wrong_until_the_user_takes_the_good_ones(county: Any, take: Any) -> None:
    rows = [["x1", "县数据局", "部门", "gov", "2024-01-01"], ["x2", "", "部门", "gov", "2024-01-01"]]
    first = take("units", book(UNIT_HEADS, rows))
    assert not first["written"]
    assert errors(first) == [(3, "全称", "不能为空。")]
    assert not Unit.objects.filter(code="x1").exists()
    assert not AuditEntry.objects.exists()
    second = take("units", book(UNIT_HEADS, rows), only_good=True)
    assert second["written"]
    assert Unit.objects.filter(code="x1").exists()
    assert not Unit.objects.filter(code="x2").exists()


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (["x", "县甲局", "部门", "gov", "昨天"], "生效日期", "“昨天”不是日期"),
        (["x", "县甲局", "部门", "gov", 45000], "生效日期", "不是日期"),
        (["x", "县甲局", "部们", "gov", "2024-01-01"], "类别", "不在可选项中"),
        (["x", "县甲局", "部门", "nobody", "2024-01-01"], "上级编码", "没有编码为“nobody”的记录"),
        (["x", "县甲局", "部门", "x", "2024-01-01"], "上级编码", "上级不能是它自己"),
        (["x", True, "部门", "gov", "2024-01-01"], "全称", "逻辑值"),
        (["有 空格", "县甲局", "部门", "gov", "2024-01-01"], "编码", "单位编码应为"),
        (["d0", "县水务局", "部门", "gov", "2023-01-01"], "生效日期", "最早可填"),
        (["x", "县财政局", "部门", "gov", "2024-01-01"], "全称", "同一上级下已有"),
        (["x", "县" * 121, "部门", "gov", "2024-01-01"], "全称", "不能超过 120 个字"),
    ],
)
def test_each_wrong_cell_is_named_with_its_row_and_column(take: Any, row: list[Any], column: str, said: str) -> None:
    (error,) = errors(take("units", book(UNIT_HEADS, [row])))
    assert error[:2] == (2, column)
    assert said in error[2]


def test_a_row_under_a_wrong_row_is_wrong_too_and_says_which(take: Any) -> None:
    rows = [["x1", "县甲局", "没有", "gov", "2024-01-01"], ["x2", "县乙中心", "其他", "x1", "2024-01-01"]]
    found = errors(take("units", book(UNIT_HEADS, rows)))
    assert [(row, column) for row, column, _said in found] == [(2, "类别"), (3, "上级编码")]
    assert "第 2 行" in found[1][2]


def test_rows_that_hang_under_each_other_in_a_ring_are_refused(take: Any) -> None:
    rows = [["x1", "县甲局", "部门", "x2", "2024-01-01"], ["x2", "县乙局", "部门", "x1", "2024-01-01"]]
    result = take("units", book(UNIT_HEADS, rows), only_good=True)
    assert {row for row, _column, _said in errors(result)} == {2, 3}
    assert not result["written"]


@pytest.mark.parametrize("name", ["县水\u200b利局", "县水\u00ad利局", "县⽔利局", "县水利局\u3000", "\ufeff县水利局"])
def test_a_name_that_looks_like_one_that_is_there_is_no_new_unit(county: Any, take: Any, name: str) -> None:
    result = take("units", book(UNIT_HEADS, [["x1", name, "部门", "gov", "2024-01-01"]]))
    assert errors(result) == [(2, "全称", "同一上级下已有“县水利局”。")]


def test_a_name_is_kept_without_what_cannot_be_seen(take: Any) -> None:
    take("units", book(UNIT_HEADS, [["ｘ\u200b１", "县⼤数\u200b据局（筹）", "部门", "gov", "二〇二四年一月一日"]]))
    assert UnitVersion.objects.get(unit__code="x1").name == "县大数据局（筹）"


def test_a_code_that_comes_twice_is_an_error_of_the_second(take: Any) -> None:
    rows = [["x1", "县甲局", "部门", "gov", "2024-01-01"], ["x1", "县乙局", "部门", "gov", "2024-01-01"]]
    assert errors(take("units", book(UNIT_HEADS, rows))) == [(3, "编码", "与第 2 行的编码相同。")]


def test_a_formula_is_refused_though_it_has_a_value(take: Any) -> None:
    def formula(made: Any, sheet: Any) -> None:
        sheet.write_formula("B2", '="县"&"甲局"', None, "县甲局")

    found = errors(take("units", book(UNIT_HEADS, [["x", "", "部门", "gov", "2024-01-01"]], formula)))
    assert found[0][:2] == (2, "全称")
    assert "B2 是公式" in found[0][2]


def test_a_long_code_that_the_spreadsheet_took_for_a_number_is_told(take: Any) -> None:
    heads = [*UNIT_HEADS, "统一社会信用代码"]
    found = errors(take("units", book(heads, [["x", "县甲局", "部门", "gov", "2024-01-01", 911300001234567890]])))
    assert "长编码存成了数字" in found[0][2]


def test_a_wrong_check_digit_is_told(take: Any) -> None:
    heads = [*UNIT_HEADS, "统一社会信用代码"]
    found = errors(take("units", book(heads, [["x", "县甲局", "部门", "gov", "2024-01-01", "91350100M000100Y44"]])))
    assert "校验位" in found[0][2]


def test_messages_are_in_the_language_of_the_user(take: Any) -> None:
    (error,) = errors(take("units", book(UNIT_HEADS, [["x", "", "部门", "gov", "2024-01-01"]]), language="en"))
    assert error == (2, "Full name", "This cannot be empty.")


def test_a_file_without_the_heads_names_what_is_missing(take: Any) -> None:
    assert "编码、生效日期" in take("units", book(["全称"], [["县甲局"]]))


def test_a_title_above_the_heads_and_heads_in_english_do_no_harm(take: Any) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        sheet.write(0, 0, "青禾县机构名录")
        sheet.write_row(2, 0, ["Code", "Full name *", "valid from", "Remark"])
        sheet.write_row(3, 0, ["x", "县甲局", "2024-01-01", "?"])
    result = take("units", out.getvalue())
    assert (result["created"], result["unknown"]) == (1, ["Remark"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: b"PK\x03\x04 not a zip xl/", "损坏"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "内容却是“旧版 Office 文件"),
        (lambda: b"plain text", "损坏"),
        (bomb, "太大"),
        (lambda: book(UNIT_HEADS, []), "没有内容"),
        (lambda: book(UNIT_HEADS, [], lambda made, sheet: sheet.write(1_048_575, 16_383, 1)), "太大"),
    ],
    ids=["broken", "xls", "text", "zip-bomb", "empty", "one-cell-far-away"],
)
def test_a_file_that_cannot_be_taken_gets_a_message_and_no_traceback(
    take: Any, data: Callable[[], bytes], said: str
) -> None:
    assert said in take("units", data())


def test_an_export_imports_again_without_any_change(county: Any, take: Any, actor_of: Any) -> None:
    UnitAlias.objects.create(unit=county.unit("县水利局"), text="水务局")
    Unit.objects.filter(code="d0").update(credit_code="91350100M000100Y43")
    today = timezone.localdate()
    for kind in ("units", "places"):
        out = io.BytesIO()
        rows = list(importers()[kind].export(actor_of("admin", today), today, {}))
        write_sheet(out, kind, importers()[kind].columns, rows)
        result = take(kind, out.getvalue())
        assert (result["created"], result["changed"], result["errors"]) == (0, 0, []), kind
        assert result["same"] == len(rows) > 10


def test_what_looks_like_a_formula_leaves_as_text(county: Any, actor_of: Any) -> None:
    UnitVersion.objects.filter(unit=county.unit("县水利局")).update(name="=1+1")
    out, today = io.BytesIO(), timezone.localdate()
    write_sheet(
        out, "units", importers()["units"].columns, importers()["units"].export(actor_of("admin", today), today, {})
    )
    sheet = read_sheet(out.getvalue(), "a.xlsx", importers()["units"].columns)
    assert "=1+1" in [row.values["name"] for row in sheet.rows]
    assert not sheet.errors


def test_places_come_in_with_codes_that_fit_their_level(take: Any) -> None:
    heads = ["区划代码", "名称", "级别", "上级代码", "生效日期"]
    rows = [
        ["990123101203", "柳林北村", "村级", "990123101000", "2024-01-01"],
        ["419923", "云岭市", "县级", "", "2024-01-01"],
        ["419923100000", "山前镇", "乡镇级", "419923", "2024-01-01"],
        ["419923100001", "山前村", "乡镇级", "419923", "2024-01-01"],
        ["4199231", "山后镇", "乡镇级", "419923", "2024-01-01"],
    ]
    result = take("places", book(heads, rows), only_good=True)
    assert [(row, column) for row, column, _ in errors(result)] == [(2, "区划代码"), (5, "级别"), (6, "区划代码")]
    assert set(PlaceVersion.objects.filter(place__code__startswith="4199").values_list("name", flat=True)) == {
        "云岭市",
        "山前镇",
    }


PEOPLE_HEADS = ["姓名", "电话", "单位编码", "职务", "登录名", "角色", "角色单位编码"]


def test_people_come_in_with_posts_accounts_and_roles(county: Any, take: Any) -> None:
    rows = [
        ["张三", "13800001111", "d0", "局长", "zhangsan", "牵头单位", ""],
        ["张三", "13800001111", "d1", "党组成员", "zhangsan", "", ""],
        ["李四", "", "t1", "镇长", "", "", ""],
    ]
    result = take("people", book(PEOPLE_HEADS, rows))
    assert (result["errors"], result["written"]) == ([], True)
    person = Person.objects.get(name="张三")
    assert person.user is not None
    assert (person.user.username, person.user.has_usable_password()) == ("zhangsan", False)
    assert set(person.posts.values_list("unit__code", "title")) == {("d0", "局长"), ("d1", "党组成员")}
    assert RoleGrant.objects.get(user=person.user).unit == county.unit("县水利局")
    again = take("people", book(PEOPLE_HEADS, rows))
    assert (again["created"], again["changed"], again["same"]) == (0, 0, 3)
    assert (Person.objects.count(), Post.objects.count()) == (2, 3)


def test_who_may_not_keep_accounts_cannot_make_them_by_import(county: Any, take: Any) -> None:
    rows = [["张三", "", "d0", "局长", "zhangsan", "系统管理员", ""]]
    result = take("people", book(PEOPLE_HEADS, rows), role="supervision", only_good=True)
    assert "没有管理账号的权限" in result["errors"][0]["message"]
    assert not User.objects.filter(username="zhangsan").exists()


def test_who_may_not_edit_the_directory_cannot_import(take: Any) -> None:
    assert "权限" in take("units", book(UNIT_HEADS, [["x", "县甲局", "部门", "gov", "2024-01-01"]]), role="town")
    assert not Unit.objects.filter(code="x").exists()


def test_a_job_that_runs_twice_writes_once(county: Any, take: Any) -> None:
    first = take("units", book(UNIT_HEADS, [["x", "县甲局", "部门", "gov", "2024-01-01"]]))
    Job.objects.update(state=Job.State.WAITING, result=None)
    jobs.run_waiting()
    assert Job.objects.get().result == first
    assert AuditEntry.objects.filter(action="sheet.import", object_type="directory.unit").count() == 1


@pytest.mark.slow
def test_four_thousand_rows_with_errors_take_less_than_ten_seconds(take: Any) -> None:
    import time

    # Time of the processor, not of the wall: other tests run beside this one.
    rows = [[f"n{n}", f"第{n}村", "村(社区)", f"t{n % 5}", "2024-01-01"] for n in range(4000)]
    for n in range(0, 4000, 100):
        rows[n][4] = "无"
    start = time.process_time()
    result = take("units", book(UNIT_HEADS, rows), only_good=True)
    elapsed = time.process_time() - start
    assert (result["created"], result["bad_rows"]) == (3960, 40)
    assert elapsed < 10, f"{elapsed:.1f} s"


def test_a_sheet_longer_than_the_limit_is_refused_as_a_whole() -> None:
    rows = [[f"n{n}", "村", "村(社区)", "gov", "2024-01-01"] for n in range(30)]
    with pytest.raises(Invalid) as problem:
        read_sheet(book(UNIT_HEADS, rows), "a.xlsx", importers()["units"].columns, most=20)
    assert problem.value.code == "sheet.too-long"
