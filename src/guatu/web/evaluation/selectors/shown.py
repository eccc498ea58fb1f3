"""An evaluation as a reader may see it: cells with their reason, and what would give confidential cases away
kept back."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from guatu.core.cases.evaluation.counts import COUNTS
from guatu.core.cases.evaluation.rates import RATES
from guatu.core.cases.evaluation.secrecy import LEAST, rate_reveals, reveals
from guatu.core.kernel.explained import Explained, Unknown, show
from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.cases.selectors.visible import visible
from guatu.web.evaluation.selectors.figures import SCORE, Figure, Figures, Row

LEADING = {
    "area": ("reported", "filed", "to_handle", "to_close", "closed", "overdue_unhandled", "late", "exempted"),
    "unit": ("to_handle", "handled", "overdue_unhandled", "to_close", "closed", "late", "exempted"),
    "post": ("accepted", "filed", "dispatched", "errors"),
    "collector": ("reported", "to_check", "checked"),
}
"""Counts that stand before the rates."""


@dataclass(frozen=True)
class Cell:
    """`value` is None where there is none; then `text` says 无 and `why` the reason."""

    text: str
    why: str = ""
    value: float | int | None = None
    hidden: bool = False
    code: str = ""


@dataclass(frozen=True)
class ShownRow:
    key: str
    name: str
    rank: int | None
    counts: list[Cell]
    rates: list[Cell]
    mean_time: Cell
    score: Cell | None
    before: Cell | None
    """The rate that is ranked by, in the period before."""
    change: str = ""
    more: bool = False
    """Better than before or worse: the sign of the change in the figure."""


@dataclass(frozen=True)
class Shown:
    counts: list[tuple[str, str]]
    measures: list[tuple[str, str]]
    rows: list[ShownRow]
    total: ShownRow
    kept_back: int = 0
    """Figures that are not shown because of confidential cases."""
    findings: list[str] = field(default_factory=list)


class Reader:
    """What one reader may see of an evaluation: all of it, or without what reveals cases that they may not know of."""

    def __init__(self, actor: Actor, language: Language, figures: Figures) -> None:
        self.language = language
        secret = {pk for found in figures.total.secret.values() for pk in found}
        known = visible(actor).filter(pk__in=secret).values_list("pk", flat=True) if secret else ()
        self.unseen = frozenset(secret - set(known))

    def hides(self, row: Row, count: str) -> int:
        """How many cases of a count the reader may not know of."""
        return len(self.unseen.intersection(row.secret.get(count, ())))

    def hides_any(self, row: Row) -> bool:
        """Whether some count of the row would give such cases away."""
        return any(reveals(self.hides(row, count)) for count in row.secret)

    def shown(self, figures: Figures, kind: str, before: Figures | None = None) -> Shown:
        counts = [name for name in LEADING[kind] if name in figures.total.counts]
        earlier = {row.key: row for row in before.rows} if before else {}
        rows = [self._row(row, figures, counts, earlier.get(row.key)) for row in figures.rows]
        total = self._row(figures.total, figures, counts, before.total if before else None, True)
        cells = [cell for row in (*rows, total) for cell in (*row.counts, *row.rates)]
        findings = [zh if self.language == "zh" else en for zh, en in figures.findings]
        return Shown(
            counts=[(name, self._word(name)) for name in counts],
            measures=[(code, self.rate_name(code)) for code in figures.measures],
            rows=rows,
            total=total,
            kept_back=sum(cell.hidden for cell in cells),
            findings=[] if self.unseen else findings,
        )

    def rate_name(self, code: str) -> str:
        return RATES[code].zh if self.language == "zh" else RATES[code].en

    def _word(self, name: str) -> str:
        return COUNTS[name].zh if self.language == "zh" else COUNTS[name].en

    def _row(self, row: Row, figures: Figures, counts: list[str], before: Row | None, whole: bool = False) -> ShownRow:
        by = figures.by
        now = self._ranked(row, by, whole)
        earlier = self._ranked(before, by, whole) if before else None
        change, more = _change(now, earlier, by)
        private = bool(self.unseen) if whole else self.hides_any(row)
        return ShownRow(
            key=row.key,
            name=row.name if not whole else _("合计"),
            rank=None if private else row.rank,
            counts=[self._count(row, name, whole) for name in counts],
            rates=[self.cell(row, code, whole) for code in figures.measures],
            mean_time=self._kept() if private else self._figure(row.mean_time, "mean-time"),
            score=None if row.score is None else (self._kept() if private else self._figure(row.score, SCORE)),
            before=earlier,
            change=change,
            more=more,
        )

    def _ranked(self, row: Row, by: str, whole: bool) -> Cell:
        if by != SCORE:
            return self.cell(row, by, whole)
        private = bool(self.unseen) if whole else self.hides_any(row)
        return self._kept() if private or row.score is None else self._figure(row.score, SCORE)

    def _count(self, row: Row, name: str, whole: bool) -> Cell:
        if self._secret(row, (name,), whole):
            return self._kept(name)
        return Cell(show(row.counts[name], "", self.language), "", row.counts[name], code=name)

    def cell(self, row: Row, code: str, whole: bool = False) -> Cell:
        """One rate of a row."""
        return self._kept(code) if self.keeps_back(row, code, whole) else self._figure(row.rates[code], code)

    def keeps_back(self, row: Row, code: str, whole: bool = False) -> bool:
        """Whether a rate or count of the row would give confidential cases away to this reader."""
        return self._secret(row, self.parts(row, code), whole)

    def parts(self, row: Row, code: str) -> tuple[str, ...]:
        """The counts of a rate, numerator first; a count stands for itself."""
        if code not in RATES:
            return (code,)
        figure = row.rates.get(code)
        named = {part.key: part.value for part in figure.parts} if figure is not None else {}
        over = next((name for name, word in COUNTS.items() if word == named.get("over")), "")
        return (RATES[code].numerator, over) if over else (RATES[code].numerator,)

    def _secret(self, row: Row, names: tuple[str, ...], whole: bool) -> bool:
        if whole or not self.unseen:
            return bool(self.unseen)
        found = [self.hides(row, name) for name in names]
        return rate_reveals(found[0], found[-1])

    def _kept(self, code: str = "") -> Cell:
        return Cell(_("不显示"), _("含不足 %(least)d 件保密案件,不显示。") % {"least": LEAST}, None, True, code)

    def _figure(self, figure: Figure, code: str) -> Cell:
        why = figure.sentence(self.language)
        if isinstance(figure, Unknown):
            return Cell(_("无"), why, code=code)
        return Cell(_short(figure, self.language), why, figure.value, code=code)


def _short(figure: Explained[float], language: Language) -> str:
    """Two decimals, as bulletins print them; the reason has all of them."""
    if figure.unit == "1":
        return f"{figure.value * 100:.2f}%"
    return show(round(figure.value, 2), figure.unit, language)


def _change(now: Cell, before: Cell | None, by: str) -> tuple[str, bool]:
    """The difference to the period before, in points of a percentage where it is a rate."""
    if before is None or now.value is None or before.value is None:
        return "", False
    found = (now.value - before.value) * (1 if by == SCORE else 100)
    return (f"{found:+.2f}" if abs(found) >= 0.005 else "0.00"), found >= 0.005


def row_of(figures: Figures, key: str) -> Row | None:
    return next((row for row in figures.rows if row.key == key), None)
