"""A target as it leaves the grammar."""

import msgspec

from guatu.core.plan.model import BaseQuantity, Comparison


class TargetDraft(msgspec.Struct, frozen=True):
    """A target in working positions, not yet tied to a task; `deadline` is the year of its column, where a table says
    one."""

    start: int
    end: int
    metric: str
    scope: str | None
    op: Comparison
    value: float | int | list[float | int]
    unit: str
    quantity: BaseQuantity | None
    deadline: str | None = None
