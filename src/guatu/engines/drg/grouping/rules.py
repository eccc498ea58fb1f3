"""Whether the rule of an ADRG holds for a stay, and if not, why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from guatu.engines.drg.grouping.record import Record
from guatu.engines.drg.grouping.trace import Trace
from guatu.engines.drg.scheme.model import Adrg, Scheme
from guatu.engines.drg.scheme.rule import Atom

Why = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Stay:
    """A record with the codes that the grouper understands; unknown ones are left out, the first ones keep
    their place."""

    record: Record
    scheme: Scheme
    dx: tuple[str, ...]
    procs: tuple[str, ...]

    @classmethod
    def of(cls, record: Record, scheme: Scheme, trace: Trace) -> Self:
        dx = [scheme.dx_of(code) or "" for code in record.dx]
        procs = [scheme.proc_of(code) or "" for code in record.procs]
        for written, code in zip((*record.dx, *record.procs), (*dx, *procs), strict=True):
            if code and code != written:
                trace.say("map", True, "mapped", code=written, to=code)
        return cls(record, scheme, tuple(dx), tuple(procs))

    @property
    def principal(self) -> str:
        return self.dx[0]

    @property
    def main(self) -> str:
        return self.procs[0]


def failure(adrg: Adrg, stay: Stay) -> Why | None:
    """Why the rule of the ADRG does not hold; None when it does."""
    for atom in adrg.rule:
        why = _TESTS[atom.kind](adrg, atom, stay)
        if why is not None:
            return why
    return None


def _dx(adrg: Adrg, _atom: Atom, stay: Stay) -> Why | None:
    return None if stay.principal in adrg.dx else ("no-dx", {"code": stay.principal})


def _anydx(adrg: Adrg, _atom: Atom, stay: Stay) -> Why | None:
    return None if adrg.dx.intersection(stay.dx) else ("no-anydx", {})


def _proc(adrg: Adrg, _atom: Atom, stay: Stay) -> Why | None:
    return None if stay.main in adrg.procs.get(1, ()) else ("no-proc", {"code": stay.main or "-"})


def _sets(adrg: Adrg, atom: Atom, stay: Stay) -> Why | None:
    hit = {number for number, codes in adrg.procs.items() if codes.intersection(stay.procs)}
    if any(hit.issuperset(alternative) for alternative in atom.alternatives):
        return None
    return "no-sets", {"sets": " | ".join("&".join(map(str, numbers)) for numbers in atom.alternatives)}


def _newborn(_adrg: Adrg, _atom: Atom, stay: Stay) -> Why | None:
    return None if stay.record.newborn else ("no-newborn", {})


def _weight(adrg: Adrg, _atom: Atom, stay: Stay) -> Why | None:
    least = adrg.weight_min_g or 0.0
    below = float("inf") if adrg.weight_below_g is None else adrg.weight_below_g
    weight = stay.record.weight_g
    if weight > 0 and least <= weight < below:
        return None
    return "no-weight", {"weight": f"{weight:g}", "range": f"[{least:g}, {below:g})"}


def _valid(_adrg: Adrg, _atom: Atom, stay: Stay) -> Why | None:
    return None if stay.main in stay.scheme.valid_proc else ("no-valid", {"code": stay.main or "-"})


def _no_valid(_adrg: Adrg, _atom: Atom, stay: Stay) -> Why | None:
    found = next((code for code in stay.procs if code in stay.scheme.valid_proc), None)
    return None if found is None else ("some-valid", {"code": found})


def _always(_adrg: Adrg, _atom: Atom, _stay: Stay) -> Why | None:
    return None


_TESTS: dict[str, Callable[[Adrg, Atom, Stay], Why | None]] = {
    "dx": _dx,
    "anydx": _anydx,
    "proc": _proc,
    "sets": _sets,
    "newborn": _newborn,
    "weight": _weight,
    "valid_proc": _valid,
    "no_valid_proc": _no_valid,
    "always": _always,
}
