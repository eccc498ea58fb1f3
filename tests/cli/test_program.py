"""The program as a whole: help, languages, exit codes, start-up."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from guatu.cli import messages
from guatu.cli.exits import Exit
from guatu.cli.language import language_of
from guatu.cli.messages import Say

COMMANDS = [
    "backup",
    "check",
    "compile",
    "county",
    "diff",
    "doctor",
    "drg",
    "explain",
    "manage",
    "pack",
    "restore",
    "serve",
    "settings",
]


def test_help_lists_every_command_in_the_folder(call):
    called = call("--help")
    assert called.code == 0
    assert [line.split()[0] for line in called.out.split("命令：")[1].split("选项")[0].splitlines() if line] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_both_languages(call, command: str):
    chinese, english = call(command, "--help"), call("--lang", "en", command, "--help")
    assert (chinese.code, english.code) == (0, 0)
    assert chinese.out.startswith("用法：") and english.out.startswith("Usage:")
    assert not re.search(r"[\u4e00-\u9fff]", english.out.replace("三(二)1", ""))


def test_a_call_without_anything_shows_the_help(call):
    assert call().out == call("--help").out


def test_the_version_is_printed(call):
    assert re.fullmatch(r"guatu \d+\.\d+\.\d+\n", call("--version").out)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["frob"],
            "没有命令“frob”。可用：backup, check, compile, county, diff, doctor, drg, explain, manage, pack, restore, serve, settings。",
        ),
        (["compile"], "缺少 PATH。"),
        (["diff", "a"], "缺少 NEW。"),
        (["diff", "a", "b", "c"], "多出了 c。"),
        (["compile", "a", "--fomat", "json"], "没有选项 --fomat，是不是 --format"),
        (["compile", "a", "--format", "pdf"], "--format 的值不对：“pdf”不在其中：csv, docx, html, json, table, xlsx。"),
        (["compile", "a", "-j", "x"], "--jobs 的值不对：“x”不是不小于 0 的整数。"),
        (["compile", "a", "-j", "-1"], "--jobs 的值不对：“-1”不是不小于 0 的整数。"),
        (["compile", "a", "--format"], "--format 后面要有值。"),
        (["--lang", "fr", "check", "a"], "--lang 的值不对：“fr”不在其中：zh, en。"),
        (["check", "a", "--select", "plan.none"], "没有这样的检查代码：plan.none。"),
    ],
)
def test_a_call_that_is_wrong_is_told_what_is_wrong_and_ends_with_2(call, arguments: list[str], message: str):
    called = call(*arguments)
    assert called.code == Exit.INPUT
    assert called.err.startswith(f"错误：{message}")
    assert called.out == ""


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8", "GUATU_LANG": "zh"}, "zh"),
        (["check", "a", "--lang", "en"], {"GUATU_LANG": "zh"}, "en"),
        (["--lang=en", "check"], {}, "en"),
        (["check", "--", "--lang", "en"], {}, "zh"),
        (["--lang"], {}, "zh"),
    ],
)
def test_the_language_is_asked_for_or_found_in_the_environment(arguments, environment, language: str):
    assert language_of(arguments, environment) == language


def test_every_exit_code_is_in_the_help(call):
    for language in ("zh", "en"):
        listed = re.findall(r"^  (\d+)  ", call("--lang", language, "--help").out, re.MULTILINE)
        assert [int(code) for code in listed] == [code.value for code in Exit]


def test_every_message_exists_in_both_languages_with_the_same_blanks():
    for key in messages.known():
        chinese, english = Say("zh")(key), Say("en")(key)
        assert chinese and english
        assert sorted(re.findall(r"\{(\w+)\}", chinese)) == sorted(re.findall(r"\{(\w+)\}", english)), key


def test_every_message_that_the_program_asks_for_is_in_the_catalogue_and_none_is_left_over(root: Path):
    source = "\n".join(path.read_text(encoding="utf-8") for path in (root / "src/guatu/cli").rglob("*.py"))
    asked = set(re.findall(r"""["']([a-z]+\.[a-z-]+)["']""", source.replace(_catalogue(root), "")))
    made = {
        *(f"{name}.{part}" for name in COMMANDS for part in ("short", "help")),
        *(f"pack {name}.{part}" for name in ("new", "check", "test", "list") for part in ("short", "help")),
        *(f"pack.{origin}" for origin in ("shipped", "installed", "folder")),
        "drg.missing",
        *(
            f"col.{name}"
            for name in ("tasks", "others", "unread", "targets", "deadlines", "errors", "warnings", "file")
        ),
        *(f"explain.{name}" for name in ("task", "target", "deadline", "lead", "responsible", "support")),
        *(f"diff.{name}" for name in ("moved", "renumbered", "retitled", "reworded", "duty", "target", "deadline")),
    }
    assert messages.known() - asked - made == set()
    assert {key for key in asked if key.split(".")[0] in ("usage", "files", "fault", "done")} <= messages.known()


def _catalogue(root: Path) -> str:
    return (root / "src/guatu/cli/messages.py").read_text(encoding="utf-8")


def test_a_fault_of_the_program_is_one_sentence_and_ends_with_70(call, plan: Path, monkeypatch):
    import guatu.cli.compiling

    def broken(*_args, **_kwargs):
        raise RuntimeError("no such luck")

    monkeypatch.setattr(guatu.cli.compiling, "compile_document", broken)
    called = call("compile", plan)
    assert called.code == Exit.FAULT
    assert "RuntimeError: no such luck" in called.err and len(called.err.splitlines()) == 1


def test_an_interrupted_call_ends_with_130(call, plan: Path, monkeypatch):
    import guatu.cli.compiling

    def interrupted(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(guatu.cli.compiling, "compile_document", interrupted)
    called = call("compile", plan)
    assert (called.code, called.err.strip()) == (Exit.INTERRUPTED, "错误：已中断。")


def test_help_starts_without_the_compiler_the_readers_and_the_writers():
    script = (
        "import sys; from guatu.cli.main import main; code = main.run(['--help']);"
        "loaded = [m for m in sys.modules if m.startswith(('rich', 'docx', 'lxml', 'xlsxwriter', 'guatu.core', 'guatu.adapters.readers'))];"
        "print(loaded, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_reader_of_the_output_that_has_seen_enough_is_no_error(examples: Path):
    command = f'"{sys.executable}" -m guatu.cli.main compile "{examples}/qinghe-public-facilities-2025.txt" 2>/dev/null | head -1'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr
