from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.kernel.codes import (
    CREDIT_ALPHABET,
    check_citizen_number,
    check_credit_code,
    check_division_code,
    check_organisation_code,
    check_statistical_code,
    citizen_check_character,
    credit_check_character,
    division_level,
    organisation_check_character,
)

ON = date(2026, 3, 1)
first17 = st.builds(
    lambda head, place, rest: head + place + rest,
    st.text(CREDIT_ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(CREDIT_ALPHABET, min_size=9, max_size=9),
)


def test_the_worked_example_of_the_published_credit_code_rules_comes_out() -> None:
    assert credit_check_character("91350100M000100Y4") == "3"


def test_the_worked_example_of_iso_7064_in_the_citizen_number_standard_comes_out() -> None:
    assert citizen_check_character("11010519491231002") == "X"
    assert check_citizen_number("11010519491231002X", ON) is None


def test_the_worked_example_of_the_organisation_code_standard_comes_out() -> None:
    assert organisation_check_character("D2143569") == "X"
    assert check_organisation_code("D2143569X") is None


@given(first17, st.integers(0, 16), st.sampled_from(CREDIT_ALPHABET))
def test_one_wrong_character_in_a_credit_code_never_passes(head: str, at: int, other: str) -> None:
    code = head + credit_check_character(head)
    assert check_credit_code(code) is None
    if code[at] != other:
        assert check_credit_code(code[:at] + other + code[at + 1 :]) is not None


@given(first17, st.integers(0, 15))
def test_two_neighbours_changed_about_in_a_credit_code_never_pass(head: str, at: int) -> None:
    code = head + credit_check_character(head)
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if swapped != code:
        assert check_credit_code(swapped) is not None


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        (
            "91350100M000100Y4Z",
            "“91350100M000100Y4Z”第 18 位“Z”不能用在此处;请核对原件",
            "“91350100M000100Y4Z”: character 18, “Z”, cannot stand there; compare it with the original",
        ),
        (
            "91350100M000100Y44",
            "“91350100M000100Y44”校验位应为“3”,现为“4”;其中有字符录错,请核对原件",
            "“91350100M000100Y44”: the check character should be “3” and is “4”; one character is wrong, compare it with the original",
        ),
        (
            "91350100M000100Y",
            "“91350100M000100Y”应为 18 位,现为 16 位;请核对原件",
            "“91350100M000100Y” should have 18 characters and has 16; compare it with the original",
        ),
        (
            "9135010XM000100Y43",
            "“9135010XM000100Y43”第 8 位“X”不能用在此处;请核对原件",
            "“9135010XM000100Y43”: character 8, “X”, cannot stand there; compare it with the original",
        ),
    ],
)
def test_a_bad_credit_code_says_what_is_wrong_and_what_to_do(code: str, zh: str, en: str) -> None:
    found = check_credit_code(code, row="第 3 行")
    assert found is not None
    assert (found.row, found.field, found.severity) == ("第 3 行", "credit_code", "error")
    assert found.message("zh") == zh
    assert found.message("en") == en


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("11010519491331002X", "code.birth-date"),
        ("110105194912310029", "code.check-digit"),
        ("1101051949123100", "code.length"),
        ("1101051949123100٢X", "code.character"),
        ("110105209912310021", "code.birth-date"),
    ],
)
def test_a_bad_citizen_number_is_reported_and_not_repeated(number: str, code: str) -> None:
    found = check_citizen_number(number, ON)
    assert found is not None and found.code == code
    assert number not in found.message("zh") + found.message("en")


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        ("110000", None),
        ("130100", None),
        ("130102", None),
        ("990102", "code.province"),
        ("130002", "code.place"),
        ("13010", "code.length"),
        ("13O102", "code.character"),
    ],
)
def test_a_division_code_is_a_province_a_prefecture_or_a_county(code: str, finding: str | None) -> None:
    found = check_division_code(code)
    assert (found and found.code) == finding


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        ("130102001001", None),
        ("130102100000", None),
        ("441900003001", None),
        ("130102000201", "code.place"),
        ("130000100000", "code.place"),
        ("130102", "code.length"),
    ],
)
def test_a_statistical_code_names_no_village_without_its_town(code: str, finding: str | None) -> None:
    found = check_statistical_code(code)
    assert (found and found.code) == finding


def test_a_code_outside_the_table_in_use_is_a_warning() -> None:
    found = check_division_code("130199", frozenset({"130102"}))
    assert found is not None and (found.code, found.severity) == ("code.not-in-table", "warning")
    assert check_statistical_code("130102001001", frozenset({"130102001001"})) is None


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("130000", "province"),
        ("130100", "prefecture"),
        ("130102", "county"),
        ("130102001000", "town"),
        ("130102001201", "village"),
    ],
)
def test_the_level_is_read_from_the_code(code: str, level: str) -> None:
    assert division_level(code) == level
