"""guatu drg group, import and scheme, as they are called."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from guatu.engines.drg.content import CITY, RECORDS, SCHEME
from guatu.engines.drg.table_writer import TableWriter
from guatu.engines.drg.tables import TableReader

PERSON = "990000198001011234"


def rows_of(path: Path) -> list[dict[str, str]]:
    return [row for batch in TableReader(path) for row in batch.to_pylist()]


def test_the_result_has_one_row_for_each_stay_in_order_with_reasons(call, tmp_path: Path):
    called = call("drg", "group", RECORDS, "--scheme", SCHEME, "-o", tmp_path / "out.tsv")
    rows = rows_of(tmp_path / "out.tsv")
    assert (called.code, called.out) == (0, "")
    assert list(rows[0]) == ["id", "mdc", "adrg", "drg", "problems"]
    assert [row["id"] for row in rows] == [row["id"] for row in rows_of(RECORDS)]
    assert all(row["problems"] for row in rows if row["drg"] == "0000")
    ungrouped = sum(row["drg"] == "0000" for row in rows)
    assert f"{len(rows)} 例，入组 {len(rows) - ungrouped}，未入组 {ungrouped}" in called.err
    assert "错误 weight.missing 1" in called.err


@pytest.mark.parametrize("source", [".tsv", ".csv", ".parquet"])
@pytest.mark.parametrize("result", [".tsv", ".csv", ".parquet"])
def test_every_kind_of_file_gives_the_same_groups(call, tmp_path: Path, source: str, result: str):
    reader = TableReader(RECORDS)
    batches = list(reader)
    file = tmp_path / f"in{source}"
    with TableWriter(file, batches[0].schema) as writer:
        for batch in batches:
            writer.write(batch)
    call("drg", "group", RECORDS, "-o", tmp_path / "wanted.tsv")
    assert call("drg", "group", file, "-o", tmp_path / f"out{result}").code == 0
    assert rows_of(tmp_path / f"out{result}") == rows_of(tmp_path / "wanted.tsv")


def test_a_line_that_is_no_row_is_listed_and_disturbs_no_other(call, tmp_path: Path):
    lines = RECORDS.read_text(encoding="utf-8").splitlines()
    (tmp_path / "in.tsv").write_text("\n".join([*lines[:3], "E9999\t1", *lines[3:]]) + "\n", encoding="utf-8")
    call("drg", "group", RECORDS, "-o", tmp_path / "wanted.tsv")
    called = call("drg", "group", tmp_path / "in.tsv", "-o", tmp_path / "out.tsv")
    *rows, bad = rows_of(tmp_path / "out.tsv")
    assert rows == rows_of(tmp_path / "wanted.tsv")
    assert bad == {"id": "E9999", "mdc": "0000", "adrg": "0000", "drg": "0000", "problems": "row.cells"}
    assert "row.cells 1" in called.err


def test_the_switch_for_unrelated_procedures_overrides_the_scheme(call, tmp_path: Path):
    found = {}
    for qy in ("off", "main", "any"):
        call("drg", "group", RECORDS, "--qy", qy, "-o", tmp_path / "out.tsv")
        found[qy] = sum(row["drg"].endswith("QY") for row in rows_of(tmp_path / "out.tsv"))
    assert found["off"] == 0 < found["main"] < found["any"]


def test_a_stay_explains_itself_in_both_languages(call):
    called = call("--lang", "en", "drg", "group", RECORDS, "--scheme", SCHEME, "--explain", "E0092")
    assert called.code == 0
    assert "! sex.contradicts-diagnosis: The sex does not fit" in called.out
    assert "- MDC N: the sex must be 2" in called.out
    assert "性别须为 2" in call("drg", "group", RECORDS, "--explain", "E0092").out


def test_an_id_that_is_not_there_is_told(call):
    called = call("drg", "group", RECORDS, "--explain", "none")
    assert called.code == 4 and "没有 id 为“none”的病案" in called.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["none.tsv", "-o", "o.tsv"], 2, "没有这个文件"),
        (["in.tsv"], 2, "请用 -o 指明结果文件"),
        (["in.tsv", "-o", "in.tsv"], 2, "结果不能写回"),
        (["in.tsv", "-o", "o.xlsx"], 2, "不是表格"),
        (["in.tsv", "-o", "none/o.tsv"], 3, "写不出来"),
        (["in.tsv", "-o", "o.tsv", "--scheme", "none"], 2, "没有这个文件夹"),
        (["short.tsv", "-o", "o.tsv"], 2, "缺少列 sex, age, age_days, weight_g, procs"),
    ],
)
def test_a_call_that_cannot_work_says_why_and_leaves_nothing(
    call, tmp_path: Path, monkeypatch, arguments: list[str], code: int, message: str
):
    shutil.copy(RECORDS, tmp_path / "in.tsv")
    (tmp_path / "short.tsv").write_text("id\tdx\n1\tA\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    called = call("drg", "group", *arguments)
    assert (called.code, called.out) == (code, "")
    assert message in called.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tsv", "short.tsv"]


def test_a_scheme_with_errors_is_refused_with_each_place(call, tmp_path: Path):
    shutil.copytree(SCHEME, tmp_path / "scheme")
    path = tmp_path / "scheme" / "adrg.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("\tproc2\t", "\tproc9\t"), encoding="utf-8")
    called = call("drg", "group", RECORDS, "--scheme", tmp_path / "scheme", "-o", tmp_path / "out.tsv")
    assert called.code == 2
    assert f"{tmp_path}/scheme/adrg.tsv:3 错误 scheme.rule “proc9”不是能识别的规则。" in called.err
    assert not (tmp_path / "out.tsv").exists()
    assert call("drg", "scheme", "check", tmp_path / "scheme").code == 1


def test_schemes_are_checked_shown_and_compared(call):
    assert "错误 0，提醒 0" in call("drg", "scheme", "check", SCHEME).out
    assert "MDC 9，ADRG 28" in call("drg", "scheme", "show").out
    assert "映射为 E10.100" in call("drg", "scheme", "show", "E10.1").out
    assert call("drg", "scheme", "show", "none").code == 4
    shown = call("drg", "scheme", "diff", SCHEME, CITY).out
    assert "~ mdc  I  qy: any -> main" in shown and "新增 1，删除 1，改动 2" in shown
    found = json.loads(call("drg", "scheme", "diff", SCHEME, CITY, "--format", "json").out)
    assert found["counts"] == {"added": 1, "removed": 1, "changed": 2}


def test_no_name_and_no_number_is_in_any_output_after_the_import(call, tmp_path: Path):
    (tmp_path / "key").write_text("a key of the county 123\n", encoding="utf-8")
    lines = RECORDS.read_text(encoding="utf-8").splitlines()
    named = [f"{lines[0]}\t姓名\tid_number", *(f"{line}\t张三丰\t{PERSON}" for line in lines[1:])]
    (tmp_path / "raw.tsv").write_text("\n".join(named) + "\n", encoding="utf-8")
    seen = [call("drg", "import", tmp_path / "raw.tsv", "-o", tmp_path / "in.parquet", "--key", tmp_path / "key")]
    seen.append(call("drg", "group", tmp_path / "in.parquet", "-o", tmp_path / "out.tsv"))
    seen.append(call("drg", "group", tmp_path / "in.parquet", "--explain", "E0092"))
    # Also where the import was left out, no column is read but those that grouping needs.
    seen.append(call("drg", "group", tmp_path / "raw.tsv", "-o", tmp_path / "raw-out.tsv"))
    seen.append(call("drg", "group", tmp_path / "raw.tsv", "--explain", "E0092"))
    assert [called.code for called in seen] == [0] * 5
    written = [str(pq.read_table(tmp_path / "in.parquet").to_pylist())]
    written += [(tmp_path / name).read_text(encoding="utf-8") for name in ("out.tsv", "raw-out.tsv")]
    for text in (*written, *(called.out + called.err for called in seen)):
        assert "张三丰" not in text and PERSON not in text
    assert rows_of(tmp_path / "out.tsv") == rows_of(tmp_path / "raw-out.tsv")


@pytest.mark.parametrize("key", [None, "short"])
def test_an_import_without_a_good_key_is_refused(call, tmp_path: Path, monkeypatch, key: str | None):
    monkeypatch.delenv("GUATU_DRG_KEY", raising=False)
    if key:
        monkeypatch.setenv("GUATU_DRG_KEY", key)
    called = call("drg", "import", RECORDS, "-o", tmp_path / "out.tsv")
    assert called.code == 2 and "GUATU_DRG_KEY" in called.err
    assert not (tmp_path / "out.tsv").exists()
