"""What the documentation names exists: make targets, commands and their options, files, links; and it is up to date."""

import importlib.util
import os
import re
import shlex
import tomllib
from functools import cache
from pathlib import PurePosixPath
from types import ModuleType

import click
from packaging.requirements import Requirement

from guatu.cli.main import main
from tests.house.project import ROOT, texts

FENCE = re.compile(r"^[ \t]*```(\w*)[^\n]*\n(.*?)^[ \t]*```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
SHELL = {"", "sh", "bash", "console", "shell"}
TOP = ("src/", "tests/", "docs/", "examples/", "bench/", "requirements/", ".ci/")
NOT_OPTIONS = {"--help", "--version"}


@cache
def pages() -> dict[str, str]:
    """All Markdown of the repository; pages made from the code name what the code has."""
    return {
        name: text for name, text in texts().items() if name.endswith(".md") and not name.startswith("docs/reference/")
    }


def commands(text: str, program: str) -> list[list[str]]:
    """Calls of a program that a page shows, in code blocks and in running text, as lists of words."""
    lines = [line.strip() for kind, block in FENCE.findall(text) if kind in SHELL for line in block.splitlines()]
    lines += INLINE.findall(FENCE.sub("", text))
    lines = [line.removeprefix("$ ").split(" #")[0] for line in lines]
    called = [line for line in lines if line == program or line.startswith(program + " ")]
    return [shlex.split(line.split("|")[0].split(">")[0])[1:] for line in called]


def all_commands(program: str) -> list[tuple[str, list[str]]]:
    return [(name, words) for name, text in pages().items() for words in commands(text, program)]


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):(?!=)", texts()["Makefile"], re.MULTILINE))
    named = {
        (name, word) for name, words in all_commands("make") for word in words if re.fullmatch(r"[a-z][a-z-]*", word)
    }
    assert named
    assert {(name, word) for name, word in named if word not in targets} == set()


def test_every_command_and_option_of_guatu_that_is_named_exists() -> None:
    calls = all_commands("guatu")
    assert calls
    assert [f"{name}: guatu {' '.join(words)}" for name, words in calls if not _known(words)] == []


def _known(words: list[str]) -> bool:
    """Whether the command and its options exist; `COMMAND` stands for any."""
    command: click.Command | None = main
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        word = rest.pop(0)
        if word in ("COMMAND", "..."):
            return True
        command = command.commands.get(word)
    if command is None:
        return False
    if command.context_settings.get("ignore_unknown_options") and rest and not rest[0].startswith("-"):
        return True  # of another program, which has options of its own
    options = {flag for option in command.params for flag in (*option.opts, *option.secondary_opts)} | NOT_OPTIONS
    return all(word.split("=")[0] in options for word in rest if re.match(r"--?[a-z]", word))


# A recipe names a file and then says what to write into it.
TO_WRITE = re.compile(r"`([^`\n]+)`[^`]{0,80}[:.]\n\n *```")


def test_every_file_that_is_named_exists() -> None:
    missing = []
    for name, text in pages().items():
        to_write = set(TO_WRITE.findall(text))
        for word in set(INLINE.findall(text)) - to_write:
            if word.startswith(TOP) and not re.search(r"[ <>*{}…]", word) and not (ROOT / word.rstrip("/")).exists():
                missing.append(f"{name}: {word}")
    assert missing == []


def test_every_link_outside_of_the_built_pages_leads_somewhere() -> None:
    missing = []
    for name, text in pages().items():
        for target in LINK.findall(FENCE.sub("", text)):
            if "://" in target or target.startswith("mailto:"):
                continue
            if not (ROOT / PurePosixPath(name).parent / target).exists():
                missing.append(f"{name}: {target}")
    assert missing == []


def test_both_readmes_tell_the_same_commands() -> None:
    english, chinese = (
        [words for program in ("make", "guatu") for words in commands(texts()[name], program)]
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese


@cache
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_code_says() -> None:
    made = generator().pages()
    kept = {name: (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") for name in made}
    assert [name for name, text in made.items() if kept[name] != text] == [], "run `make reference`"


def test_calls_are_found_in_blocks_and_in_running_text() -> None:
    page = "Run `make docs` or\n\n```sh\n$ guatu check a.txt --format json > out\nls\n```\n"
    assert commands(page, "make") == [["docs"]]
    assert commands(page, "guatu") == [["check", "a.txt", "--format", "json"]]


def test_the_page_of_dependencies_names_each_one_and_no_other() -> None:
    project = tomllib.loads(texts()["pyproject.toml"])["project"]
    wanted = {Requirement(line).name for line in project["dependencies"]}
    wanted |= {Requirement(line).name for lines in project["optional-dependencies"].values() for line in lines}
    rows = re.findall(r"^\| ([^|]+) \|", texts()["docs/dependencies.md"], re.MULTILINE)
    named = {name.strip() for row in rows for name in row.split(",")} - {"Package"}
    assert named - {"---"} == wanted


def test_the_reference_leaves_no_secret_behind() -> None:
    """A county that a later test of the process starts would take it for its own."""
    assert generator().pages()
    assert os.environ.get("GUATU_SECRET") != "reference"
