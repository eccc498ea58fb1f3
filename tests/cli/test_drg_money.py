"""guatu drg region, weigh, settle, simulate, review, approve: from files to files."""

import csv
import json
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from python_calamine import CalamineWorkbook

from guatu.cli.exits import Exit


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a small region, weighed."""
    from guatu.cli.main import main

    folder = tmp_path_factory.mktemp("region")
    assert main.run(["drg", "region", "-o", str(folder), "--stays", "3000", "--hospitals", "12"]) == 0
    known = ["--parameters", str(folder / "parameters.toml"), "--hospitals", str(folder / "hospitals.tsv")]
    assert main.run(["drg", "weigh", str(folder / "history.tsv"), *known, "-o", str(folder / "w")]) == 0
    return folder


def known(region: Path) -> list[str]:
    files = {"--weights": "w/weights.json", "--parameters": "parameters.toml", "--hospitals": "hospitals.tsv"}
    return [word for option, name in files.items() for word in (option, str(region / name))]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ",", quoting=csv.QUOTE_MINIMAL))


def test_a_year_is_settled_into_a_folder(call, region: Path, tmp_path: Path):
    called = call("drg", "settle", region / "stays.tsv", *known(region), "-o", tmp_path, "--statements")
    assert called.code == 0, called.err
    made = json.loads((tmp_path / "settlement.json").read_text(encoding="utf-8"))
    assert made["schema"] == "guatu.drg.settlement/1" and set(made["inputs"]) == {
        "stays",
        "weights",
        "parameters",
        "hospitals",
    }
    hospitals, points = rows(tmp_path / "hospitals.tsv"), rows(tmp_path / "points.tsv")
    assert (len(hospitals), len(points)) == (12, 3000)
    assert "个参数未与文件原文核对" in called.err
    book = CalamineWorkbook.from_path(str(tmp_path / "statements" / "H001.xlsx"))
    assert book.sheet_names == ["结算单", "病例"]
    lines = {str(line[0]): line[1] for line in book.get_sheet_by_name("结算单").to_python()}
    assert lines["清算额"] == pytest.approx(float(hospitals[0]["clearing"]))


def test_settling_twice_gives_the_same_bytes(call, region: Path, tmp_path: Path):
    for name in ("a", "b"):
        assert call("drg", "settle", region / "stays.tsv", *known(region), "-o", tmp_path / name).code == 0
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_an_archived_settlement_is_checked_by_settling_again(call, region: Path, tmp_path: Path):
    again = ["drg", "settle", region / "stays.tsv", *known(region)]
    assert call(*again, "-o", tmp_path).code == 0
    archived = tmp_path / "settlement.json"
    called = call(*again, "--check", archived)
    assert called.code == 0 and "逐字节相同" in called.out
    other = tmp_path / "stays.tsv"
    other.write_text("\n".join((region / "stays.tsv").read_text(encoding="utf-8").splitlines()[:-1]), encoding="utf-8")
    called = call("drg", "settle", other, *known(region), "--check", archived)
    assert called.code == Exit.FINDINGS and "stays" in called.out and "weights" not in called.out
    archived.write_text("{}", encoding="utf-8")
    assert call(*again, "--check", archived).code == Exit.INPUT


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_files_of_other_endings_give_the_same_settlement(call, region: Path, tmp_path: Path, suffix: str):
    from guatu.engines.drg.table_writer import TableWriter
    from guatu.engines.drg.tables import TableReader

    other = tmp_path / f"stays.{suffix}"
    batches = list(TableReader(region / "stays.tsv"))
    with TableWriter(other, batches[0].schema) as out:
        for batch in batches:
            out.write(batch)
    for path, name in ((region / "stays.tsv", "a"), (other, "b")):
        assert call("drg", "settle", path, *known(region), "-o", tmp_path / name, "--format", suffix).code == 0
    assert (tmp_path / "a" / f"points.{suffix}").read_bytes() == (tmp_path / "b" / f"points.{suffix}").read_bytes()


def test_a_hospital_and_a_stay_are_explained(call, region: Path):
    called = call("drg", "settle", region / "stays.tsv", *known(region), "--explain", "H001", "--lang", "en")
    assert called.code == 0
    assert "[drg.clearing]" in called.out and "[drg.point-value-fund]" in called.out and "2026-" in called.out
    called = call("drg", "settle", region / "stays.tsv", *known(region), "--explain", "2026-7")
    assert called.code == 0 and "[drg.points-" in called.out
    assert call("drg", "settle", region / "stays.tsv", *known(region), "--explain", "nobody").code == Exit.NOT_FOUND


def test_bad_rows_are_in_the_list_with_their_id_and_the_rest_is_settled(call, region: Path, tmp_path: Path):
    lines = (region / "stays.tsv").read_text(encoding="utf-8").splitlines()
    cells = lines[1].split("\t")
    cells[6] = "-5"
    bad = tmp_path / "bad.tsv"
    bad.write_text(
        "\n".join([lines[0], "\t".join(cells), *lines[2:50], "short\tline", lines[60]]) + "\n", encoding="utf-8"
    )
    called = call("drg", "settle", bad, *known(region), "-o", tmp_path / "out")
    assert called.code == 0, called.err
    told = rows(tmp_path / "out" / "problems.tsv")
    assert [(row["row"], row["code"]) for row in told if row["severity"] == "error"] == [
        ("line 51", "drg.line-broken"), ("1", "drg.amount-negative"),
    ]  # fmt: skip
    assert next(row["id"] for row in told if row["code"] == "drg.amount-negative") == cells[0]
    assert len(rows(tmp_path / "out" / "points.tsv")) == 49
    assert "2 条错误（不计入）" in called.err


def test_parameters_that_nobody_approved_do_not_settle_but_simulate(call, region: Path, tmp_path: Path):
    text = (region / "parameters.toml").read_text(encoding="utf-8")
    alone = tmp_path / "p.toml"
    alone.write_text(text.split("[[approval]]")[0], encoding="utf-8")
    options = known(region)
    options[options.index("--parameters") + 1] = str(alone)
    called = call("drg", "settle", region / "stays.tsv", *options, "-o", tmp_path / "s")
    assert called.code == Exit.INPUT and "结算须有两个不同的人批准" in called.err
    assert not (tmp_path / "s" / "settlement.json").exists()
    called = call(
        "drg", "simulate", region / "stays.tsv", *options, "-o", tmp_path / "sim", "--change", "low_threshold=0.5"
    )
    assert called.code == 0, called.err
    assert len(rows(tmp_path / "sim" / "hospitals.tsv")) == 12
    assert json.loads((tmp_path / "sim" / "after.json").read_text(encoding="utf-8"))["simulated"] is True


def test_two_approvals_make_a_set_fit_for_settling(call, region: Path, tmp_path: Path):
    path = tmp_path / "p.toml"
    path.write_text((region / "parameters.toml").read_text(encoding="utf-8").split("[[approval]]")[0], encoding="utf-8")
    for name in ("王一", "李二"):
        called = call("drg", "approve", path, "--by", name, "--on", "2026-01-05")
        assert called.code == 0
        path.write_text(path.read_text(encoding="utf-8") + "\n" + called.out, encoding="utf-8")
    options = known(region)
    options[options.index("--parameters") + 1] = str(path)
    assert call("drg", "settle", region / "stays.tsv", *options, "-o", tmp_path / "s").code == 0


def test_a_change_of_weights_needs_the_history(call, region: Path, tmp_path: Path):
    arguments = [
        "drg",
        "simulate",
        region / "stays.tsv",
        *known(region),
        "-o",
        tmp_path,
        "--change",
        "coefficient_max=1.1",
    ]
    called = call(*arguments)
    assert called.code == Exit.INPUT and "--history" in called.err
    called = call(*arguments, "--history", region / "history.tsv")
    assert called.code == 0, called.err
    assert any(float(row["change"]) for row in rows(tmp_path / "hospitals.tsv"))


def test_quality_control_writes_its_list_and_the_indicators(call, region: Path, tmp_path: Path):
    called = call("drg", "review", region / "stays.tsv", *known(region), "-o", tmp_path)
    assert called.code == 0, called.err
    assert len(rows(tmp_path / "indicators.tsv")) == 12
    assert {"upcoding", "splitting"} <= {row["what"] for row in rows(tmp_path / "signals.tsv")}


WRONG = [
    (["settle", "stays.tsv"], "请用 -o 指明结果文件夹"),
    (["simulate", "stays.tsv", "-o", "x"], "没有调整"),
    (["simulate", "stays.tsv", "-o", "x", "--change", "low=1"], "没有参数 low"),
    (["settle", "none.tsv", "-o", "x"], "没有这个文件"),
    (["settle", "hospitals.tsv", "-o", "x"], "缺少列"),
]


@pytest.mark.parametrize(("words", "message"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_a_wrong_call_is_told_and_ends_with_2(
    call, region: Path, tmp_path: Path, monkeypatch, words: list[str], message: str
):
    monkeypatch.chdir(tmp_path)
    command, file, *rest = words
    called = call("drg", command, region / file, *known(region), *rest)
    assert called.code == Exit.INPUT
    assert message in called.err


@pytest.mark.parametrize("option", ["--weights", "--parameters"])
def test_a_file_that_is_something_else_is_told(call, region: Path, tmp_path: Path, option: str):
    options = known(region)
    options[options.index(option) + 1] = str(region / "hospitals.tsv")
    called = call("drg", "settle", region / "stays.tsv", *options, "-o", tmp_path / "x")
    assert called.code == Exit.INPUT
    options[options.index(option) + 1] = str(region / "missing")
    assert call("drg", "settle", region / "stays.tsv", *options, "-o", tmp_path / "x").code == Exit.INPUT


def test_a_folder_that_cannot_be_made_ends_with_3(call, region: Path, tmp_path: Path):
    (tmp_path / "file").write_text("x")
    called = call("drg", "settle", region / "stays.tsv", *known(region), "-o", tmp_path / "file")
    assert called.code == Exit.OUTPUT and str(tmp_path / "file") in called.err
