"""guatu diff: what two versions of a plan changed, or what a plan makes of the one above it."""

import sys
from collections.abc import Iterator
from functools import partial

import click
import msgspec

from guatu.adapters.writers.phrases import limit_phrase, path_phrase, target_phrase
from guatu.cli.above import show_above
from guatu.cli.compiling import read_one
from guatu.cli.exits import Exit
from guatu.cli.messages import Say
from guatu.cli.shell import Command
from guatu.core.plan.diff import Change, ItemRef, TaskChange, diff_plans
from guatu.core.plan.model import Deadline, Duty, Target

SCHEMA = "guatu.diff/1"
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def build(say: Say) -> click.Command:
    params = [
        click.Argument(["old"], metavar="OLD"),
        click.Argument(["new"], metavar="NEW"),
        click.Option(
            ["-f", "--format", "format_"],
            type=click.Choice(["text", "json"]),
            default="text",
            metavar="FORMAT",
            help=say("diff.format"),
        ),
        click.Option(["--json", "format_"], flag_value="json", help=say("diff.json")),
        click.Option(["--above"], is_flag=True, help=say("diff.above")),
    ]
    return Command("diff", say, partial(run, say), params)


def run(say: Say, old: str, new: str, format_: str, *, above: bool) -> int:
    (before, messages), (after, others) = read_one(old, say), read_one(new, say)
    for message in (*messages, *others):
        print(message, file=sys.stderr)
    if above:
        show_above(before, after, format_, say)
        return Exit.OK
    changes = diff_plans(before.plan, after.plan, old_text=before.text, new_text=after.text)
    if format_ == "json":
        whole = {"schema": SCHEMA, "old": before.plan.source, "new": after.plan.source, "changes": changes}
        print(msgspec.json.format(msgspec.json.encode(whole), indent=1).decode())
        return Exit.OK
    print(f"--- {old}\n+++ {new}")
    for line in lines(changes, say):
        print(line)
    return Exit.OK


def lines(changes: list[TaskChange], say: Say) -> Iterator[str]:
    """The comparison as text: a line an item, and below it a line a change; the sums at the end."""
    home = None
    for change in changes:
        ref = change.new or change.old
        if ref is None:
            continue
        if change.level == "task" and (ref.annex, ref.document) != home:
            home = (ref.annex, ref.document)
            yield f"\n{_home(ref)}"
        yield f"{_SIGNS[change.kind]} {_name(ref, say)}"
        for part in change.changes:
            yield "    " + _part(part, say)
    if not changes:
        yield say("diff.none")
        return
    counts = {
        f"{'documents_' if level == 'document' else ''}{kind}": sum(
            c.level == level and c.kind == kind for c in changes
        )
        for level in ("task", "document")
        for kind in ("added", "removed", "changed")
    }
    yield ""
    yield say("diff.sum", **counts)


def _home(ref: ItemRef) -> str:
    return f"{ref.annex} {ref.document}" if ref.annex else ref.document


def _name(ref: ItemRef, say: Say) -> str:
    if ref.id:
        return f"{path_phrase(ref.path)} {ref.title}"
    return f"{say('diff.document')} {_home(ref)}"


def _part(change: Change, say: Say) -> str:
    subject = change.kind.split("-")[0]
    label = say(f"diff.{subject}")
    old, new = _words(change.old, say), _words(change.new, say)
    if change.kind == "reworded":
        return label
    if change.old is None:
        return f"+ {label} {new}"
    if change.new is None:
        return f"- {label} {old}"
    return f"{label} {old or say('diff.none-before')} → {new or say('diff.none-before')}"


def _words(value: object, say: Say) -> str:
    """A value of a change in words."""
    if isinstance(value, Duty):
        return f"{say(f'explain.{value.role}')} {value.unit}"
    if isinstance(value, Target):
        return target_phrase(value, say.language)
    if isinstance(value, Deadline):
        return limit_phrase(value, say.language)
    if isinstance(value, list):
        return path_phrase(value)
    return str(value or "")
