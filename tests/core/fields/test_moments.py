"""One reader of points in time."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.fields.findings import FieldFinding
from guatu.core.fields.time import Time, read_time
from tests.core.fields.spellings import full_width, han, read_out

MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)).map(lambda m: m.replace(second=0, microsecond=0))
BEIJING = timezone(timedelta(hours=8))


def spellings(at: datetime) -> list[str]:
    day, h, m = f"{at.year}年{at.month}月{at.day}日", at.hour, at.minute
    plain = [
        f"{at:%Y-%m-%d %H:%M}", f"{at:%Y-%m-%dT%H:%M}", f"{at:%Y-%m-%d %H:%M}:00", f"{at:%Y-%m-%d %H:%M}:00.000",
        f"{at:%Y-%m-%d %H:%M}:00.0000000", f"{at.year}/{at.month}/{at.day} {h}:{m:02}", f"{day}{h}时{m}分", f"{day} {h}时{m}分",
        f"{day} {h}点{m}分", f"{day} {h} 时 {m} 分 0 秒", f"{at.year}.{at.month}.{at.day} {h}:{m:02}",
        f"{read_out(at.year)}年{han(at.month)}月{han(at.day)}日{han(h)}时{han(m)}分",
    ]  # fmt: skip
    if 1 <= h <= 11:
        plain += [f"{day} 上午{h}:{m:02}", f"{day} 上午 {h}点{m}分", f"{at.year}/{at.month}/{at.day} {h}:{m:02} AM"]
    if h >= 13:
        plain += [f"{day} 下午{h - 12}:{m:02}", f"{day} 晚上{h - 12}点{m}分", f"{day} 下午{h}:{m:02}"]
        plain += [f"{at.year}/{at.month}/{at.day} {h - 12}:{m:02} PM"]
    if m == 30:
        plain.append(f"{day} {h}点半")
    return [*plain, *map(full_width, plain)]


@given(MOMENTS)
def test_every_spelling_of_a_moment_is_read_as_that_moment(at: datetime) -> None:
    assert {text: read_time(text) for text in spellings(at)} == dict.fromkeys(spellings(at), at)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)))
def test_what_is_shown_and_exported_is_read_back(at: datetime) -> None:
    plain, placed = Time(), Time(zone=BEIJING)
    assert plain.read(plain.show(at)).value == plain.read(plain.export(at)).value == at
    here = at.replace(tzinfo=BEIJING)
    assert placed.read(placed.show(here)).value == placed.read(placed.export(here)).value == here


@given(
    st.one_of(
        st.text(),
        st.from_regex(r"(20|99)\d\d[-年]\d\d?[-月]\d\d?日?[ T]?[上下]?午?\d\d?[:时点]\d{0,2}[分Z+\-0-9:]{0,7}"),
    )
)
def test_reading_a_moment_never_raises(text: str) -> None:
    assert isinstance(read_time(text), datetime | FieldFinding)
    for kind in (Time(), Time(zone=BEIJING, now=datetime(2026, 1, 1, tzinfo=UTC), earliest=datetime(1900, 1, 1))):
        assert isinstance(kind.show(kind.read(text).value), str)


@pytest.mark.parametrize(
    "text",
    ["2026-11-01 24:00", "2026-11-01 09:60", "2026年11月1日 下午0点", "2026年11月1日上午12点", "09:30", "2026-11"],
)
def test_what_no_clock_shows_or_two_people_read_differently_is_not_guessed(text: str) -> None:
    assert isinstance(read_time(text), FieldFinding)


def test_an_offset_that_is_written_is_kept() -> None:
    assert read_time("2026-11-01T09:30:00Z") == datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    assert Time(zone=BEIJING).read("2026-11-01T09:30:00Z").value == datetime(2026, 11, 1, 17, 30, tzinfo=BEIJING)


def test_a_day_alone_is_a_moment_only_where_that_is_allowed() -> None:
    assert Time().read("2026-11-01").value == Time().read(date(2026, 11, 1)).value == datetime(2026, 11, 1)
    assert Time(day_alone=False).read("2026-11-01").error is not None


def test_a_moment_to_come_is_taken_with_a_warning() -> None:
    kind = Time(zone=BEIJING, now=datetime(2026, 11, 1, tzinfo=BEIJING))
    found = kind.read("2027-01-01 08:00")
    assert [w.code for w in found.warnings] == ["field.in-future"]
    assert found.value == datetime(2027, 1, 1, 8, tzinfo=BEIJING)


def test_a_moment_of_a_day_that_no_calendar_has_says_so() -> None:
    found = read_time("2026-02-30 09:30")
    assert isinstance(found, FieldFinding)
    assert found.code == "field.no-such-day"
