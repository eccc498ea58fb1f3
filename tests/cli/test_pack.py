"""guatu pack new, check, test, list."""

from pathlib import Path

import pytest

from tests.cli.conftest import Call


def test_a_new_pack_checks_and_tests_as_it_stands(call: Call, tmp_path: Path) -> None:
    made = call("pack", "new", "fishing", "--in", tmp_path)
    folder = tmp_path / "fishing"
    assert made.code == 0 and f"guatu pack check {folder}" in made.err
    assert call("pack", "check", folder).err == "问题 0（错误 0，提醒 0）\n"
    tested = call("--lang", "en", "pack", "test", folder)
    assert tested.code == 0
    assert "holds A case is not sent back without a reason [cases/bad/no_reason.toml]\n" in tested.out
    assert "fishing\t0.1.0\tfolder\tfishing" in call("--lang", "en", "pack", "list", "--in", tmp_path).out


def test_a_bad_pack_is_refused_with_file_and_line(call: Call, tmp_path: Path) -> None:
    call("pack", "new", "fishing", "--in", tmp_path)
    flow = tmp_path / "fishing" / "flows" / "fishing.bpmn"
    flow.write_text(flow.read_text(encoding="utf-8").replace('role="handler"', 'role="boss"'), encoding="utf-8")
    line = 1 + flow.read_text(encoding="utf-8").split('role="boss"')[0].count("\n")
    for command in ("check", "test"):
        called = call("--lang", "en", "pack", command, tmp_path / "fishing")
        assert called.code == 1
        assert called.out == (
            f"{tmp_path}/fishing/flows/fishing.bpmn:{line} flow.unknown-role role 'boss' of step 'handle' is not"
            " declared; declared are: clerk, handler\n"
        )


def test_a_case_that_fails_is_named_and_the_code_says_so(call: Call, tmp_path: Path) -> None:
    call("pack", "new", "fishing", "--in", tmp_path)
    case = tmp_path / "fishing" / "cases" / "good" / "handled.toml"
    case.write_text(case.read_text(encoding="utf-8").replace("ended = true", "ended = false"), encoding="utf-8")
    called = call("pack", "test", tmp_path / "fishing")
    assert called.code == 1
    assert "不符 登记并办理的案件办结 [cases/good/handled.toml]\n    ended 应为 False,实际是 True\n" in called.out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["new", "My Pack"], 2, "“My Pack”不能作名称"),
        (["list", "nowhere"], 2, "多出了 nowhere。"),
        (["frob"], 2, "没有命令“pack frob”。可用：new, check, test, list。"),
        (["new"], 2, "缺少 NAME。"),
    ],
)
def test_a_wrong_call_says_what_to_do(call: Call, arguments: list[str], code: int, message: str) -> None:
    called = call("pack", *arguments)
    assert called.code == code and message in called.err


def test_a_folder_that_is_not_there_is_named(call: Call) -> None:
    called = call("--lang", "en", "pack", "check", "nowhere")
    assert (called.code, called.out) == (1, "nowhere pack.no-folder there is no such folder; check the path\n")


def test_a_pack_is_not_written_over(call: Call, tmp_path: Path) -> None:
    call("pack", "new", "fishing", "--in", tmp_path)
    assert call("pack", "new", "fishing", "--in", tmp_path).code == 3


@pytest.mark.parametrize("command", ["new", "check", "test", "list"])
def test_every_command_explains_itself_in_both_languages(call: Call, command: str) -> None:
    assert call("pack", command, "--help").out.startswith("用法：guatu pack " + command)
    assert call("--lang", "en", "pack", command, "--help").out.startswith("Usage: guatu pack " + command)
