"""Pseudonyms: no name and no identity number is in anything that comes after the import."""

import hmac
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guatu.engines.drg.pseudonyms import KEPT, NAMES, import_file, pseudonym, without_numbers

KEY = b"a key of the county, 32 bytes lo"
# Numbers of nobody: the region code 990000 does not exist.
PERSON = "990000198001011234"
CARD = "99000019800101123X"


def imported(tmp_path: Path, head: str, *lines: str, keep: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    source, out = tmp_path / "in.tsv", tmp_path / "out.tsv"
    source.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    done = import_file(source, out, KEY, keep)
    return out.read_text(encoding="utf-8"), done.dropped


def test_identities_become_pseudonyms_and_names_go(tmp_path: Path) -> None:
    text, dropped = imported(
        tmp_path,
        "id\t姓名\t身份证号\tdx\tphone\tward",
        f"1\t张三\t{PERSON}\tA\t13800000000\t外科",
        f"2\t李四\t{PERSON}\tB\t\t",
    )
    head, first, second = text.splitlines()
    assert head == "id\t身份证号\tdx"
    assert first.split("\t")[1] == second.split("\t")[1] == pseudonym(PERSON, KEY)
    assert dropped == ("姓名", "phone", "ward")


def test_a_name_goes_even_when_it_is_asked_for(tmp_path: Path) -> None:
    text, _ = imported(tmp_path, "id\tname\tward", "1\t张三\t外科", keep=("name", "ward"))
    assert text == "id\tward\n1\t外科\n"


def test_an_identity_number_in_another_column_is_replaced(tmp_path: Path) -> None:
    text, _ = imported(tmp_path, "id\tdept", f"{PERSON}\t见{CARD}号", "H0012\t0101")
    assert PERSON not in text and CARD not in text
    assert pseudonym(PERSON, KEY) in text and "H0012\t0101" in text


def test_lists_and_numbers_of_a_parquet_file_hide_nothing(tmp_path: Path) -> None:
    table = pa.table({"id": [int(PERSON)], "dx": [["A", PERSON]], "cost": [12.5]})
    pq.write_table(table, tmp_path / "in.parquet")
    import_file(tmp_path / "in.parquet", tmp_path / "out.parquet", KEY)
    (row,) = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert row == {"id": pseudonym(PERSON, KEY), "dx": f"A|{pseudonym(PERSON, KEY)}", "cost": "12.5"}


def test_one_person_has_one_pseudonym_for_a_key_and_another_for_another() -> None:
    assert pseudonym(f" {CARD.lower()} ", KEY) == pseudonym(CARD, KEY)
    assert pseudonym(CARD, KEY) != pseudonym(CARD, KEY[::-1])
    assert pseudonym("", KEY) == pseudonym("  ", KEY) == ""
    assert pseudonym(CARD, KEY) == "P" + hmac.new(KEY, CARD.encode(), "sha256").hexdigest()[:24]


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes"):
        pseudonym(CARD, b"short")


@pytest.mark.parametrize("text", ["E10.100|B90.100", "P" + "1" * 24, "20250101", "1" * 30, "12345678901234567"])
def test_what_is_no_identity_number_stays(text: str) -> None:
    assert without_numbers(text, KEY) == text


def test_columns_that_are_kept_are_not_names() -> None:
    assert not set(KEPT) & NAMES


def test_lines_that_cannot_be_read_are_reported_and_not_copied(tmp_path: Path) -> None:
    (tmp_path / "in.tsv").write_text("id\tdx\n1\n2\tA\n", encoding="utf-8")
    done = import_file(tmp_path / "in.tsv", tmp_path / "out.tsv", KEY)
    assert (done.rows, done.bad_lines) == (1, (2,))
