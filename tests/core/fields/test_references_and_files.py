"""Rows by code or name; people; files by ending, size and bytes."""

from datetime import date
from typing import Any

import pytest

from guatu.core.fields.file import File, Given
from guatu.core.fields.identity import CitizenNumber
from guatu.core.fields.phone import Phone
from guatu.core.fields.photo import Photo
from guatu.core.fields.reference import Reference, Row, directory
from guatu.core.fields.unit import Unit

ROWS = [
    Row("a", "ZF-1", "县水利局"),
    Row("b", "ZF-2", "县财政局"),
    Row("c", "ZF-3", "水管站"),
    Row("d", "ZF-4", "水管站"),
]
UNITS = Unit(directory=directory(ROWS, like=lambda text: ["a"] if "水" in text else []))


@pytest.mark.parametrize("text", ["ZF-1", "ｚｆ-１".upper(), "县水利局", "县 水利局", "县水利局 (ZF-1)", "什么(ZF-1)"])
def test_a_row_is_read_by_its_code_its_name_and_both(text: str) -> None:
    assert UNITS.read(text).value == "a"


@pytest.mark.parametrize(
    ("text", "code"),
    [("县航天局", "unit.not-named"), ("水管站", "unit.not-named"), ("县财政局 (ZF-1)", "value.name-or-code")],
)
def test_a_name_that_means_none_or_two_is_not_guessed_at(text: str, code: str) -> None:
    error = UNITS.read(text).error
    assert error is not None and error.code == code


def test_what_it_may_mean_is_said_in_both_languages() -> None:
    error = UNITS.read("县水力局").error
    assert error is not None
    assert error.message() == "没有找到单位“县水力局”，请填写全称或编码。是否指：县水利局 (ZF-1)。"
    assert error.message("en").endswith("Do you mean 县水利局 (ZF-1)?")


def test_a_row_of_any_register_is_exported_by_its_code() -> None:
    kind = Reference(directory=directory([Row(("a", 1), "K-1", "甲"), Row(("a", 2), "K-2")]))
    assert [kind.export(key) for key in (("a", 1), ("a", 2), ("b", 9), None)] == ["K-1", "K-2", "", ""]
    assert kind.show(("a", 2)) == "K-2" and kind.read("K-2").value == ("a", 2)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("１３９ 1234 5678", "13912345678"),
        ("+86 13912345678", "13912345678"),
        (13912345678.0, "13912345678"),
        ("05503021234", "0550-3021234"),
        ("(0550)3021234", "0550-3021234"),
        ("010-6234 5678 转 801", "010-62345678转801"),
        ("3021234", "3021234"),
        ("12345", "12345"),
        ("400 123 4567", "400-123-4567"),
    ],
)
def test_one_number_in_all_its_spellings_is_one_value(cell: Any, number: str) -> None:
    assert Phone().read(cell).value == number


@pytest.mark.parametrize("cell", ["12912345678", "1391234567", "见通讯录", True, "a@b.cn"])
def test_what_is_no_telephone_number_is_said_to_be_none(cell: Any) -> None:
    error = Phone().read(cell).error
    assert error is not None and error.code in ("field.no-phone", "field.no-text")


@pytest.mark.parametrize(
    ("kept", "masked"),
    [("13912345678", "139****5678"), ("0550-3021234", "0550-*****34"), ("3021234", "*****34"), ("a@b.cn", "***")],
)
def test_a_masked_number_cannot_be_called(kept: str, masked: str) -> None:
    assert Phone().mask(kept) == masked


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("11010519491231002x", None),
        ("110105194912310021", "code.check-digit"),
        ("110105202612310020", "code.birth-date"),
        ("1101051949123100", "code.length"),
        (110105194912310000.0, "field.digits-lost"),
    ],
)
def test_a_citizen_number_has_a_day_of_birth_and_a_check_digit_and_no_finding_repeats_it(
    number: Any, code: str | None
) -> None:
    read = CitizenNumber(today=date(2026, 9, 30)).read(number)
    assert (read.error and read.error.code) == code
    assert all("10021" not in one.message(language) for one in read.findings for language in ("zh", "en"))


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        (File(endings=(".csv", ".xlsx")), Given("a.CSV", 3), None),
        (File(endings=(".csv", ".xlsx")), Given("a.pdf", 3), "file.kind"),
        (File(), Given("a.pdf", 0), "file.empty"),
        (File(largest=10), Given("a.pdf", 11), "file.too-large"),
        (Photo(), Given("IMG_1", 3, "jpeg"), None),
        (Photo(), Given("a.jpg", 3, "program"), "file.no-photo"),
        (Photo(), Given("a.jpg", 3, ""), "file.no-photo"),
        (Photo(), Given("a.jpg", 21 * 2**20, "jpeg"), "file.photo-too-large"),
    ],
)
def test_a_file_is_taken_by_its_ending_its_size_and_its_bytes(kind: File, given: Given, code: str | None) -> None:
    error = kind.read(given).error
    assert (error and error.code) == code


def test_a_row_of_json_says_what_a_file_is_called() -> None:
    assert File(endings=(".pdf",)).read({"name": "报告.pdf"}).value == Given("报告.pdf")
    assert File(endings=(".pdf",)).read({"size": 3}).error is not None
