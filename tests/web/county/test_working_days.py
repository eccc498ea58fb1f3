"""The working calendar on its page and as a sheet: what a county enters holds, and what nobody has announced is marked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guatu.adapters.holidays import national_calendar
from guatu.core.calendar.holidays import fixed_holidays
from guatu.web.base.calendar import calendar, is_provisional
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import AuditEntry, Job, Setting
from guatu.web.base.problems import Invalid
from guatu.web.base.settings_table import misfits
from guatu.web.base.templatetags.guatu_tags import provisional
from guatu.web.county.selectors.days import kept_days, own_days
from guatu.web.dispatch.models import Order, Period
from tests.web.conftest import County
from tests.web.county.test_settings import DAY, TODAY, put
from tests.web.dispatch.conftest import Board, at
from tests.web.dispatch.conftest import board as board
from tests.web.supervision.conftest import Office
from tests.web.supervision.conftest import office as office

pytestmark = pytest.mark.django_db
YEAR = max(national_calendar().years) + 1
"""The first year of which the program has no notice."""


def add(client: Client, **sent: str) -> Any:
    return client.post(f"/working-days/{YEAR}/add", {"working": "no", **sent})


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def announce(client: Client, notice: str = "国办发明电〔2026〕9号") -> Any:
    return client.post(f"/working-days/{YEAR}/announce", {"notice": notice})


def sheet(*rows: tuple[str, str, str]) -> SimpleUploadedFile:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["日期*", "放假或上班*", "名称"])
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, row)
    return SimpleUploadedFile("通知.xlsx", out.getvalue())


def test_days_are_entered_from_to_and_one_is_taken_away_again(admin: Client) -> None:
    assert add(admin, day=f"{YEAR}-06-21", until=f"{YEAR}-06-23", title="县庆").status_code == 302
    assert [calendar().is_working(datetime.date(YEAR, 6, day)) for day in (21, 22, 23)] == [False] * 3
    assert "县庆" in words(admin.get(f"/working-days/{YEAR}/"))
    admin.post(f"/working-days/{YEAR}/remove", {"day": f"{YEAR}-06-22"})
    assert calendar().is_working(datetime.date(YEAR, 6, 22)) == (datetime.date(YEAR, 6, 22).weekday() < 5)
    assert [line.action for line in AuditEntry.objects.order_by("id")][-2:] == [
        "calendar.add-days", "calendar.remove-day",
    ]  # fmt: skip


def test_a_span_that_is_none_is_told_at_its_field(admin: Client) -> None:
    refused = add(admin, day=f"{YEAR}-06-21", until=f"{YEAR}-05-21", title="县庆")
    assert refused.status_code == 422 and "结束日期应在开始日期之后" in words(refused)
    assert "县庆" in refused.content.decode()


def test_one_day_of_its_own_does_not_make_a_year_announced(admin: Client) -> None:
    add(admin, day=f"{YEAR}-06-21", title="县庆")
    assert is_provisional(datetime.date(YEAR, 6, 30))
    assert "的放假通知还没有录入" in words(admin.get(f"/working-days/{YEAR}/"))
    refused = announce(admin)
    assert refused.status_code == 422 and "法定节假日缺:元旦 01-01" in words(refused)


def test_a_year_whose_whole_notice_was_imported_is_announced_and_no_longer_provisional(
    county: County, admin: Client, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    rows = [(row.day.isoformat(), "放假", row.name) for row in fixed_holidays(YEAR)]
    admin.post("/sheets/working-days/import/", {"file": sheet(*rows, (f"{YEAR}-02-13", "上班", "春节调休"))})
    run_waiting()
    outcome = Job.objects.latest("id").outcome
    assert (outcome["created"], outcome["bad_rows"], outcome["written"]) == (len(rows) + 1, 0, True)
    assert calendar().is_working(datetime.date(YEAR, 2, 13))
    assert is_provisional(datetime.date(YEAR, 3, 1))
    assert announce(admin).status_code == 302
    assert not is_provisional(datetime.date(YEAR, 3, 1)) and is_provisional(datetime.date(YEAR + 1, 3, 1))
    page = words(admin.get(f"/working-days/{YEAR}/"))
    assert "放假安排已公布" in page and "国办发明电〔2026〕9号" in page


def test_a_wrong_line_of_the_sheet_is_told_and_nothing_is_written(
    county: County, admin: Client, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    admin.post("/sheets/working-days/import/", {"file": sheet((f"{YEAR}-02-30", "放假", "春节"))})
    run_waiting()
    outcome = Job.objects.latest("id").outcome
    assert outcome["bad_rows"] == 1 and not outcome["written"]
    assert not Setting.objects.filter(name="calendar.days").exists()


def test_the_sheet_gives_back_what_was_entered(admin: Client) -> None:
    add(admin, day=f"{YEAR}-06-21", title="县庆")
    answer = admin.get(f"/sheets/working-days/export.xlsx?year={YEAR}&format=csv")
    assert f"{YEAR}-06-21,放假,县庆" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("role", "status"), [("auditor", 403), ("desk", 403), ("supervision", 302)])
def test_who_may_look_at_the_calendar_may_not_write_in_it(
    county: County, as_role: Callable[[str], Client], role: str, status: int
) -> None:
    assert as_role(role).get(f"/working-days/{YEAR}/").status_code == 200
    assert add(as_role(role), day=f"{YEAR}-06-21").status_code == status


def test_a_day_that_was_counted_into_an_unknown_year_bears_a_mark_and_no_other_does() -> None:
    assert "暂定" in provisional(datetime.date(YEAR, 1, 4))
    assert provisional(datetime.date(YEAR - 1, 12, 31)) == "" and provisional(None) == ""


def test_the_due_day_of_an_order_in_an_unknown_year_is_marked_on_pages_and_by_the_api(office: Office) -> None:
    order = office.issue()
    client = Client()
    client.force_login(office.board.county.users["supervision"])
    for due, marked in ((datetime.date(2024, 6, 19), False), (datetime.date(YEAR, 1, 5), True)):
        Order.objects.update(due_on=due)
        for address in ("/orders/", f"/orders/{order.pk}/"):
            assert (f"{due.isoformat()} 暂定" in words(client.get(address))) == marked, address
        assert client.get(f"/api/orders/{order.pk}").json()["due_provisional"] is marked
        Period.objects.update(due_on=due)
        plan = office.board.plan.pk
        rows = client.get("/api/periods", {"plan_id": plan}).json()["rows"]
        assert {row["due_provisional"] for row in rows} == {marked}


def test_the_due_day_of_a_period_in_an_unknown_year_is_marked_on_its_page(board: Board) -> None:
    board.open(at(6, 3))
    client = Client()
    client.force_login(board.county.users["supervision"])
    period = board.period("2024-05")
    assert "暂定" not in words(client.get(f"/periods/{period.pk}/"))
    period.due_on = datetime.date(YEAR, 1, 5)
    period.save()
    assert f"{YEAR}-01-05 截止 暂定" in words(client.get(f"/periods/{period.pk}/"))


def test_a_year_is_known_only_with_its_days_whichever_way_it_is_said(admin: Client) -> None:
    rows = [{"year": YEAR, "notice": "某文"}]
    with pytest.raises(Invalid, match="法定节假日缺:元旦 01-01"):
        put("calendar.years", rows)
    put("calendar.days", kept_days(fixed_holidays(YEAR)))
    put("calendar.years", rows)
    assert not is_provisional(datetime.date(YEAR, 6, 30))
    # Who takes a day away again is told, since dates are no longer marked.
    admin.post(f"/working-days/{YEAR}/remove", {"day": f"{YEAR}-01-01"})
    assert [one.name for one, _why in misfits(TODAY)] == ["calendar.years"]


def test_a_day_that_is_entered_now_does_not_end_with_a_value_that_was_set_for_later(admin: Client) -> None:
    later = TODAY + 3 * DAY
    put("calendar.days", [{"day": f"{YEAR}-03-03", "working": False}], valid_from=later, basis="某文")
    add(admin, day=f"{YEAR}-06-21", title="县庆")
    assert [row.day.month for row in own_days(TODAY)] == [6] and [row.day.month for row in own_days(later)] == [3, 6]
    assert Setting.objects.get(name="calendar.days", valid_from=later).source == "某文"
    admin.post(f"/working-days/{YEAR}/remove", {"day": f"{YEAR}-06-21"})
    assert own_days(TODAY) == [] and [row.day.month for row in own_days(later)] == [3]
