"""Orders that come of somebody's word: a leader's instruction, a decision of a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guatu.web.base.actions import Context
from guatu.web.base.actions.action import require
from guatu.web.dispatch.actions.issue_order import IssueOrder

LONGEST_SUBJECT = 60


@dataclass(frozen=True)
class OrderByWord(IssueOrder):
    """An order whose ground is a word given: the right is that of who gave it, not that of the office."""

    name = "dispatch.order-by-word"
    given: ClassVar[str] = ""

    def permit(self, context: Context) -> None:
        require(context, self.given, self.unit)


@dataclass(frozen=True)
class OrderOfLeader(OrderByWord):
    name = "dispatch.order-of-leader"
    given = "instruction.write"


@dataclass(frozen=True)
class OrderOfMeeting(OrderByWord):
    name = "dispatch.order-of-meeting"
    given = "meeting.edit"


def subject_of(text: str) -> str:
    """The first sentence of the words, as the subject of the order."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "").split("。")[0]
    return first if len(first) <= LONGEST_SUBJECT else f"{first[: LONGEST_SUBJECT - 1]}…"
