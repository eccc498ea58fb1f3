"""What a comparison says."""

from typing import Literal

import msgspec

from guatu.core.kernel.span import Span
from guatu.core.plan.model import Deadline, Duty, Target

ChangeKind = Literal[
    "moved",
    "renumbered",
    "retitled",
    "reworded",
    "duty-added",
    "duty-removed",
    "duty-role",
    "target-added",
    "target-removed",
    "target-changed",
    "deadline-added",
    "deadline-removed",
    "deadline-changed",
]

Level = Literal["task", "document"]

Value = str | list[str] | Duty | Target | Deadline


class Change(msgspec.Struct, frozen=True):
    """One thing that differs; `old` is None for what came, `new` for what went.

    `moved` and `retitled` hold titles, `renumbered` paths, `reworded` nothing but its kind, the others the item itself.
    """

    kind: ChangeKind
    old: Value | None = None
    new: Value | None = None


class ItemRef(msgspec.Struct, frozen=True):
    """A task (or, with an empty path and id, a whole document) in one of the two versions."""

    id: str
    path: list[str]
    title: str
    document: str
    annex: str | None
    span: Span


class TaskChange(msgspec.Struct, frozen=True):
    """One task that came, went or differs. At level `document`: a plan or annex, with what belongs to none of its
    tasks."""

    level: Level
    kind: Literal["added", "removed", "changed"]
    old: ItemRef | None
    new: ItemRef | None
    changes: list[Change] = []
