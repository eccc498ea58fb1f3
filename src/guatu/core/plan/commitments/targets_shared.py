"""Several metrics before one 分别, several values behind it: A率、B率分别达到85%、90%以上."""

from typing import Final

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.targets_metric import plain
from guatu.core.plan.model import Comparison

_RESPECTIVELY: Final = regex(r"(?:\s*\d{1,2}[.、])?(.{3,}?)(?:力争|要|均|应)?分别(.{0,8})$")
_YEAR: Final = regex(r"(?:20\d\d年?|[一二三四]季度|[上下]半年)[底末]?")
_CHANGES: Final = regex(r"增长|下降|提高|降低|减少|压减|增加")
_BETWEEN_NAMES: Final = regex(r"、|以及|[和与及]")
_BETWEEN_VALUES: Final = regex(r"(?:以上|以下|以内|左右)?(?:、|,|以及|[和与及])")


class Shared(msgspec.Struct):
    """The metrics that still wait for their value."""

    names: list[str]
    op: Comparison
    first: int
    """Index of the first target of the group among those of its paragraph."""


def shared_names(before: str) -> list[str]:
    """The metrics in front of 分别, in order; empty where there are fewer than two."""
    found = _RESPECTIVELY.search(before)
    if not found:
        return []
    change = _CHANGES.match(found[2])
    parts = _BETWEEN_NAMES.split(found[1])
    if len(parts) > 1 and all(_YEAR.fullmatch(part) for part in parts):
        return [f"{found[2]}({part})" for part in parts]
    names = [plain(part) for part in parts]
    if len(names) < 2 or not all(names):
        return []
    return [name + (change[0] if change else "") for name in _completed(names)]


def _completed(names: list[str]) -> list[str]:
    """农业、工业增加值: what only the last one spells out belongs to all."""
    *others, last = names
    width = len(others[0])
    alike = width <= 3 and all(len(name) == width and name[-1] not in "率值量积" for name in others)
    return [name + last[width:] for name in others] + [last] if alike else names


def joins(between: str) -> bool:
    """Is what stands between two values only the joint of a list?"""
    return _BETWEEN_VALUES.fullmatch(between) is not None
