"""Counting hits of stays by hospital, and which hospitals stand out."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guatu.core.kernel.explained import Label, Part
from guatu.engines.drg.parameters.terms import Terms
from guatu.engines.drg.quality.model import SHOWN
from guatu.engines.drg.quality.statistics import share, z_of_shares
from guatu.engines.drg.stays.columns import Ints, Stays

OF = Label("of", "病例", "stays")
HITS = Label("hits", "其中", "of these")
SHARE = Label("share", "占比", "share")
OTHERS = Label("others", "其他医院占比", "share at the other hospitals")
Z = Label("z", "相差标准误", "standard errors apart")


@dataclass(frozen=True)
class Standout:
    """A hospital whose share differs from that of the others by more than the limit."""

    hospital: str
    z: float
    parts: tuple[Part, ...]
    rows: Ints
    """Positions of its hits (of its other stays, where the share is too low)."""

    def ids(self, stays: Stays) -> tuple[str, ...]:
        return tuple(str(id_) for id_ in stays.id[self.rows[:SHOWN]])

    @property
    def share(self) -> float:
        found = next(part.value for part in self.parts if part.key == "share")
        assert isinstance(found, float)
        return found


def standouts(
    stays: Stays, among: NDArray[np.bool_], hit: NDArray[np.bool_], terms: Terms, *, low: bool = False
) -> Iterator[Standout]:
    """Hospitals with more hits among some stays than all others together (`low`: with fewer), and enough stays."""
    size = len(stays.hospital.words)
    of = np.bincount(stays.hospital.at[among], minlength=size)
    hits = np.bincount(stays.hospital.at[among & hit], minlength=size)
    total, all_hits = int(of.sum()), int(hits.sum())
    for at, word in enumerate(stays.hospital.words):
        mine, found = int(of[at]), int(hits[at])
        if mine < terms.signal_min_cases:
            continue
        z = z_of_shares(found, mine, all_hits - found, total - mine)
        if (-z if low else z) <= float(terms.signal_z):
            continue
        others = share(all_hits - found, total - mine)
        wanted = among & (~hit if low else hit) & (stays.hospital.at == at)
        parts = (
            OF.of(mine, "stay"), HITS.of(found, "stay"), SHARE.of(share(found, mine), "1"), OTHERS.of(others, "1"),
            Z.of(round(z, 2)), terms.part("signal_z"), terms.part("signal_min_cases"),
        )  # fmt: skip
        yield Standout(word, z, parts, np.flatnonzero(wanted).astype(np.int64))
