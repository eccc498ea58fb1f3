"""Texts, codes and choices."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.fields.choice import Choice
from guatu.core.fields.code import Code
from guatu.core.fields.findings import CATALOGUE
from guatu.core.fields.kind import Field
from guatu.core.fields.text import Text

COLOURS = Choice(options={"red": ("红", "red light"), "green": ("绿", "green light", "Ｇ")})
CELLS = st.one_of(
    st.none(),
    st.text(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(st.text(), st.booleans())
def test_a_text_that_is_shown_is_read_back(text: str, many: bool) -> None:
    kind = Text(many_lines=many)
    value = kind.read(text).value
    assert kind.read(kind.show(value)).value == value


@pytest.mark.parametrize("kind", [Text(), Text(longest=3), Code(pattern=r"[A-Z]+"), COLOURS])
@given(cell=CELLS)
def test_reading_a_cell_never_raises(kind: Field[str], cell: object) -> None:
    found = kind.read(cell)  # type: ignore[arg-type]
    assert (found.value is None) or found.error is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (7, "7"),
        (date(2026, 5, 1), "2026-05-01"),
        (datetime(2026, 5, 1), "2026-05-01"),
        (Decimal("1.50"), "1.50"),
    ],
)
def test_a_typed_cell_is_the_text_that_it_shows(cell: float | date | Decimal, text: str) -> None:
    assert Text().read(cell).value == text


@pytest.mark.parametrize(("cell", "code"), [(True, "field.no-text"), (341181199001011234.0, "field.digits-lost")])
def test_what_a_spreadsheet_has_damaged_is_no_text(cell: float, code: str) -> None:
    error = Text().read(cell).error
    assert error and error.code == code


def test_a_text_that_is_too_long_says_how_long() -> None:
    error = Text(longest=3).read("青禾县水利局").error
    assert error and error.message("en") == "At most 3 characters; there are 6."


def test_a_code_is_half_width_and_without_blanks_or_what_cannot_be_seen() -> None:
    kind = Code(pattern=r"ZF-\d{3}", form="ZF-012")
    assert kind.read(" ＺＦ－０１２\u200b").value == "ZF-012"
    error = kind.read("ZF12").error
    assert error and error.message() == "“ZF12”不是有效的编码，应为：ZF-012。"


def test_a_masked_code_shows_its_ends_only() -> None:
    assert [Code().mask(value) for value in (None, "1234567", "341181199001011234")] == [
        "",
        "***",
        "34**************34",
    ]


@pytest.mark.parametrize("written", ["red", "红", " RED LIGHT ", "红\u200b", "ｒｅｄ"])
def test_a_choice_is_known_by_its_value_and_its_labels(written: str) -> None:
    assert COLOURS.read(written).value == "red"


@pytest.mark.parametrize("value", ["red", "green"])
def test_a_choice_that_is_shown_is_read_back_in_both_languages(value: str) -> None:
    assert COLOURS.read(COLOURS.show(value)).value == COLOURS.read(COLOURS.show(value, "en")).value == value


def test_what_is_no_choice_is_told_the_choices() -> None:
    error = COLOURS.read("蓝").error
    assert error and error.message() == "“蓝”不在可选项中：红、绿"


def test_values_sort_in_their_order_and_what_is_missing_comes_last() -> None:
    assert sorted(["green", None, "red"], key=COLOURS.sort_key) == ["red", "green", None]
    assert sorted(["b", None, "a"], key=Text().sort_key) == ["a", "b", None]


def test_every_finding_of_the_catalogue_says_what_is_wrong_in_both_languages() -> None:
    assert all(kind.code == code and kind.zh and kind.en for code, kind in CATALOGUE.items())
    assert len(CATALOGUE) == len({kind.zh for kind in CATALOGUE.values()}) >= 20
