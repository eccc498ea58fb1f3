"""What changed inside one task: its duties, targets and deadlines."""

from collections.abc import Sequence

from guatu.core.plan.diff.changes import Change
from guatu.core.plan.diff.likeness import likeness, pairs, plain
from guatu.core.plan.diff.matching import Couples, match_best, match_equal
from guatu.core.plan.model import Deadline, Duty, Target

SAME_METRIC = 0.6
"""Least likeness of two metrics at which a target is the same with another wording."""
MOST_TARGETS = 200
"""Of a task with more targets than this left over, only those with an equal metric are compared."""


def duty_changes(old: Sequence[Duty], new: Sequence[Duty]) -> list[Change]:
    """Units that came, went or have another role."""
    same = match_equal([(d.role, plain(d.unit)) for d in old], [(d.role, plain(d.unit)) for d in new])
    gone = [d for i, d in enumerate(old) if i not in same]
    came = [d for j, d in enumerate(new) if j not in set(same.values())]
    role = match_equal([plain(d.unit) for d in gone], [plain(d.unit) for d in came])
    return [
        *(Change("duty-role", gone[i], came[j]) for i, j in role.items()),
        *(Change("duty-removed", d, None) for i, d in enumerate(gone) if i not in role),
        *(Change("duty-added", None, d) for j, d in enumerate(came) if j not in set(role.values())),
    ]


def target_changes(old: Sequence[Target], new: Sequence[Target]) -> list[Change]:
    """Targets that came, went, or say another value, unit, comparison, time or metric."""
    equal, differing = target_couples(old, new)
    back = {j: i for i, j in (*equal.items(), *differing.items())}
    return [
        *(Change("target-changed", old[i], new[j]) for i, j in sorted(differing.items())),
        *(Change("target-removed", t, None) for i, t in enumerate(old) if i not in equal and i not in differing),
        *(Change("target-added", None, t) for j, t in enumerate(new) if j not in back),
    ]


def target_couples(old: Sequence[Target], new: Sequence[Target]) -> tuple[Couples, Couples]:
    """Places of the targets that are one in both lists: those that say the same, and those that say another thing."""
    equal = match_equal([_whole(t) for t in old], [_whole(t) for t in new])
    left = [i for i in range(len(old)) if i not in equal]
    right = [j for j in range(len(new)) if j not in set(equal.values())]
    by_name = match_equal([_name(old[i]) for i in left], [_name(new[j]) for j in right])
    if len(left) <= MOST_TARGETS and len(right) <= MOST_TARGETS:
        metrics = [pairs(plain(old[i].metric)) for i in left], [pairs(plain(new[j].metric)) for j in right]
        everything = [(i, j) for i in range(len(left)) for j in range(len(right))]

        def score(i: int, j: int) -> float | None:
            value = likeness(metrics[0][i], metrics[1][j])
            return value if value >= SAME_METRIC and old[left[i]].unit == new[right[j]].unit else None

        by_name = match_best(everything, score, by_name)
    return equal, {left[i]: right[j] for i, j in by_name.items()}


def deadline_changes(old: Sequence[Deadline], new: Sequence[Deadline]) -> list[Change]:
    """Time limits that came or went; those left over on both sides are one changed limit each, in their order."""
    same = match_equal([d.iso for d in old], [d.iso for d in new])
    gone = [d for i, d in enumerate(old) if i not in same]
    came = [d for j, d in enumerate(new) if j not in set(same.values())]
    both = min(len(gone), len(came))
    return [
        *(Change("deadline-changed", a, b) for a, b in zip(gone, came, strict=False)),
        *(Change("deadline-removed", d, None) for d in gone[both:]),
        *(Change("deadline-added", None, d) for d in came[both:]),
    ]


def _name(target: Target) -> tuple[str, str]:
    return plain(target.scope or ""), plain(target.metric)


def _whole(target: Target) -> tuple[object, ...]:
    value = tuple(target.value) if isinstance(target.value, list) else (target.value,)
    return (*_name(target), target.op, value, target.unit, target.deadline)
