"""One reader of days: every spelling of a day is that day, and nothing else is."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.fields.day import Day, read_day
from guatu.core.fields.findings import FieldFinding
from tests.core.fields.spellings import full_width, han, read_out

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def spellings(day: date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    plain = [
        f"{y}-{m:02}-{d:02}", f"{y}-{m}-{d}", f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}.{m:02}.{d:02}", f"{y}年{m}月{d}日",
        f"{y} 年 {m} 月 {d} 日", f"{y}年{m:02}月{d:02}日", f"{y}年{m}月{d}号", f"{read_out(y)}年{han(m)}月{han(d)}日",
        f"{y}{m:02}{d:02}", f"{y}-{m:02}-{d:02} 00:00:00", f"{y}-{m:02}-{d:02}T00:00:00Z",
    ]  # fmt: skip
    return [*plain, *map(full_width, plain), *(f"\ufeff{text[:3]}\u200b{text[3:]}\u3000" for text in plain)]


@given(DAYS)
def test_every_spelling_of_a_day_is_read_as_that_day(day: date) -> None:
    assert {text: read_day(text) for text in spellings(day)} == dict.fromkeys(spellings(day), day)


@given(DAYS)
def test_what_is_shown_and_exported_is_read_back(day: date) -> None:
    kind = Day()
    assert kind.read(kind.show(day)).value == kind.read(kind.export(day)).value == day
    assert kind.read(day).value == kind.read(datetime(day.year, day.month, day.day)).value == day


@given(st.one_of(st.text(), st.from_regex(r"[0-9年月日./\- 〇一二三四五六七八九十底末前]{1,14}")))
def test_reading_a_day_never_raises(text: str) -> None:
    for edge in (None, "first", "last"):
        assert isinstance(read_day(text, edge), date | FieldFinding)  # type: ignore[arg-type]
        assert Day(edge=edge).read(text).value is None or not Day(edge=edge).read(text).error  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), True, 1.5, -1, 0, 10**30])
def test_a_number_that_is_no_day_is_none(cell: float) -> None:
    found = Day().read(cell)
    assert (found.value, found.error and found.error.code) == (None, "field.no-day")


def test_a_day_number_of_a_spreadsheet_is_not_guessed_and_said() -> None:
    error = Day().read(46203).error
    assert error and (error.code, error.params["given"]) == ("field.day-as-number", "46203 = 2026-06-30?")


@pytest.mark.parametrize("text", ["2026-02-30", "2026年6月31日", "2026-13-01", "2025.2.29", "0000-01-01"])
def test_a_day_that_no_calendar_has_is_said_to_be_none(text: str) -> None:
    found = read_day(text)
    assert isinstance(found, FieldFinding)
    assert found.code == "field.no-such-day"


@pytest.mark.parametrize("text", ["26-9-30", "1/2/2026", "9月30日", "2026-9-30-1", "2026-09-30前", "明天", "2026年"])
def test_what_is_no_whole_day_is_not_guessed(text: str) -> None:
    assert isinstance(read_day(text), FieldFinding)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026年9月底前", "2026-09-01", "2026-09-30"), ("2026 年 6 月底前", "2026-06-01", "2026-06-30"),
        ("二〇二六年九月底前", "2026-09-01", "2026-09-30"), ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026年9月份", "2026-09-01", "2026-09-30"), ("2026年9月中旬", "2026-09-11", "2026-09-20"),
        ("2026年底", "2026-01-01", "2026-12-31"), ("2026", "2026-01-01", "2026-12-31"),
        ("2026年年底前", "2026-01-01", "2026-12-31"), ("2026年第三季度末", "2026-07-01", "2026-09-30"),
        ("2026年四季度", "2026-10-01", "2026-12-31"), ("2026年上半年", "2026-01-01", "2026-06-30"),
    ],
)  # fmt: skip
def test_a_month_or_year_alone_is_its_first_or_last_day_where_that_is_asked_for(
    text: str, first: str, last: str
) -> None:
    assert (str(read_day(text, "first")), str(read_day(text, "last"))) == (first, last)
    alone = read_day(text)
    assert isinstance(alone, FieldFinding)
    assert alone.code == "field.day-incomplete"


@pytest.mark.parametrize(
    "text", ["2026.9.30前", "2026-09-30前", "2026/9/30之前", "2026年9月30日以前", "2026年9月30日止"]
)
def test_a_limit_may_say_before(text: str) -> None:
    assert read_day(text, "last") == date(2026, 9, 30)


def test_a_day_outside_its_bounds_is_an_error_and_one_to_come_a_warning() -> None:
    kind = Day(earliest=date(1990, 1, 1), latest=date(2100, 12, 31), today=date(2026, 5, 1))
    assert kind.read("1989-12-31").error is not None
    later = kind.read("2027-01-01")
    assert (later.value, [w.code for w in later.warnings]) == (date(2027, 1, 1), ["field.in-future"])
    assert kind.read("2026-05-01").findings == ()


def test_a_finding_says_what_was_given_and_how_to_write_it_in_both_languages() -> None:
    error = Day().read("下周三" * 20).error
    assert error is not None
    assert error.message() == f"“{('下周三' * 20)[:29]}…”不是日期，请写成 2026-09-30 或 2026年9月30日。"
    assert error.message("en").endswith("… is no date; write 2026-09-30.".replace("… is", "…” is"))


def test_nothing_is_read_as_nothing_unless_it_is_required() -> None:
    assert Day().read(" \u3000\u200b").value is None
    assert Day().read(None).findings == ()
    error = Day(required=True).read("").error
    assert error and error.code == "field.missing"
