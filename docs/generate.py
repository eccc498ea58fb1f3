"""Writes docs/reference from the code: commands, lint rules, problems, settings, the workbook of the first hour, plan format. `make reference`.

The pages are committed so that they can be read in the repository; a test says when they are behind the code.
"""

import inspect
import json
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click
import msgspec

from guatu.core.kernel.finding import Language
from guatu.core.plan.lint import Rule, rules
from guatu.core.plan.model import SCHEMA, Plan

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from docs.problem_page import page as problem_page
from docs.settings_page import page as settings_page
from docs.workbook_page import page as workbook_page

from tests.spec.lint_precision import Precision, counted, drawn, precision

FOLDER = Path(__file__).resolve().parent / "reference"
WIDTH = 96
CLI_WORDS: dict[Language, tuple[str, str]] = {
    "en": (
        "Command line",
        "What each command takes and gives, as `guatu COMMAND --help` prints it. [中文](cli.zh-CN.md)",
    ),
    "zh": ("命令行", "每条命令接受什么、给出什么, 即 `guatu COMMAND --help` 的内容。[English](cli.md)"),
}
NOTE = "<!-- Made from the code by `make reference`; change the code, not this page. -->"


def pages() -> dict[str, str]:
    """Content of every generated file by its name in docs/reference."""
    schema = msgspec.json.schema(Plan)
    return {
        "cli.md": cli_page("en"),
        "cli.zh-CN.md": cli_page("zh"),
        "first-hour.md": _joined([NOTE, *workbook_page("en")]),
        "first-hour.zh-CN.md": _joined([NOTE, *workbook_page("zh")]),
        "lint.md": lint_page(),
        "plan.md": plan_page(schema),
        "problems.md": _joined([NOTE, *problem_page("en")]),
        "problems.zh-CN.md": _joined([NOTE, *problem_page("zh")]),
        "settings.md": _joined([NOTE, *settings_page("en")]),
        "settings.zh-CN.md": _joined([NOTE, *settings_page("zh")]),
        "plan.schema.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n",
    }


def cli_page(language: Language) -> str:
    """The help of every command, as it is printed."""
    from guatu.cli.main import Program  # the other pages do without the command line
    from guatu.cli.messages import Say

    program = Program()
    program.speak(Say(language))
    context = click.Context(program, info_name="guatu")
    title, intro = CLI_WORDS[language]
    return _joined([NOTE, f"# {title}", intro, "## guatu", _help(program, context), *_commands(program, context)])


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    """Every command of a group, and those within it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        yield f"## {inner.command_path}"
        yield _help(command, inner)
        if isinstance(command, click.Group):
            yield from _commands(command, inner)


def _help(command: click.Command, context: click.Context) -> str:
    with patch.dict(os.environ, COLUMNS=str(WIDTH)):
        return f"```text\n{command.get_help(context).strip()}\n```"


def lint_page() -> str:
    intro = (
        "What `guatu check` can find in a plan. A rule is a file of the package `guatu.core.plan.lint`; `--select` and "
        "`--ignore` take codes or names of rules. An **error** is a contradiction or a damage of the text, a "
        "**warning** is something that a person should look at."
    )
    table = ["| Code | Severity | Rule | Message |", "|---|---|---|---|"]
    for rule in rules():
        table += [
            f"| [`{k.code}`](#{_anchor(k.code)}) | {k.severity} | `{rule.name}` | {_cell(k.en)} |" for k in rule.kinds
        ]
    parts = [NOTE, "# Lint rules", intro, "\n".join(table)]
    for rule in rules():
        parts += list(_rule(rule))
    return _joined(parts)


def _rule(rule: Rule) -> Iterator[str]:
    for kind in rule.kinds:
        yield f"## `{kind.code}` {{#{_anchor(kind.code)}}}"
        yield f"Severity **{kind.severity}**, rule `{rule.name}`."
        yield f"> {_message(kind.zh)}\n>\n> {_message(kind.en)}"
        yield _believed(kind.code) + (" Off unless `--select` names it." if kind in rule.off else "")
    yield inspect.cleandoc(rule.reason)


def _believed(code: str) -> str:
    """How many findings of a kind were right where somebody judged them one by one."""
    found = judged().get(code)
    if found is None:
        return "Precision: not measured yet on documents that the rule was not written on."
    before = f"{found.right_before} of {found.judged_before}"
    if not found.judged:
        return f"Precision: {before} right before the rule was mended, not measured since."
    share = f"Precision: measured on {found.judged} finding{'s' * (found.judged > 1)}, {found.right} right"
    if found.judged_before:
        return f"{share} since the rule was mended; before that {before}."
    return f"{share}, in documents that the rule was not written on."


@cache
def judged() -> dict[str, Precision]:
    """What the judged lists of tests/spec say, by code."""
    return precision(drawn(), counted())


def _anchor(code: str) -> str:
    return code.replace(".", "-")


def _cell(text: str) -> str:
    return _message(text).replace("|", "\\|").replace("\n", " ")


def _message(text: str) -> str:
    """A message without the slot that says how often a finding repeats."""
    return text.replace("{more_zh}", "").replace("{more_en}", "")


def plan_page(schema: dict[str, Any]) -> str:
    intro = (
        f"What `guatu compile FILE --format json` prints: one JSON object, schema `{SCHEMA}`, UTF-8. A span is "
        "`[start, end)` in code points of the text that the reader produced; for a text file that is the file decoded, "
        "unchanged. Keys stay; new ones may be added. For programs: [plan.schema.json](plan.schema.json)."
    )
    parts = [NOTE, "# Plan format", intro]
    types: dict[str, Any] = schema["$defs"]
    for name in ["Plan", *sorted(set(types) - {"Plan", "Span"})]:
        parts += list(_type(name, types[name]))
    return _joined(parts)


def _type(name: str, definition: dict[str, Any]) -> Iterator[str]:
    yield f"## {name}"
    if definition.get("description"):
        yield inspect.cleandoc(definition["description"])
    required = set(definition.get("required", ()))
    rows = [
        f"| `{key}` | {_shape(value)} | {'yes' if key in required else 'no'} |"
        for key, value in definition.get("properties", {}).items()
    ]
    yield "\n".join(["| Key | Value | Needed when read back |", "|---|---|---|", *rows])


def _shape(value: dict[str, Any]) -> str:
    if "$ref" in value:
        name = value["$ref"].rsplit("/", 1)[-1]
        return "span" if name == "Span" else f"[{name}](#{name.lower()})"
    if "enum" in value:
        return " ".join(f"`{word}`" for word in value["enum"])
    if "anyOf" in value:
        return " or ".join(_shape(part) for part in value["anyOf"])
    if value.get("type") == "array":
        return f"list of {_shape(value.get('items', {}))}"
    return str(value.get("type", "any"))


def _joined(parts: list[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
