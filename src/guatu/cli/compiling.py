"""Compiling one file after the other, in this process or in several."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from guatu.adapters.bounded import limits_for
from guatu.adapters.documents import Asked, Document, compile_document
from guatu.adapters.readers import ReadError, load
from guatu.adapters.writers import Ledger, writer
from guatu.cli.exits import Exit, Stop
from guatu.cli.inputs import Input, exit_of, said
from guatu.cli.language import Language
from guatu.cli.messages import Say


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds and megabytes that a file may take where a person said so; None is what holds for all, 0 is no limit."""

    seconds: int | None = None
    megabytes: int | None = None


USUAL = Bounds()


@dataclass(frozen=True, slots=True)
class Job:
    """One file to compile, and where its ledger goes; without a place it is only counted."""

    input: Input
    language: Language
    format: str = "table"
    out: Path | None = None
    bounds: Bounds = USUAL
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: its sums, or why there are none."""

    name: str
    code: Exit = Exit.OK
    messages: list[str] = field(default_factory=list)
    items: int = 0
    tasks: int = 0
    others: int = 0
    unread: int = 0
    targets: int = 0
    deadlines: int = 0
    errors: int = 0
    warnings: int = 0
    out: Path | None = None

    @property
    def findings(self) -> int:
        return self.errors + self.warnings


def document_of(path: Path, asked: Asked, bounds: Bounds = USUAL) -> Document:
    """A file, read and compiled within limits.

    Raises:
        ReadError: whatever is wrong with the file.
    """
    data = load(path)
    return compile_document(data, asked, limits_for(len(data), bounds.seconds, bounds.megabytes))


def read_one(
    path: str, say: Say, title: str = "", bounds: Bounds = USUAL, units: tuple[str, ...] = ()
) -> tuple[Ledger, list[str]]:
    """The ledger of the one file that a command is about, and what is to be said of the file.

    `units` are names of the county's directory. The plan names its source by `title`, or by the path as it was given.

    Raises:
        Stop: it cannot be read.
    """
    if Path(path).is_dir():
        raise Stop(Exit.INPUT, say("files.folder", name=path))
    try:
        asked = Asked(Path(path).name, title or path, say.language, units=units)
        document = document_of(Path(path), asked, bounds)
    except ReadError as error:
        raise Stop(exit_of(error), said(error, path, say)) from error
    return ledger_of(document, say.language), said_of(document, path, say)


def said_of(document: Document, name: str, say: Say) -> list[str]:
    """What is to be said of a file that was read."""
    shown = (remark.message(say.language) for remark in document.source.remarks)
    return [say("files.remark", name=name, text=text) for text in shown]


def ledger_of(document: Document, language: Language) -> Ledger:
    """A compiled document, ready for a writer, with its findings in both languages."""
    other: Language = "en" if language == "zh" else "zh"
    messages = [finding.message(other) for finding in document.findings]
    return Ledger(document.plan, document.source.text, language, document.source.places, messages)


def run(jobs: Sequence[Job], processes: int) -> Iterator[Outcome]:
    """The outcome of every job, as they come. One that fails does not stop the others."""
    if processes <= 1 or len(jobs) <= 1:
        yield from map(compile_file, jobs)
        return
    # Spawned, not forked: a progress bar runs in a thread here, and a forked copy of a thread's locks never opens.
    with ProcessPoolExecutor(min(processes, len(jobs)), mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(compile_file, job): job for job in jobs}
        try:
            for done in as_completed(waiting):
                yield _result(done, waiting[done])
        except GeneratorExit:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _result(done: "Future[Outcome]", job: Job) -> Outcome:
    try:
        return done.result()
    except BrokenProcessPool:
        message = Say(job.language)("fault.killed", name=job.input.shown)
        return Outcome(job.input.shown, Exit.FAULT, [message])


def compile_file(job: Job) -> Outcome:
    """Reads, compiles and writes one file; whatever happens is told in the outcome."""
    say, name = Say(job.language), job.input.shown
    try:
        asked = Asked(job.input.path.name, job.input.name, job.language, units=job.units)
        document = document_of(job.input.path, asked, job.bounds)
        ledger = ledger_of(document, job.language)
        if job.out is not None:
            write_file(ledger, job.format, job.out)
    except ReadError as error:
        return Outcome(name, exit_of(error), [said(error, name, say)])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Outcome(name, Exit.OUTPUT, [say("files.not-written", name=job.out, reason=reason)])
    except Exception as error:
        if os.environ.get("GUATU_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}"
        return Outcome(name, Exit.FAULT, [say("fault.file", name=name, reason=reason)])
    return counted(ledger, name, job.out, said_of(document, name, say))


def counted(ledger: Ledger, name: str, out: Path | None, messages: list[str]) -> Outcome:
    """The sums of a ledger."""
    plan = ledger.plan
    errors = sum(finding.severity == "error" for finding in plan.findings)
    return Outcome(
        name,
        Exit.OK,
        messages,
        plan.coverage.numbered_items,
        plan.coverage.as_task,
        plan.coverage.as_other,
        plan.coverage.unread,
        sum(len(document.targets) for document in plan.documents),
        sum(len(document.deadlines) for document in plan.documents),
        errors,
        len(plan.findings) - errors,
        out,
    )


def write_file(ledger: Ledger, format_: str, out: Path) -> None:
    """Writes a ledger whole or not at all: a program that reads it never meets half of it.

    Raises:
        OSError: it cannot be written.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    half = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with half.open("wb") as file:
            write_to(ledger, format_, file)
        half.replace(out)
    finally:
        half.unlink(missing_ok=True)


def write_to(ledger: Ledger, format_: str, out: BinaryIO) -> None:
    writer(format_).write(ledger, out)
