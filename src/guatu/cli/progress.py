"""A bar on standard error while many files are compiled, where that is a terminal."""

import sys
from collections.abc import Iterable, Iterator

from guatu.cli.compiling import Outcome
from guatu.cli.messages import Say


def watched(outcomes: Iterable[Outcome], total: int, say: Say) -> Iterator[Outcome]:
    """The outcomes as they come; the messages of each are told at once."""
    return _with_bar(outcomes, total, say) if sys.stderr.isatty() else _plainly(outcomes)


def _plainly(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    for outcome in outcomes:
        for message in outcome.messages:
            print(message, file=sys.stderr)
        yield outcome


def _with_bar(outcomes: Iterable[Outcome], total: int, say: Say) -> Iterator[Outcome]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, markup=False, highlight=False)
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*parts, console=console, transient=True) as bar:
        task = bar.add_task(say("done.progress"), total=total)
        for outcome in outcomes:
            for message in outcome.messages:
                console.print(message)
            bar.advance(task)
            yield outcome
