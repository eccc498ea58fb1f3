"""What a plan makes of the one above it, as text and as JSON: what `guatu diff --above` prints."""

from collections.abc import Iterator

import msgspec

from guatu.adapters.writers import Ledger
from guatu.adapters.writers.phrases import iso_phrase, path_phrase, target_phrase
from guatu.cli.messages import Say
from guatu.core.plan.diff.above import ANSWERS, GoalComparison, Line, Said, compare_with_above
from guatu.core.plan.source.reading import Lines

SCHEMA = "guatu.above/1"
_ANSWERS = {
    "held": ("=", "above.held"),
    "weaker": ("<", "above.weaker"),
    "missing": ("-", "above.missing"),
    "unknown": ("?", "above.unknown"),
}
"""The sign and the word of each answer."""


def show_above(higher: Ledger, lower: Ledger, format_: str, say: Say) -> None:
    """Prints the comparison of two compiled plans."""
    found = compare_with_above(higher.plan, lower.plan, higher_text=higher.text, lower_text=lower.text)
    if format_ == "json":
        print(msgspec.json.format(msgspec.json.encode(_whole(higher, lower, found, say)), indent=1).decode())
        return
    print(f"--- {higher.plan.source.name}\n+++ {lower.plan.source.name}")
    for line in lines(found, Lines(higher.text), Lines(lower.text), say):
        print(line)


def lines(found: GoalComparison, higher: Lines, lower: Lines, say: Say) -> Iterator[str]:
    """A goal and its answer, what both plans say with the lines of their texts, and why the answer is so."""
    for line in found.lines:
        sign, word = _ANSWERS[line.answer]
        yield f"{sign} {say(word)} {_name(line.higher)}"
        if line.answer != "held":
            yield f"    {say('above.higher')} {_said(line.higher, higher, say)}"
            if line.lower is not None:
                yield f"    {say('above.lower')} {_said(line.lower, lower, say)}"
            yield from (f"    {reason}" for reason in line.reasons(say.language))
    if not found.lines:
        yield say("above.none")
        return
    yield ""
    yield say("above.sum", **{answer: found.count(answer) for answer in ANSWERS})
    if found.others:
        yield say("above.others", count=found.others)


def _name(said: Said) -> str:
    return f"{path_phrase(said.path)} {said.name}".strip()


def _said(said: Said, places: Lines, say: Say) -> str:
    at = say("above.line", line=places.at(said.span.start)[0])
    if said.target is not None:
        bare = msgspec.structs.replace(said.target, deadline=said.deadline)
        return f"{target_phrase(bare, say.language)} [{at}]"
    limit = f" {iso_phrase(said.deadline, say.language)}" if said.deadline else ""
    return f"{said.name}{limit} [{at}]"


def _whole(higher: Ledger, lower: Ledger, found: GoalComparison, say: Say) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "higher": higher.plan.source,
        "lower": lower.plan.source,
        "higher_area": found.higher_area,
        "lower_area": found.lower_area,
        "counts": {answer: found.count(answer) for answer in ANSWERS},
        "others": found.others,
        "lines": [_line(line, say) for line in found.lines],
    }


def _line(line: Line, say: Say) -> dict[str, object]:
    parts = [{**msgspec.to_builtins(part), "message": part.message(say.language)} for part in line.parts]
    return {**msgspec.to_builtins(line), "parts": parts}
