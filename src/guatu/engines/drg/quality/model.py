"""A signal: something at a hospital that differs from the region, with the numbers that say how much. No verdict."""

from typing import Any, Protocol

import msgspec

from guatu.core.kernel.explained import Explained
from guatu.engines.drg.parameters.terms import Terms
from guatu.engines.drg.settlement.year import Year
from guatu.engines.drg.stays.columns import Stays
from guatu.engines.drg.weights.model import Weights


class Signal(msgspec.Struct, frozen=True):
    """`what` is the kind of signal (the name of its file); `about` a group, an ADRG, or nothing for the whole
    hospital."""

    what: str
    hospital: str
    about: str
    figure: Explained[Any]
    stays: tuple[str, ...] = ()
    """Ids of stays to look at first, at most `SHOWN`."""


SHOWN = 20


class Subject(msgspec.Struct, frozen=True):
    """What signals are looked for in."""

    stays: Stays
    weights: Weights
    terms: Terms
    levels: dict[str, str]


def subject_of(year: Year) -> Subject:
    return Subject(year.stays, year.weights, year.terms, dict(year.levels))


class Check(Protocol):
    """A module of this package with these two is a check."""

    NAME: tuple[str, str]

    def signals(self, subject: Subject) -> list[Signal]: ...
