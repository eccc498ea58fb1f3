"""Tables of records: streamed by ending, with a message for everything that can be wrong with a file."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guatu.engines.drg.table_error import TableError
from guatu.engines.drg.table_writer import TableWriter
from guatu.engines.drg.tables import BATCH_ROWS, TableReader

ROWS = [{"id": "甲1", "dx": 'A01|"x"', "days": "03"}, {"id": "乙,2", "dx": "", "days": ""}]
SCHEMA = pa.schema([(name, pa.string()) for name in ("id", "dx", "days")])


def written(path: Path, rows: list[dict[str, str]] = ROWS) -> Path:
    with TableWriter(path, SCHEMA) as out:
        out.write(pa.RecordBatch.from_pylist(rows, SCHEMA))
    return path


def rows_of(path: Path, *columns: str, rows: int = BATCH_ROWS) -> list[dict[str, str]]:
    return [row for batch in TableReader(path, columns, rows=rows) for row in batch.to_pylist()]


@pytest.mark.parametrize("suffix", [".tsv", ".csv", ".parquet"])
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str) -> None:
    assert rows_of(written(tmp_path / f"a{suffix}")) == ROWS


@pytest.mark.parametrize("suffix", [".tsv", ".csv", ".parquet"])
def test_batches_are_no_longer_than_asked_for_and_lose_nothing(tmp_path: Path, suffix: str) -> None:
    many = [{"id": str(n), "dx": "A", "days": "1"} for n in range(1001)]
    path = written(tmp_path / f"a{suffix}", many)
    reader = TableReader(path, ["id"], rows=100)
    lengths = [batch.num_rows for batch in reader]
    assert max(lengths) <= 100 and sum(lengths) == 1001
    assert reader.fraction == 1.0
    assert rows_of(path, "id", rows=100) == [{"id": row["id"]} for row in many]


def test_a_tsv_has_no_quoting(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text('id\tdx\n"1\t5" pipe\n', encoding="utf-8")
    assert rows_of(path) == [{"id": '"1', "dx": '5" pipe'}]


def test_what_would_break_a_tsv_becomes_a_blank(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tsv", [{"id": "1\t2\n3", "dx": "", "days": ""}])
    assert path.read_bytes() == b"id\tdx\tdays\n1 2 3\t\t\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(("suffix", "separator"), [(".tsv", "\t"), (".csv", ",")])
def test_text_is_read_in_the_encodings_that_counties_use(
    tmp_path: Path, encoding: str, suffix: str, separator: str
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(f"id{separator}名称\n1{separator}青禾县医院\n", encoding=encoding)
    assert rows_of(path) == [{"id": "1", "名称": "青禾县医院"}]


def test_a_csv_quotes_only_what_needs_it(tmp_path: Path) -> None:
    rows = [{"id": 'a"b', "dx": "1,2", "days": "x\ny"}, {"id": "c", "dx": "", "days": "3"}]
    path = written(tmp_path / "a.csv", rows)
    assert path.read_bytes() == b'id,dx,days\n"a""b","1,2","x\ny"\nc,,3\n'
    assert rows_of(path) == rows


def test_numbers_of_a_parquet_file_are_written_as_text_of_a_tsv(tmp_path: Path) -> None:
    schema = pa.schema([("id", pa.string()), ("n", pa.int64())])
    with TableWriter(tmp_path / "a.tsv", schema) as out:
        out.write(pa.RecordBatch.from_pylist([{"id": "a", "n": 5}, {"id": None, "n": None}], schema))
    assert (tmp_path / "a.tsv").read_text() == "id\tn\na\t5\n\t\n"


def test_a_slice_of_a_batch_is_written_and_not_the_whole(tmp_path: Path) -> None:
    whole = pa.RecordBatch.from_pylist(ROWS, SCHEMA)
    with TableWriter(tmp_path / "a.tsv", SCHEMA) as out:
        out.write(whole.slice(1, 1))
        out.write(whole.slice(0, 0))
    assert rows_of(tmp_path / "a.tsv") == ROWS[1:]


def test_a_line_with_another_number_of_cells_is_kept_aside_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("id\tdx\n1\tA\n2\n3\tC\td\n4\tD\n", encoding="utf-8")
    reader = TableReader(path, ["id", "dx"])
    assert [row["id"] for batch in reader for row in batch.to_pylist()] == ["1", "4"]
    assert [(bad.line, bad.text, bad.cells, bad.wanted) for bad in reader.bad_lines] == [
        (3, "2", 1, 2),
        (4, "3\tC\td", 3, 2),
    ]


BAD = [
    ("none.tsv", None, "table.no-file"),
    ("a.xlsx", b"", "table.suffix"),
    ("a.tsv", b"", "table.empty"),
    ("a.csv", b"", "table.empty"),
    ("a.tsv", b"id\n1\n", "table.column-missing"),
    ("a.tsv", b"id\tdx\tid\n1\t2\t3\n", "table.column-repeated"),
    ("a.tsv", b"id\tdx\n1\t\x81\xff\n", "table.encoding"),
    ("a.parquet", b"id\n", "table.unreadable"),
]


@pytest.mark.parametrize(("name", "content", "code"), BAD)
def test_a_file_that_cannot_be_read_says_so_in_both_languages(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TableError) as caught:
        rows_of(path, "id", "dx")
    assert caught.value.code == code
    for language in ("zh", "en"):
        assert name in caught.value.message(language)  # type: ignore[arg-type]


def test_the_whole_message_names_the_line_and_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(b"id\tdx\n1\tA\n2\t\xff\xff\n")
    with pytest.raises(TableError) as caught:
        rows_of(path)
    assert caught.value.message("en").startswith(f"{path}:3: the text is neither")
    path.write_text("id,dx\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        rows_of(path, "id", "dx")
    assert "columns missing: id, dx; there are: id,dx." in caught.value.message("en")


def test_a_broken_row_group_is_a_message_and_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": [str(n) for n in range(50_000)]}), path, compression="none")
    data = bytearray(path.read_bytes())
    data[4:2000] = b"\xff" * 1996
    path.write_bytes(bytes(data))
    with pytest.raises(TableError):
        rows_of(path)


def test_nothing_is_left_behind_when_writing_fails_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("old\n", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), TableWriter(path, SCHEMA) as out:
        out.write(pa.RecordBatch.from_pylist(ROWS, SCHEMA))
        raise ZeroDivisionError
    assert [file.name for file in tmp_path.iterdir()] == ["a.tsv"]
    assert path.read_text(encoding="utf-8") == "old\n"


def test_a_folder_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        written(tmp_path / "none" / "a.tsv")
    assert caught.value.code == "table.unwritable"
