"""One reader of numbers and of money: a number with a unit is never read without it."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.fields.findings import FieldFinding
from guatu.core.fields.money import Amount, read_money
from guatu.core.fields.number import Number, Written, digits, read_number
from guatu.core.fields.numerals import spelled
from guatu.core.kernel.money import Money
from guatu.core.kernel.units import names
from tests.core.fields.spellings import full_width

NUMBERS = st.decimals(-(10**12), 10**12, places=4, allow_nan=False, allow_infinity=False)
WHOLE = st.integers(0, 10**12 - 1)
# 分 is the cent of an amount too, and 元 with a scale is read as money.
UNITS = st.sampled_from(names())


def value(text: str) -> Decimal | None:
    found = read_number(text)
    return found.value if isinstance(found, Written) and not found.unit else None


@given(NUMBERS)
def test_every_spelling_of_a_number_has_its_value(number: Decimal) -> None:
    plain = [f"{number:f}", f"{number:,f}", f" {number:f} ", digits(number), f"{number:,f}".replace(",", " ")]
    plain += [f"{number / 10_000:f}万", f"{number / 10**8:f} 亿", f"{number:+f}", f"{number:f}".replace("-", "−")]
    texts = [*plain, *map(full_width, plain), *(f"\u200b{text}\u3000" for text in plain)]
    assert {text: value(text) for text in texts} == dict.fromkeys(texts, number)


@given(WHOLE)
def test_a_number_in_words_has_its_value(number: int) -> None:
    assert spelled(cn2an.an2cn(number)) == spelled(cn2an.an2cn(number, "up")) == value(cn2an.an2cn(number)) == number


@given(NUMBERS, st.sampled_from(["%", "座", "万元", "公里", None]))
def test_what_is_shown_and_exported_is_read_back(number: Decimal, unit: str | None) -> None:
    kind = Number(unit=unit)
    assert kind.read(kind.show(number)).value == kind.read(kind.export(number)).value == number


@given(NUMBERS, UNITS, UNITS)
def test_a_number_with_a_unit_is_never_read_without_it(number: Decimal, unit: str, other: str) -> None:
    """It is of the wanted unit, or converted, or a finding that names the unit."""
    for text in (f"{number:f}{unit}", f"{number:f} {unit}", full_width(f"{number:f}{unit}")):
        assert Number().read(text).value is None
        found = Number(unit=other, places=30).read(text)
        if unit == other:
            assert found.value == number
        elif found.value is not None and number:
            back = Number(unit=unit, places=30).read(f"{found.value:f}{other}")
            assert back.value == number or (back.error and back.error.code == "field.too-fine")


@given(st.text(), st.sampled_from(["", "座", "万元", "%", "什么"]))
def test_reading_a_number_or_an_amount_never_raises(text: str, unit: str) -> None:
    assert isinstance(read_number(text), Written | FieldFinding)
    assert isinstance(read_money(text, unit), Money | FieldFinding)
    assert isinstance(Number(unit=unit).show(Number(unit=unit).read(text).value), str)


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), True, Decimal("NaN")])
def test_a_cell_that_is_no_number_is_a_finding(cell: float | Decimal) -> None:
    assert [kind.read(cell).error is not None for kind in (Number(), Amount())] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "约5",
        "5余",
        "5-8",
        "5~8座",
        "1e5",
        "0x10",
        "5/8",
        "1 2",
        "一百二",
        "一万五",
        "3万5",
        "一般",
        "三农",
        "七上八下",
        "٣",
        "5.3.2",
    ],
)
def test_what_is_no_one_number_is_not_guessed(text: str) -> None:
    assert isinstance(read_number(text), FieldFinding)


@pytest.mark.parametrize("text", ["3,5", "1,23", "12,34", "1234,567", "1,234,56"])
def test_a_comma_that_parts_no_thousands_is_a_finding_of_its_own(text: str) -> None:
    found = read_number(text)
    assert isinstance(found, FieldFinding)
    assert found.code == "field.comma-unclear"


@pytest.mark.parametrize(
    ("unit", "text", "wanted"),
    [
        ("亩", "2公顷", "30"), ("公里", "1500 米", "1.5"), ("万元", "3亿元", "30000"), ("亩", "1.5万亩", "15000"),
        ("万亩", "1.5万亩", "1.5"), ("人", "5名", "5"), ("个", "5座", "5"), ("%", "百分之十二点五", "12.5"), ("座", "二十座", "20"),
    ],
)  # fmt: skip
def test_another_unit_of_the_same_dimension_is_converted_exactly(unit: str, text: str, wanted: str) -> None:
    assert Number(unit=unit).read(text).value == Decimal(wanted)


@pytest.mark.parametrize(
    ("unit", "text", "code"),
    [
        ("座", "12.5%", "field.other-unit"), ("座", "800只", "field.other-unit"), ("户", "5人", "field.other-unit"),
        ("元", "5美元", "field.other-unit"), (None, "12.5%", "field.unit-unwanted"), ("万亩", "1.5万", "field.scale-unclear"),
        ("亩", "1公里", "field.other-unit"),
    ],
)  # fmt: skip
def test_a_unit_that_cannot_be_converted_is_a_finding(unit: str | None, text: str, code: str) -> None:
    error = Number(unit=unit).read(text).error
    assert error and error.code == code


def test_a_number_outside_its_bounds_or_too_fine_is_a_finding() -> None:
    kind = Number(places=0, least=Decimal(0), most=Decimal(100))
    codes = [(found := kind.read(text)).error and found.error.code for text in ("-1", "101", "1.5", "100")]
    assert codes == ["field.out-of-range", "field.out-of-range", "field.not-whole", None]
    error = Number(places=2).read("0.125").error
    assert error and error.code == "field.too-fine"


@given(st.integers(-(10**14), 10**14))
def test_an_amount_is_read_back_to_the_fen(fen: int) -> None:
    amount, kind = Money(fen), Amount()
    yuan = amount.yuan
    texts = [
        str(amount),
        f"¥{yuan}",
        f"{yuan}",
        f"{yuan:,}元",
        f"{amount.wan:f}万元",
        f"人民币{yuan}元",
        full_width(str(yuan)),
    ]
    assert {text: kind.read(text.replace("¥-", "-¥")).value for text in texts} == dict.fromkeys(texts, amount)
    assert kind.read(kind.export(amount)).value == amount


@given(st.integers(0, 10**9))
def test_an_amount_in_formal_characters_has_its_value(fen: int) -> None:
    written = cn2an.an2cn(fen / 100, "rmb")
    assert read_money(written) == Money(fen)


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("壹佰万元整", "元", 1_000_000),
        ("100", "万元", 1_000_000),
        ("3亿元", "万元", 300_000_000),
        ("¥5", "万元", 5),
        ("1.5万", "元", 15_000),
    ],
)
def test_an_amount_counts_in_the_unit_that_is_written_or_asked_for(text: str, unit: str, yuan: int) -> None:
    assert read_money(text, unit) == Money(yuan * 100)


@pytest.mark.parametrize(
    ("text", "code"),
    [("0.001", "field.below-fen"), ("5美元", "field.other-unit"), ("5座", "field.other-unit"), ("3,5", "field.comma-unclear"), ("很多", "field.no-money")],
)  # fmt: skip
def test_what_is_no_whole_number_of_fen_is_a_finding(text: str, code: str) -> None:
    error = Amount().read(text).error
    assert error and error.code == code
