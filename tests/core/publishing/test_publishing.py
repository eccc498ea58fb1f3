"""A notice hangs its days, shows no more of a person than the mask, and is missed when it is not there."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.holidays import national_calendar
from guatu.core.kernel.codes import citizen_check_character
from guatu.core.publishing.content import Paragraph, digest_of, lines_of, paragraphs
from guatu.core.publishing.declaration import Publication, PublishedColumn
from guatu.core.publishing.hanging import earliest_end, stands, wrong_days
from guatu.core.publishing.personal import suspects, without_names
from guatu.core.publishing.rhythm import owed
from guatu.core.publishing.table import read_table

TODAY = date(2026, 6, 10)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
COLUMNS = (
    PublishedColumn(kind="person", zh="姓名", en="name"),
    PublishedColumn(kind="identity", zh="身份号码", en="number"),
    PublishedColumn(kind="phone", zh="电话", en="phone"),
    PublishedColumn(kind="number", zh="金额", en="money"),
)
born = st.dates(date(1930, 1, 1), date(2020, 12, 31)).map(lambda day: f"{day:%Y%m%d}")
identities = st.builds(
    lambda place, day, n: (first := f"{place}{day}{n:03d}") + citizen_check_character(first),
    st.sampled_from(["110101", "330106", "420111"]), born, st.integers(0, 999),
)  # fmt: skip
mobiles = st.integers(13000000000, 19999999999).map(str)
gaps = st.sampled_from(["", " ", "-"])


def kind(**values: object) -> Publication:
    return Publication(**{"name": "k", "zh": "公示", "en": "notice", **values})  # type: ignore[arg-type]


@given(st.integers(0, 400), DAYS, st.integers(-10, 800))
def test_a_notice_hangs_at_least_its_days_and_no_other_end_is_taken(hangs: int, first: date, more: int) -> None:
    last = first + timedelta(days=more)
    hung = sum(stands(first, last, first + timedelta(days=n)) == "hanging" for n in range(-2, max(more, 0) + 3))
    wrong = wrong_days(kind(hangs=hangs), first, last, first)
    assert (wrong is None) == (hung >= max(hangs, 1))
    assert wrong_days(kind(hangs=hangs), first, earliest_end(kind(hangs=hangs), first), first) is None


def test_a_notice_does_not_begin_in_the_past_and_one_that_ends_says_when() -> None:
    backdated = wrong_days(kind(), TODAY - timedelta(days=1), None, TODAY)
    endless = wrong_days(kind(ends=True), TODAY, None, TODAY)
    assert backdated and (backdated.kind.code, backdated.field) == ("publication.backdated", "from_on")
    assert endless and (endless.kind.code, endless.field) == ("publication.no-end", "until_on")
    assert wrong_days(kind(), TODAY, None, TODAY) is None


@given(identities, gaps, st.text(alphabet="甲乙丙,。", max_size=8))
def test_a_citizen_number_is_seen_however_it_is_parted(number: str, gap: str, around: str) -> None:
    written = around + gap.join((number[:6], number[6:14], number[14:])) + around
    found = suspects(paragraphs(f"名单\n{written}"))
    assert [(one.sort, one.line, one.is_forbidden) for one in found] == [("identity", 2, True)]
    assert number not in found[0].shown


def test_one_with_a_digit_wrong_or_full_width_is_seen_as_well() -> None:
    for text in ("110101199003070011", "１１０１０１１９９００３０７００１１", "11010119900307001x"):
        assert [one.sort for one in suspects((Paragraph(text),))] == ["identity"]


@given(mobiles)
def test_a_mobile_number_and_a_known_name_are_looked_at_and_not_forbidden(number: str) -> None:
    found = suspects((Paragraph(f"请与赵青山联系,{number}"),), ["赵青山", "山"])
    assert [(one.sort, one.is_forbidden) for one in found] == [("mobile", False), ("name", False)]


def test_what_is_no_persons_is_no_suspect() -> None:
    told = "资金1234567.89元,电话0550-3344556,文号青政〔2026〕12号,编号20260610123456789"
    assert suspects((Paragraph(told),)) == []


def test_an_account_is_forbidden_by_its_check_digit() -> None:
    assert [one.sort for one in suspects((Paragraph("卡号4111111111111111"),))] == ["account"]
    assert suspects((Paragraph("卡号4111111111111112"),)) == []


@given(st.lists(st.tuples(identities, mobiles, st.integers(0, 10**7)), max_size=6))
def test_nothing_personal_is_left_in_a_table(rows: list[tuple[str, str, int]]) -> None:
    text = "\n".join(f"赵青山\t{number}\t{phone}\t{money}" for number, phone, money in rows)
    sheet, wrong = read_table(COLUMNS, text, "名单", TODAY)
    assert wrong == [] and len(sheet.rows) == len(rows)
    said = "\n".join(lines_of((sheet,)))
    assert suspects((sheet,), ["赵青山"]) == []
    assert all(number not in said and phone not in said for number, phone, _money in rows)


def test_a_cell_that_cannot_be_read_is_told_by_row_and_column_and_a_copied_head_is_none() -> None:
    text = "姓名,身份号码,电话,金额\n赵青山,1101,13900001234,12\n赵青山,110101199003070011"
    sheet, wrong = read_table(COLUMNS, text, "名单", TODAY)
    assert [(one.row, one.column) for one in wrong] == [(2, 2), (3, 0)]
    assert "1101" not in "".join(lines_of((sheet,)))


def test_people_are_masked_in_all_that_is_said() -> None:
    sheet, _wrong = read_table((PublishedColumn(zh="经办", en="by"),), "赵青山\n赵青", "名单", TODAY)
    masked = without_names((Paragraph("由赵青山负责"), sheet), ["赵青", "赵青山"])
    assert list(lines_of(masked)) == ["由赵**负责", "名单", "经办", "赵**", "赵**"]


@given(st.sampled_from(["month", "quarter", "half-year", "year"]), DAYS, st.integers(0, 900))
def test_each_whole_period_since_the_beginning_is_owed_once(every: str, since: date, days: int) -> None:
    on = since + timedelta(days=days)
    found = owed(kind(every=every, source="x"), since, on, national_calendar())
    assert len({one.key for one in found}) == len(found)
    assert all(since <= one.start and one.end < on for one in found)
    for one, following in pairwise(found):
        assert following.start == one.end + timedelta(days=1)
    months = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[every]
    # Of the time between nothing is left out but a part of a period at either end.
    covered = sum((one.end - one.start).days + 1 for one in found)
    assert days - covered <= 2 * 31 * months


def test_the_digest_tells_any_change() -> None:
    content = paragraphs("一\n二")
    digests = {
        digest_of("题", "依据", content), digest_of("题目", "依据", content), digest_of("题", "依", content),
        digest_of("题", "依据", content[:1]), digest_of("题", "依据", content, ["f"]),
    }  # fmt: skip
    assert len(digests) == 5
