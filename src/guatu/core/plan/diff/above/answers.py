"""What the comparison with a higher plan says: an answer for each of its goals, with its parts and their reasons."""

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import msgspec

from guatu.core.kernel.finding import Language
from guatu.core.kernel.span import Span
from guatu.core.plan.diff.above.reasons import REASONS
from guatu.core.plan.model import Target

Answer = Literal["weaker", "missing", "unknown", "held"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)
"""From the answer that most needs looking at to the one that needs none: of several parts the first decides."""

Aspect = Literal["indicator", "figure", "scope", "deadline"]


class Part(msgspec.Struct, frozen=True):
    """One aspect of a goal: its answer and why. `params` are the words that the reason's sentence takes."""

    aspect: Aspect
    answer: Answer
    reason: str
    params: Mapping[str, str] = {}

    def message(self, language: Language = "zh") -> str:
        zh, en = REASONS[self.reason]
        return (zh if language == "zh" else en).format(**self.params)


class Said(msgspec.Struct, frozen=True):
    """What one of the plans says: a target, or a task with its time limit.

    `deadline` is the last day that the time limit leaves, or the limit as it is written where its year is not said.
    """

    id: str
    name: str
    document: str
    path: list[str]
    task: str
    span: Span
    scope: str = ""
    target: Target | None = None
    deadline: str | None = None


class Line(msgspec.Struct, frozen=True):
    """A goal of the higher plan and what the lower one makes of it; `lower` is None where it says nothing of it."""

    kind: Literal["target", "task"]
    higher: Said
    lower: Said | None
    parts: Sequence[Part]
    answer: Answer

    def reasons(self, language: Language = "zh") -> list[str]:
        """Why the answer is so, what weighs most first; nothing that was held, but where all was."""
        told = [part for part in self.parts if part.answer != "held"] or list(self.parts)
        return [part.message(language) for part in sorted(told, key=lambda part: ANSWERS.index(part.answer))]


class GoalComparison(msgspec.Struct, frozen=True):
    """All goals of the higher plan in its order.

    `others` counts the shares that it gives to other places, which are no matter of the lower plan. The areas are empty
    where the plans do not say for which they are made.
    """

    lines: list[Line]
    others: int
    higher_area: str
    lower_area: str

    def count(self, answer: Answer) -> int:
        return sum(line.answer == answer for line in self.lines)


def line_of(kind: Literal["target", "task"], higher: Said, lower: Said | None, parts: Sequence[Part]) -> Line:
    """The worst part decides: a goal is held only where each of its parts is."""
    return Line(kind, higher, lower, parts, min((part.answer for part in parts), key=ANSWERS.index))
