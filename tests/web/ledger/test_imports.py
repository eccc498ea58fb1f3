"""A ledger that was kept as a spreadsheet comes in, row by row."""

import datetime
import io
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from django.test import Client
from django.urls import reverse

from guatu.web.base.actions import Context, perform
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import Job
from guatu.web.base.problems import Denied, Invalid
from guatu.web.ledger.actions.import_tasks import ImportTasks
from guatu.web.ledger.imports import from_rows
from guatu.web.ledger.models import Plan, Task
from tests.bombs import bomb
from tests.web.ledger.conftest import as_file

HEADS = ["编号", "任务", "领域", "牵头单位", "责任单位", "完成时限", "指标", "要求", "目标值", "计量单位", "基数"]
GOOD = ["1", "新建水窖", "供水", "县水利局", "各乡镇、县财政局", "2026-09-30", "新建水窖", ">=", 30, "口", 5]


def workbook(rows: list[list[Any]], heads: list[str] = HEADS) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for at, row in enumerate([heads, *rows]):
        sheet.write_row(at, 0, row)
    book.close()
    return out.getvalue()


@pytest.fixture
def run(context: Callable[..., Context]) -> Callable[..., Job]:
    """Imports a file and gives the job with its result."""

    def import_file(data: bytes, name: str = "台账.xlsx", plan: Plan | None = None) -> Job:
        job = perform(ImportTasks(as_file(data, name), plan.pk if plan else None, "县里的台账"), context())
        run_waiting()
        job.refresh_from_db()
        return job

    return import_file


def problems(job: Job) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in from_rows(job.result["problems"])]


def test_a_row_becomes_a_task_with_units_time_limit_and_target(run: Callable[..., Job], county: Any) -> None:
    job = run(workbook([GOOD]))
    assert (job.result["tasks"], job.result["targets"], job.result["problems"]) == (1, 1, [])
    task = Task.objects.get()
    assert (task.number, task.title, task.domain, task.state) == ("1", "新建水窖", "供水", "proposed")
    assert task.due == datetime.date(2026, 9, 30)
    water = county.unit("县水利局").pk
    assert set(task.duties.values_list("role", "text", "unit_id")) == {
        ("lead", "县水利局", water),
        ("responsible", "各乡镇", None),
        ("responsible", "县财政局", county.unit("县财政局").pk),
    }
    target = task.targets.get()
    assert (target.op, target.value, target.unit_text, target.base_value, target.kind) == (
        ">=",
        30,
        "口",
        5,
        "cumulative",
    )


def test_a_row_without_a_title_is_another_target_of_the_task_above(run: Callable[..., Job]) -> None:
    more = ["", "", "", "", "", "", "自来水普及率", ">=", 96, "%", 91]
    run(workbook([GOOD, more]))
    rate = Task.objects.get().targets.get(metric="自来水普及率")
    assert (rate.kind, rate.base_value, rate.due) == ("level", 91, datetime.date(2026, 9, 30))


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("任务", "长" * 301, "too-long"),
        ("完成时限", "尽快", "field.no-deadline"),
        ("完成时限", "2026-13-01", "field.no-such-day"),
        ("目标值", "很多", "field.no-number"),
        ("目标值", "3,5", "field.comma-unclear"),
        ("目标值", "12.5%", "field.other-unit"),
        ("基数", "800只", "field.other-unit"),
        ("目标值", "", "metric-without-value"),
        ("目标值", 1e20, "too-large"),
        ("目标值", "#DIV/0!", "error"),
        ("目标值", "=15+15", "formula"),
        ("要求", "大概", "not-an-op"),
        ("指标", "", "value-without-metric"),
    ],
)
def test_what_cannot_be_taken_is_said_with_row_and_column_and_the_other_rows_come_in(
    column: str, value: Any, code: str, run: Callable[..., Job]
) -> None:
    wrong = list(GOOD)
    wrong[0], wrong[HEADS.index(column)] = "2", value
    job = run(workbook([GOOD, wrong]))
    names = {"基数": "base", "任务": "title", "完成时限": "due", "目标值": "value", "要求": "op", "指标": "metric"}
    assert (3, names[column] if code != "value-without-metric" else "metric", code) in problems(job)
    assert Task.objects.count() == 1


def test_a_row_without_task_and_indicator_lacks_its_task(run: Callable[..., Job]) -> None:
    job = run(workbook([GOOD, ["2", "", "供水", "县水利局", "", "", "", "", "", "", ""]]))
    assert problems(job) == [(3, "title", "missing")]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026年9月底", (2026, 9, 30)),
        ("2026年6月", (2026, 6, 30)),
        ("2026年底前", (2026, 12, 31)),
        ("2026.9.30前", (2026, 9, 30)),
        ("2026 年 6 月底前", (2026, 6, 30)),
        ("二〇二六年九月底前", (2026, 9, 30)),
        ("2026年第三季度末", (2026, 9, 30)),
        ("2026/3/5", (2026, 3, 5)),
        ("２０２６年３月５日", (2026, 3, 5)),
        (datetime.date(2026, 3, 5), (2026, 3, 5)),
    ],
)
def test_days_are_read_as_people_write_them(written: Any, day: tuple[int, int, int], run: Callable[..., Job]) -> None:
    row = list(GOOD)
    row[HEADS.index("完成时限")] = written
    run(workbook([row]))
    assert Task.objects.get().due == datetime.date(*day)


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "kept"),
    [
        ("12.5%", "", "12.5", "%"), ("1,234口", "口", "1234", "口"), ("三十", "口", "30", "口"), ("1.5公里", "米", "1500", "米"),
        ("2公顷", "亩", "30", "亩"), (0.1 + 0.2, "%", "0.3", "%"), ("1.5万", "亩", "15000", "亩"),
    ],
)  # fmt: skip
def test_a_value_keeps_its_unit_or_is_converted_to_that_of_its_column(
    value: Any, unit: str, wanted: str, kept: str, run: Callable[..., Job]
) -> None:
    row = list(GOOD)
    row[HEADS.index("目标值")], row[HEADS.index("计量单位")], row[HEADS.index("基数")] = value, unit, ""
    run(workbook([row]))
    target = Task.objects.get().targets.get()
    assert (target.value, target.unit_text) == (Decimal(wanted), kept)


def test_a_unit_with_an_invisible_character_is_the_unit_that_looks_like_it(
    run: Callable[..., Job], county: Any
) -> None:
    row = list(GOOD)
    row[HEADS.index("牵头单位")] = "县水\u200b利局"
    run(workbook([row]))
    assert Task.objects.get().duties.get(role="lead").unit_id == county.unit("县水利局").pk


def test_a_row_that_stands_twice_or_in_the_plan_already_is_not_taken_twice(run: Callable[..., Job]) -> None:
    job = run(workbook([GOOD, GOOD]))
    assert problems(job) == [(3, "title", "twice")]
    again = run(workbook([GOOD]), plan=Plan.objects.get())
    assert problems(again) == [(2, "title", "known")] and Task.objects.count() == 1


def test_a_job_that_runs_twice_imports_once_and_says_the_same(run: Callable[..., Job]) -> None:
    job = run(workbook([GOOD, ["", "", "", "", "", "", "", "", 5, "", ""]]))
    first = job.result
    Job.objects.update(state=Job.State.WAITING)
    run_waiting()
    job.refresh_from_db()
    assert Task.objects.count() == 1 and job.result["tasks"] == first["tasks"] and job.state == Job.State.DONE


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (bomb, "台账.xlsx", "read.too-large"),
        (lambda: b"PK\x03\x04 broken", "台账.xlsx", "read.mismatch"),
        (lambda: b"hello", "台账.docx", "read.unknown-format"),
        (lambda: workbook([["x"]], ["随便"]), "台账.xlsx", "import.head-missing"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "台账.csv", "read.mismatch"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_at_its_field_and_leaves_nothing(
    data: Callable[[], bytes], name: str, code: str, context: Callable[..., Context]
) -> None:
    with pytest.raises(Invalid) as caught:
        perform(ImportTasks(as_file(data(), name), None, "新台账"), context())
    assert caught.value.field == "file" and caught.value.code == code
    assert not Plan.objects.exists() and not Job.objects.exists()


def test_text_with_commas_is_read_like_a_workbook(run: Callable[..., Job]) -> None:
    text = "编号,任务,牵头单位,完成时限\n1,新建水窖,县水利局,2026-09-30\n"
    run(text.encode("gb18030"), "台账.csv")
    assert Task.objects.get().title == "新建水窖"


def test_only_those_who_edit_plans_import(context: Callable[..., Context]) -> None:
    with pytest.raises(Denied):
        perform(ImportTasks(as_file(workbook([GOOD]), "a.xlsx"), None, "x"), context("town"))


def test_the_pages_show_the_result_in_both_languages_and_give_the_wrong_rows_back(
    client_of: Callable[[str], Client],
) -> None:
    client = client_of("supervision")
    wrong = list(GOOD)
    wrong[1], wrong[5] = "坏行", "尽快"
    form = {"title": "新台账", "file": as_file(workbook([GOOD, wrong]), "台账.xlsx")}
    answer = client.post(reverse("task_import"), form)
    run_waiting()
    assert "尽快" in client.get(answer.url).content.decode()
    client.cookies["django_language"] = "en"
    assert "is no date" in client.get(answer.url).content.decode()
    errors = b"".join(client.get(answer.url + "errors/").streaming_content)
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(errors)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2 and rows[1][1] == 3 and "坏行" in rows[1]


def test_the_template_can_be_filled_and_imported_as_it_is(client_of: Callable[[str], Client]) -> None:
    client = client_of("supervision")
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        template = b"".join(client.get(reverse("task_import_template")).streaming_content)
        form = {"title": f"模板 {language}", "file": as_file(template, "模板.xlsx")}
        answer = client.post(reverse("task_import"), form)
        run_waiting()
        result = Job.objects.latest("pk").result
        assert (answer.status_code, result["tasks"], result["targets"], result["problems"]) == (302, 1, 2, [])


@pytest.mark.parametrize("form", [{}, {"title": "x"}, {"plan": "999", "title": ""}, {"plan": "abc"}])
def test_a_form_that_lacks_something_is_shown_again(form: dict[str, str], client_of: Callable[[str], Client]) -> None:
    answer = client_of("supervision").post(reverse("task_import"), form)
    assert answer.status_code == 422 and not Plan.objects.exists()


@pytest.mark.slow
def test_four_thousand_tasks_with_errors_come_in_within_ten_seconds(run: Callable[..., Job]) -> None:
    rows = [[str(i), f"任务{i}", *GOOD[2:]] for i in range(4000)]
    for i in range(0, 4000, 50):
        rows[i][5] = "尽快"
    data = workbook(rows)
    # Time of this process: what other programs do on the machine meanwhile says nothing about the import.
    begun = time.process_time()
    job = run(data)
    assert time.process_time() - begun < 10
    assert (job.result["tasks"], len(job.result["problems"])) == (3920, 80)
