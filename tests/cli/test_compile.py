"""guatu compile."""

import json
import zipfile
from pathlib import Path

import pytest

from guatu.cli.exits import Exit
from tests.adapters.readers.hostile import list_items


def test_one_file_is_a_table_on_the_screen_with_its_sums_beside(call, plan: Path):
    called = call("compile", plan)
    assert called.code == 0
    assert "补植国槐" in called.out and "牵头: 县林业局" in called.out
    assert called.err.startswith(f"{plan}：编号条目 5 = 任务 2 + 其他 3，未读 0；问题 0")


def test_json_on_the_screen_is_the_exchanged_plan_alone(call, plan: Path):
    called = call("compile", plan, "--format", "json")
    made = json.loads(called.out)
    assert made["schema"] == "guatu.plan/1"
    assert made["source"]["name"] == "plan.txt"
    assert [task["title"] for task in made["documents"][0]["tasks"]] == ["补植国槐", "建设公园"]


def test_csv_on_the_screen_begins_with_the_mark_of_its_encoding(call, plan: Path):
    assert call("compile", plan, "-f", "csv").out.startswith("\ufeff")


def test_the_format_follows_the_suffix_of_the_output(call, plan: Path, tmp_path: Path):
    out = tmp_path / "ledger.xlsx"
    called = call("compile", plan, "-o", out)
    assert called.code == 0 and zipfile.is_zipfile(out)
    assert f"已写出 {out}" in called.err


def test_a_suffix_that_does_not_fit_the_format_is_refused(call, plan: Path, tmp_path: Path):
    called = call("compile", plan, "-o", tmp_path / "ledger.xlsx", "--format", "html")
    assert called.code == Exit.INPUT
    assert "请改成 .html" in called.err
    assert not (tmp_path / "ledger.xlsx").exists()


@pytest.mark.parametrize("format_", ["xlsx", "docx", "html"])
def test_a_format_that_is_not_for_the_screen_goes_to_a_file_here(call, plan: Path, format_: str, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call("compile", plan, "--format", format_).code == 0
    assert (tmp_path / f"plan.ledger.{format_}").stat().st_size > 1000


def test_a_plan_is_never_written_over(call, plan: Path):
    before = plan.read_text(encoding="utf-8")
    called = call("compile", plan, "-o", plan, "--format", "table")
    assert called.code == Exit.INPUT
    assert "不会覆盖它" in called.err
    assert plan.read_text(encoding="utf-8") == before


def test_a_folder_is_compiled_with_the_folders_in_it_and_keeps_their_shape(call, plan: Path, tmp_path: Path):
    below = tmp_path / "north" / "deep"
    below.mkdir(parents=True)
    (below / "plan.md").write_text(plan.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "~$plan.docx").write_bytes(b"word keeps this while it works")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    out = tmp_path / "out"
    called = call("compile", tmp_path, "-o", out, "--format", "json")
    assert called.code == 0
    assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*.*")) == [
        "north/deep/plan.ledger.json",
        "plan.ledger.json",
    ]
    assert called.err.startswith("共 2 个文件，无法读取 0；编号条目 10 = 任务 4 + 其他 6，未读 0")


def test_ledgers_in_a_folder_are_not_taken_for_plans(call, plan: Path, tmp_path: Path):
    for _ in range(2):
        called = call("compile", tmp_path, "-o", tmp_path, "--format", "html")
        assert called.err.startswith("共 1 个文件")


def test_two_plans_of_one_name_keep_their_suffix(call, plan: Path, tmp_path: Path):
    (tmp_path / "plan.md").write_text(plan.read_text(encoding="utf-8"), encoding="utf-8")
    out = tmp_path / "out"
    call("compile", tmp_path, "-o", out, "--format", "json")
    assert sorted(p.name for p in out.iterdir()) == ["plan.md.ledger.json", "plan.txt.ledger.json"]


def test_several_files_on_the_screen_are_a_line_each(call, plan: Path, faulty: Path):
    called = call("compile", plan, faulty)
    lines = called.out.splitlines()
    assert lines[0].split() == ["文件", "任务", "其他", "未读", "目标", "时限", "错误", "提醒"]
    assert [line.split()[0] for line in lines[2:]] == sorted([str(plan), str(faulty)])


def test_several_files_in_another_format_need_a_place(call, plan: Path, faulty: Path, tmp_path: Path):
    assert "请用 -o 指明文件夹" in call("compile", plan, faulty, "--format", "json").err
    called = call("compile", plan, faulty, "-o", tmp_path / "one.json")
    assert called.code == Exit.INPUT
    assert "是一个文件，而要写 2 个台账" in called.err


def test_a_file_named_twice_is_compiled_once(call, plan: Path, faulty: Path):
    assert call("compile", plan, faulty, plan).err.startswith("共 2 个文件")


def test_what_cannot_be_read_is_told_and_the_others_are_compiled(call, plan: Path, tmp_path: Path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    called = call("compile", tmp_path, tmp_path / "missing.txt", "-o", tmp_path / "out", "--format", "json")
    assert called.code == Exit.INPUT
    assert (tmp_path / "out" / "plan.ledger.json").exists()
    told = called.err.splitlines()
    for name in ("empty.txt", "binary.txt", "missing.txt"):
        assert sum(line.startswith(f"{tmp_path / name}：") for line in told) == 1, called.err
    assert told[-1].startswith("共 4 个文件，无法读取 3")


def test_a_folder_without_plans_says_what_could_be_read(call, tmp_path: Path):
    called = call("compile", tmp_path)
    assert called.code == Exit.INPUT
    assert ".docx" in called.err and called.err.startswith(f"{tmp_path}：")


def test_several_processes_give_what_one_gives(call, plan: Path, faulty: Path, tmp_path: Path):
    for out, jobs in (("one", 1), ("two", 2)):
        assert call("compile", plan, faulty, "-o", tmp_path / out, "-f", "json", "-j", jobs).code == 0
    for name in ("plan.ledger.json", "faulty.ledger.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_place_that_cannot_be_written_ends_with_3(call, plan: Path, tmp_path: Path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    called = call("compile", plan, "-o", tmp_path / "file" / "ledger.json")
    assert called.code == Exit.OUTPUT
    assert "写不出来" in called.err


def test_half_a_ledger_is_never_left_behind(call, plan: Path, tmp_path: Path, monkeypatch):
    from guatu.adapters.writers.formats import json as json_writer

    def full_disk(_ledger, out):
        out.write(b"{")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json_writer, "write", full_disk)
    out = tmp_path / "out"
    assert call("compile", plan, "-o", out, "--format", "json").code == Exit.OUTPUT
    assert list(out.iterdir()) == []


def test_the_examples_compile_with_every_numbered_item_read(call, examples: Path):
    called = call("compile", examples)
    assert called.code == 0
    assert "未读 0" in called.err


def test_a_plan_that_takes_more_than_it_may_is_named_with_the_limit_and_how_to_raise_it(call, tmp_path: Path):
    path = tmp_path / "方案.html"
    path.write_bytes(list_items())
    called = call("compile", path, "--seconds", "1")
    assert called.code == Exit.INPUT and called.out == ""
    assert "超过上限（1 秒）" in called.err and "--seconds N --memory MB" in called.err


def test_the_environment_sets_the_limit_and_the_option_goes_over_it(call, plan: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("GUATU_READ_MEMORY", "20")
    # Memory is looked at now and then: a small plan may be done before the first look.
    path = tmp_path / "方案.html"
    path.write_bytes(list_items())
    called = call("compile", path)
    assert called.code == Exit.INPUT and "超过上限（20 MB）" in called.err
    assert "超过上限（1 秒）" in call("compile", path, "--memory", "0", "--seconds", "1").err
    assert call("compile", plan, "--memory", "0").code == Exit.OK


def test_content_that_the_ending_does_not_name_is_said(call, tmp_path: Path):
    path = tmp_path / "方案.doc"
    path.write_bytes("<html><body><p>一、总体要求</p></body></html>".encode())
    called = call("compile", path)
    assert called.code == Exit.OK and "内容是网页（html），已按内容读取" in called.err


def test_a_list_of_units_makes_their_names_known(call, tmp_path: Path):
    plan, units = tmp_path / "方案.txt", tmp_path / "单位.txt"
    plan.write_text("一、主要任务\n(一)修水厂。抓紧修。(县移民、水库局和县财政局负责)\n", encoding="utf-8")
    units.write_text("白鹭县移民水库服务局\t县移民、水库局\n县财政局\n", encoding="utf-8")
    named = call("compile", plan, "--format", "json", "--units", units).out
    assert '"unit": "县移民、水库局"' in named and '"unit": "县移民"' not in named
    assert '"unit": "县移民"' in call("compile", plan, "--format", "json").out


def test_a_list_of_units_that_is_not_there_is_named(call, plan: Path, tmp_path: Path):
    called = call("compile", plan, "--units", tmp_path / "没有.txt")
    assert called.code == Exit.INPUT and "读不出单位名录" in called.err
