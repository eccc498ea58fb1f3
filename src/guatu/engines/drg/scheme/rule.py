"""The rule of an ADRG: atoms joined by `+`, all of which must hold.

`dx` the main diagnosis is of the ADRG; `anydx` any diagnosis is; `proc` the main procedure is in set 1; `proc2` some
procedure is in set 1 and some in set 2; `sets:1|2&3` procedures hit set 1, or sets 2 and 3; `newborn`, `weight`,
`valid_proc`, `no_valid_proc`, `always` as their names say.
"""

import re
from dataclasses import dataclass
from typing import Literal

AtomKind = Literal["dx", "anydx", "proc", "sets", "newborn", "weight", "valid_proc", "no_valid_proc", "always"]
Alternatives = tuple[tuple[int, ...], ...]

_PLAIN: dict[str, AtomKind] = {
    "dx": "dx",
    "anydx": "anydx",
    "proc": "proc",
    "newborn": "newborn",
    "weight": "weight",
    "valid_proc": "valid_proc",
    "no_valid_proc": "no_valid_proc",
    "always": "always",
}
_SETS = re.compile(r"sets:([1-9]\d?(?:&[1-9]\d?)*(?:\|[1-9]\d?(?:&[1-9]\d?)*)*)")


@dataclass(frozen=True, slots=True)
class Atom:
    kind: AtomKind
    alternatives: Alternatives = ()
    """Of `sets`: sets that must all be hit, by alternative."""

    @property
    def sets(self) -> frozenset[int]:
        """Sets of procedures that the atom looks into."""
        if self.kind == "proc":
            return frozenset({1})
        return frozenset(number for alternative in self.alternatives for number in alternative)


Rule = tuple[Atom, ...]


def parse_rule(text: str) -> Rule | None:
    """The atoms of a rule, or None where the text is no rule."""
    atoms = [_atom(part) for part in text.split("+")]
    found = [atom for atom in atoms if atom is not None]
    return tuple(found) if len(found) == len(atoms) else None


def _atom(text: str) -> Atom | None:
    if text in _PLAIN:
        return Atom(_PLAIN[text])
    if text == "proc2":
        return Atom("sets", ((1, 2),))
    sets = _SETS.fullmatch(text)
    if sets is None:
        return None
    return Atom("sets", tuple(tuple(map(int, part.split("&"))) for part in sets[1].split("|")))


def sets_of(rule: Rule) -> frozenset[int]:
    return frozenset(number for atom in rule for number in atom.sets)


def uses(rule: Rule, *kinds: AtomKind) -> bool:
    return any(atom.kind in kinds for atom in rule)
