"""guatu explain: where an item comes from."""

import re
import shutil
import sys
from collections.abc import Iterator
from functools import partial

import click

from guatu.adapters.writers import Ledger
from guatu.adapters.writers.phrases import limit_phrase, target_phrase, units
from guatu.adapters.writers.rows import document_name, task_name
from guatu.cli.compiling import read_one
from guatu.cli.exits import Exit, Stop
from guatu.cli.marking import lines_left, marked_lines
from guatu.cli.messages import Say
from guatu.cli.shell import Command
from guatu.core.plan.model import Deadline, Document, Target, Task

Item = Task | Target | Deadline
_MOST_LINES = 30
_PLAIN_WIDTH = 100
_NOT_IN_NUMBERS = re.compile(r"[\s、.．]+")
_BRACKETS = str.maketrans("（）", "()")


def build(say: Say) -> click.Command:
    params = [click.Argument(["file"], metavar="FILE"), click.Argument(["id_"], metavar="ID")]
    return Command("explain", say, partial(run, say), params)


def run(say: Say, file: str, id_: str) -> int:
    ledger, messages = read_one(file, say)
    for message in messages:
        print(message, file=sys.stderr)
    found = list(find(ledger, id_))
    if not found:
        raise Stop(Exit.NOT_FOUND, say("explain.not-found", name=file, id=id_, has=_has(ledger, say)))
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PLAIN_WIDTH
    for number, (document, item) in enumerate(found):
        if number:
            print()
        for line in explained(ledger, document, item, say, room):
            print(line)
    return Exit.OK


def find(ledger: Ledger, asked: str) -> Iterator[tuple[Document, Item]]:
    """The item with this id, or the tasks with this number."""
    by_number = []
    for document in ledger.plan.documents:
        items: list[Item] = [*document.tasks, *document.targets, *document.deadlines]
        for item in items:
            if item.id == asked:
                yield document, item
                return
        by_number += [(document, task) for task in document.tasks if _number("".join(task.path)) == _number(asked)]
    yield from by_number


def _number(words: str) -> str:
    return _NOT_IN_NUMBERS.sub("", words).translate(_BRACKETS)


def explained(ledger: Ledger, document: Document, item: Item, say: Say, room: int) -> Iterator[str]:
    """What an item says, where it stands, and its source lines with its characters marked."""
    yield f"{item.id}  {say(f'explain.{_kind(item)}')}  {_title(item, say)}"
    yield _fact(say("explain.document"), document_name(document))
    for label, words in _facts(document, item, say):
        if words:
            yield _fact(label, words)
    line, column = ledger.line_and_column(item.span.start)
    place = ledger.place(item.span)
    yield _fact(say("explain.place"), f"{ledger.plan.source.name}:{line}:{column}  {place}")
    for finding in ledger.plan.findings:
        if finding.span.start in item.span:
            yield _fact(say("explain.finding"), f"{finding.line}:{finding.column} {finding.code} {finding.message}")
    yield ""
    yield from marked_lines(ledger.text, item.span, line, room, _MOST_LINES)
    left = lines_left(ledger.text, item.span, _MOST_LINES)
    if left:
        yield say("explain.more", n=left)


def _kind(item: Item) -> str:
    return type(item).__name__.lower()


def _title(item: Item, say: Say) -> str:
    if isinstance(item, Task):
        return task_name(item)
    if isinstance(item, Target):
        return target_phrase(item, say.language)
    return f"{limit_phrase(item, say.language)}  {item.iso}"


def _facts(document: Document, item: Item, say: Say) -> Iterator[tuple[str, str]]:
    comma = "、" if say.language == "zh" else "; "
    if isinstance(item, Task):
        for role in ("lead", "responsible", "support"):
            yield say(f"explain.{role}"), comma.join(units(item, role))
        for target in document.targets:
            if target.id in item.targets:
                yield say("explain.target"), f"{target.id}  {target_phrase(target, say.language)}"
        for deadline in document.deadlines:
            if deadline.id in item.deadlines:
                yield say("explain.deadline"), f"{deadline.id}  {limit_phrase(deadline, say.language)}"
        return
    for task in document.tasks:
        if item.id in (*task.targets, *task.deadlines):
            yield say("explain.of"), f"{task.id}  {task_name(task)}"


def _fact(label: str, words: str) -> str:
    return f"  {label}: {words}"


def _has(ledger: Ledger, say: Say) -> str:
    """The ids that there are."""
    ranges = []
    for kind, items in (
        ("task", [t.id for d in ledger.plan.documents for t in d.tasks]),
        ("target", [t.id for d in ledger.plan.documents for t in d.targets]),
        ("deadline", [t.id for d in ledger.plan.documents for t in d.deadlines]),
    ):
        if items:
            ranges.append(say("explain.range", kind=say(f"explain.{kind}"), first=items[0], last=items[-1]))
    comma = "、" if say.language == "zh" else ", "
    return say("explain.has", ranges=comma.join(ranges)) if ranges else say("explain.has-none")
