"""guatu compile: plans become ledgers."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from guatu.adapters.writers import format_names, writer
from guatu.adapters.writers.formats.table import grid
from guatu.cli.compiling import Bounds, Job, Outcome, compile_file, counted, read_one, write_to
from guatu.cli.compiling import run as run_jobs
from guatu.cli.exits import Exit, Stop
from guatu.cli.inputs import LEDGER_MARK, Input, Inputs, gather, names_in
from guatu.cli.messages import Say
from guatu.cli.progress import watched
from guatu.cli.shell import Command, columns

_PIPE_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said for all files of a call: how much reading may take, and the units of the county."""

    bounds: Bounds
    units: tuple[str, ...] = ()


def build(say: Say) -> click.Command:
    names = format_names()
    params = [
        click.Argument(["paths"], nargs=-1, required=True, metavar="PATH..."),
        click.Option(
            ["-f", "--format", "format_"],
            type=click.Choice(names),
            metavar="FORMAT",
            help=say("compile.format", formats=", ".join(names)),
        ),
        click.Option(["-o", "--out"], type=click.Path(path_type=Path), help=say("compile.out")),
        click.Option(
            ["-j", "--jobs"], type=int, default=1, metavar="N", help=say("compile.jobs"), callback=_not_negative
        ),
        click.Option(["--seconds"], type=int, metavar="N", help=say("compile.seconds"), callback=_not_negative),
        click.Option(["--memory"], type=int, metavar="MB", help=say("compile.memory"), callback=_not_negative),
        click.Option(["--units"], type=click.Path(path_type=Path), metavar="FILE", help=say("compile.units")),
    ]
    return Command("compile", say, partial(run, say), params)


def _not_negative(ctx: click.Context, param: click.Parameter, value: int | None) -> int | None:
    if value is not None and value < 0:
        raise click.BadParameter(f"'{value}'", ctx, param)
    return value


def run(
    say: Say,
    paths: tuple[str, ...],
    format_: str | None,
    out: Path | None,
    jobs: int,
    seconds: int | None,
    memory: int | None,
    units: Path | None,
) -> int:
    given = Given(Bounds(seconds, memory), names_in(units, say) if units else ())
    inputs = gather(paths, say)
    for problem in inputs.problems:
        print(problem, file=sys.stderr)
    several = inputs.folders or len(inputs.files) > 1
    folder = out if out and (several or _is_folder(out)) else None
    name = _format(say, format_, None if folder else out)
    if several:
        code = _several(say, inputs, name, folder, out, jobs, given)
    else:
        code = _one(say, inputs.files[0], name, folder, out, given)
    return max(code, Exit.INPUT) if inputs.problems else code


def _is_folder(out: Path) -> bool:
    return out.is_dir() or not out.suffix


def _format(say: Say, asked: str | None, file: Path | None) -> str:
    """The format that was asked for, else that of the suffix of `file`, else a table."""
    if file is None:
        return asked or "table"
    suffix = file.suffix.lower()
    if asked is None:
        return {writer(name).SUFFIX: name for name in format_names()}.get(suffix, "table")
    own = writer(asked).SUFFIX
    if suffix != own:
        raise Stop(Exit.INPUT, say("usage.format-differs", out=file, format=asked, suffix=own))
    return asked


def _one(say: Say, item: Input, format_: str, folder: Path | None, out: Path | None, given: Given) -> int:
    """One file: to the screen, to a file, or into a folder."""
    binary = writer(format_).BINARY
    if out is None and not binary:
        return _to_screen(say, item, format_, given)
    place = _ledger_name(item, folder or Path(), format_, {}) if folder or out is None else out
    _spare_the_inputs(say, [item], [place])
    outcome = compile_file(Job(item, say.language, format_, place, given.bounds, given.units))
    _tell(say, outcome)
    return outcome.code


def _to_screen(say: Say, item: Input, format_: str, given: Given) -> int:
    ledger, messages = read_one(item.shown, say, item.name, given.bounds, given.units)
    sys.stdout.flush()
    write_to(ledger, format_, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    _tell(say, counted(ledger, item.shown, None, messages))
    return Exit.OK


def _several(
    say: Say, inputs: Inputs, format_: str, folder: Path | None, out: Path | None, processes: int, given: Given
) -> int:
    """Several files: into a folder, or one line each on the screen."""
    files = inputs.files
    if not files:
        return Exit.INPUT
    if folder is None and format_ != "table":
        raise Stop(Exit.INPUT, say("usage.several-need-out", n=len(files), format=format_))
    if out is not None and out.suffix and not out.is_dir():
        raise Stop(Exit.INPUT, say("usage.several-one-file", n=len(files), out=out))
    stems = Counter(_stem(item) for item in files)
    places = [_ledger_name(item, folder, format_, stems) if folder else None for item in files]
    _spare_the_inputs(say, files, [place for place in places if place])
    jobs = [
        Job(item, say.language, format_, place, given.bounds, given.units)
        for item, place in zip(files, places, strict=True)
    ]
    outcomes = list(watched(run_jobs(jobs, processes or os.cpu_count() or 1), len(jobs), say))
    if folder is None:
        _summary(say, sorted(outcomes, key=lambda outcome: outcome.name))
    _tell_all(say, outcomes)
    return max((outcome.code for outcome in outcomes), default=Exit.OK)


def _stem(item: Input) -> str:
    return str(Path(item.name).with_suffix("")).lower()


def _ledger_name(item: Input, folder: Path, format_: str, stems: Mapping[str, int]) -> Path:
    """Where the ledger of a file goes: plan.docx becomes plan.ledger.xlsx; of two plans of one name each keeps its
    suffix."""
    name = Path(item.name)
    base = name.name if stems.get(_stem(item), 0) > 1 else name.stem
    return folder / name.parent / f"{base}{LEDGER_MARK}{writer(format_).SUFFIX}"


def _spare_the_inputs(say: Say, files: Iterable[Input], places: Sequence[Path]) -> None:
    read = {item.path.absolute() for item in files}
    for place in places:
        if place.absolute() in read:
            raise Stop(Exit.INPUT, say("files.is-input", name=place))


def _tell(say: Say, outcome: Outcome) -> None:
    """One file's messages and sums, on standard error."""
    for message in outcome.messages:
        print(message, file=sys.stderr)
    if outcome.code is Exit.OK:
        print(say("done.one", **_sums([outcome]), name=outcome.name), file=sys.stderr)
        if outcome.out is not None:
            print(say("done.written", name=outcome.out), file=sys.stderr)


def _tell_all(say: Say, outcomes: Sequence[Outcome]) -> None:
    failed = [outcome for outcome in outcomes if outcome.code is not Exit.OK]
    print(say("done.all", files=len(outcomes), failed=len(failed), **_sums(outcomes)), file=sys.stderr)


def _sums(outcomes: Sequence[Outcome]) -> dict[str, int]:
    names = ("items", "tasks", "others", "unread", "findings", "errors", "warnings")
    return {name: sum(getattr(outcome, name) for outcome in outcomes) for name in names}


def _summary(say: Say, outcomes: Sequence[Outcome]) -> None:
    """One line a file, on standard output."""
    names = ("tasks", "others", "unread", "targets", "deadlines", "errors", "warnings")
    heads = [say(f"col.{name}") for name in ("file", *names)]
    rows = [
        [outcome.name, *(str(getattr(outcome, name)) for name in names)]
        for outcome in outcomes
        if outcome.code is Exit.OK
    ]
    room = columns() if sys.stdout.isatty() else _PIPE_COLUMNS
    for line in grid(heads, rows, room, right=range(1, len(heads))):
        print(line.rstrip())
