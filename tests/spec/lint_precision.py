"""How many findings of each kind were right, where somebody judged them one by one.

`lint_judged_150.json` holds findings that `draw_findings` drew, each with its judgement; `lint_judged.json` holds what
was counted before, kind by kind, and why a rule was mended for it. What was judged before a rule was mended says
nothing of the rule as it is, so the two are counted apart.
"""

from pathlib import Path

import msgspec

FOLDER = Path(__file__).resolve().parent


class Draw(msgspec.Struct, frozen=True):
    """One draw: when, of which lint (a commit), over which documents, and the kinds that were mended after it."""

    name: str
    day: str
    lint: str
    seed: int
    documents: int
    of: str
    reported: int
    drawn: int
    mended: tuple[str, ...]


class Judgement(msgspec.Struct, frozen=True):
    """One finding by its place (code points), whether it is right, why, and the draws in which it was."""

    document: str
    start: int
    code: str
    right: bool
    why: str
    draws: tuple[str, ...]


class Drawn(msgspec.Struct, frozen=True):
    draws: tuple[Draw, ...]
    judged: tuple[Judgement, ...]

    def of(self, draw: Draw) -> list[Judgement]:
        return [judgement for judgement in self.judged if draw.name in judgement.draws]


class Counted(msgspec.Struct, frozen=True):
    """What was counted of a kind before findings were drawn."""

    code: str
    judged: int
    right: int
    mended: bool
    what: str


class Precision(msgspec.Struct):
    """Findings of one kind that were judged, and the right ones among them: of the rule as it is, and before."""

    judged: int = 0
    right: int = 0
    judged_before: int = 0
    right_before: int = 0

    def add(self, judged: int, right: int, *, mended: bool) -> None:
        if mended:
            self.judged_before += judged
            self.right_before += right
        else:
            self.judged += judged
            self.right += right


def drawn() -> Drawn:
    return msgspec.json.decode((FOLDER / "lint_judged_150.json").read_bytes(), type=Drawn)


def counted() -> list[Counted]:
    return msgspec.json.decode((FOLDER / "lint_judged.json").read_bytes(), type=list[Counted])


def precision(found: Drawn, before: list[Counted]) -> dict[str, Precision]:
    """By code. A finding counts once for the rule as it is and once for the rule before it was mended, if drawn then."""
    table: dict[str, Precision] = {}
    for entry in before:
        table.setdefault(entry.code, Precision()).add(entry.judged, entry.right, mended=entry.mended)
    for judgement in found.judged:
        of_code = table.setdefault(judgement.code, Precision())
        for mended in {_mended_since(judgement.code, name, found.draws) for name in judgement.draws}:
            of_code.add(1, int(judgement.right), mended=mended)
    return table


def _mended_since(code: str, name: str, draws: tuple[Draw, ...]) -> bool:
    at = next(i for i, draw in enumerate(draws) if draw.name == name)
    return any(code in draw.mended for draw in draws[at:])
