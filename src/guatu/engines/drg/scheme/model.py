"""A scheme that can be grouped by: every reference in it has been checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guatu.engines.drg.scheme.rule import Rule

Entry = Literal["none", "principal", "multi_trauma"]
Condition = Literal["mcc", "mcc_or_cc", "any"]
Partition = Literal["surgical", "procedure", "medical"]
Qy = Literal["off", "main", "any"]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a scheme says of itself; `qy` overrides the column of `mdc.tsv` where it is set."""

    name: str
    version: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    edition: str = ""
    source: str = ""
    qy: Qy | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class Drg:
    code: str
    condition: Condition
    name: str


@dataclass(frozen=True, slots=True)
class Adrg:
    """`weight_min_g` <= weight < `weight_below_g`, in grams; None is no bound."""

    code: str
    mdc: str
    partition: Partition
    rule: Rule
    rule_text: str
    dx: frozenset[str]
    procs: Mapping[int, frozenset[str]]
    weight_min_g: float | None
    weight_below_g: float | None
    drgs: tuple[Drg, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Mdc:
    """`regions` of the body by diagnosis, for the entry `multi_trauma`; `adrgs` in the order in which they are
    tried."""

    code: str
    entry: Entry
    condition: str
    qy: Qy
    dx: frozenset[str]
    regions: Mapping[str, str]
    adrgs: tuple[Adrg, ...]
    name: str

    @property
    def qy_at(self) -> int | None:
        """Before which ADRG the QY group is tried; None when it is switched off."""
        if self.qy == "off":
            return None
        return next((n for n, adrg in enumerate(self.adrgs) if adrg.partition == "medical"), len(self.adrgs))

    @property
    def qy_code(self) -> str:
        return f"{self.code}QY"


@dataclass(frozen=True, slots=True)
class Scheme:
    """All tables; `mdcs` in the order in which they are tried."""

    manifest: Manifest
    mdcs: tuple[Mdc, ...]
    cc: Mapping[str, str]
    mcc: Mapping[str, str]
    exclusion: Mapping[str, str]
    valid_proc: frozenset[str]
    dx_name: Mapping[str, str]
    proc_name: Mapping[str, str]
    dx_map: Mapping[str, str]
    proc_map: Mapping[str, str]
    known_dx: frozenset[str]
    known_proc: frozenset[str]

    def dx_of(self, written: str) -> str | None:
        """The code that the grouper understands; None for one that it does not know.

        A code of the scheme's own edition stays as it is; only others are looked up in the map.
        """
        return written if written in self.known_dx else self.dx_map.get(written)

    def proc_of(self, written: str) -> str | None:
        return written if written in self.known_proc else self.proc_map.get(written)
