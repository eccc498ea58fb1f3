"""An evaluation: who is evaluated, with counts, rates, score and place, and the cases behind each count.

What is computed live and what was published have one form, so that one page shows both.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

import msgspec
from django.utils.translation import gettext as _

from guatu.core.cases.evaluation.case_counts import counted_names
from guatu.core.cases.evaluation.counts import Tally, tally
from guatu.core.cases.evaluation.evaluate import MEASURES, Evaluated, Evaluation, evaluate
from guatu.core.cases.evaluation.ranking import ranks
from guatu.core.cases.evaluation.rates import RATES, Denominator, fraction
from guatu.core.cases.evaluation.sheet import Sheet
from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.row_finding import RowFinding
from guatu.core.pack.sections import posts
from guatu.web.base.actors import Actor
from guatu.web.base.models import User
from guatu.web.cases.library import evaluated_packs
from guatu.web.cases.models import Case
from guatu.web.directory.selectors.place_tree import PlaceTree, place_tree
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.evaluation.periods import Span
from guatu.web.evaluation.selectors.counted import Entry, entries_of, rubrics_of
from guatu.web.evaluation.selectors.denominators import denominators_on

Figure = Explained[float] | Unknown
NOBODY = ""
"""Key of what belongs to no area, unit or person; it is counted in the sums and has no place."""
LEVELS = ("town", "village")
SCORE = "score"
RANKED_BY: dict[str, str] = {
    "area": "handling-in-time",
    "unit": "handling-in-time",
    "post": "assigning-in-time",
    "collector": "checking-in-time",
}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which evaluation: of which pack, of whom, when, by which scoring text, in which order."""

    pack: str
    kind: Evaluated
    span: Span
    level: str = "town"
    sheet: str = ""
    by: str = ""


class Row(msgspec.Struct):
    """One of those evaluated, with the ids of the cases behind each count; `secret` are those that are confidential."""

    key: str
    name: str
    counts: dict[str, int]
    secret: dict[str, list[int]]
    cases: dict[str, list[int]]
    rates: dict[str, Figure]
    mean_time: Figure
    score: Figure | None = None
    rank: int | None = None


class Figures(msgspec.Struct):
    """All rows in the order of their places, and the sum over them."""

    measures: list[str]
    by: str
    sheet_name: tuple[str, str]
    rows: list[Row]
    total: Row
    computed_at: datetime.datetime
    findings: list[tuple[str, str]] = []


def figures_of(actor: Actor, asked: Asked, now: datetime.datetime) -> Figures:
    """The evaluation as it stands, from the cases that the actor may see."""
    entries = entries_of(actor, asked.pack, asked.span, now)
    return _Made(asked, entries).figures(now)


class _Made:
    def __init__(self, asked: Asked, entries: Sequence[Entry]) -> None:
        self.asked, self.on = asked, asked.span.ends_on
        self.settings = denominators_on(asked.pack, self.on)
        rubrics = rubrics_of(asked.pack)
        stages = rubrics.stages
        self.names = counted_names(stages) if stages else ()
        self.sheet = _sheet(rubrics.sheets, asked.sheet, self.on)
        self.key = _keys(asked, self.on)
        self.by_key: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            key = self.key(entry)
            if key is not None:
                self.by_key[key].append(entry)

    def figures(self, now: datetime.datetime) -> Figures:
        asked = self.asked
        counts = {key: self._counts(entries) for key, entries in self.by_key.items()}
        found, findings = evaluate(asked.kind, counts, self.on, self.settings, self.sheet)
        names = names_of(asked, counts, self.on)
        whole = self._counts([entry for entries in self.by_key.values() for entry in entries])
        sums, _more = evaluate(asked.kind, {NOBODY: whole}, self.on, self.settings, self.sheet)
        rows = [self._row(one.key, names[one.key], counts[one.key], one) for one in found]
        total = self._row(NOBODY, _("合计"), whole, sums[0], self.by_key.values())
        by = _ranked_by(asked, self.sheet)
        _place(rows, by, self.on, self.settings)
        # What belongs to nobody stands last, before it those without a place.
        rows.sort(key=lambda row: (row.key == NOBODY, row.rank is None, row.rank or 0, row.name, row.key))
        sheet_name = (self.sheet.zh, self.sheet.en) if self.sheet else ("", "")
        told = [_told(one, names) for one in findings]
        return Figures(list(MEASURES[asked.kind]), by, sheet_name, rows, total, now, told)

    def _counts(self, entries: Iterable[Entry]) -> dict[str, int]:
        """Every count that is taken is there, at 0 where nothing came; what is not taken is not."""
        found: Tally = tally((NOBODY, {one.counted.count: one.counted.amount}) for one in entries)
        return {**dict.fromkeys(self.names, 0), **found.get(NOBODY, {})}

    def _row(
        self, key: str, name: str, counts: dict[str, int], one: Evaluation, whole: Iterable[list[Entry]] | None = None
    ) -> Row:
        entries = self.by_key[key] if whole is None else [entry for part in whole for entry in part]
        cases: dict[str, dict[int, None]] = defaultdict(dict)
        secret: dict[str, set[int]] = defaultdict(set)
        for entry in entries:
            cases[entry.counted.count][entry.case] = None
            if entry.secret:
                secret[entry.counted.count].add(entry.case)
        return Row(
            key=key,
            name=name,
            counts=counts,
            secret={count: sorted(found) for count, found in secret.items()},
            # The sum's cases are those of the rows.
            cases={count: list(found) for count, found in cases.items()} if whole is None else {},
            rates=one.rates,
            mean_time=one.mean_time,
            score=one.scored.total if one.scored else None,
        )


def _sheet(sheets: Iterable[Sheet], code: str, on: datetime.date) -> Sheet | None:
    held = (sheet for sheet in sheets if sheet.code == code and sheet.valid_from <= on <= sheet.valid_to)
    return next(held, None)


def _ranked_by(asked: Asked, sheet: Sheet | None) -> str:
    # Without a sheet there is no score to go by.
    if asked.by == SCORE and sheet is not None:
        return SCORE
    return asked.by if asked.by in MEASURES[asked.kind] else RANKED_BY[asked.kind]


def _place(rows: list[Row], by: str, on: datetime.date, settings: Sequence[Denominator]) -> None:
    values: dict[str, Fraction | None] = {}
    for row in rows:
        if row.key == NOBODY:
            continue
        if by == SCORE:
            values[row.key] = Fraction(str(row.score.value)) if isinstance(row.score, Explained) else None
        else:
            values[row.key] = fraction(RATES[by], row.counts, on, settings)
    placed = ranks(values, by)
    for row in rows:
        row.rank = placed.get(row.key)


def _told(finding: RowFinding, names: Mapping[str, str]) -> tuple[str, str]:
    """The finding with the name in the place of the key."""
    named = msgspec.structs.replace(
        finding, params={**finding.params, "key": names.get(str(finding.params["key"]), "")}
    )
    return named.message("zh"), named.message("en")


# Whose an entry is.


def _keys(asked: Asked, on: datetime.date) -> Callable[[Entry], str | None]:
    """The key of an entry; None where this kind does not count it at all."""
    if asked.kind == "unit":
        return lambda entry: entry.counted.unit
    if asked.kind == "post":
        return lambda entry: f"{entry.counted.post}/{entry.counted.actor}" if entry.counted.post else None
    if asked.kind == "collector":
        return _collector
    areas = areas_of(place_tree(on), asked.level)
    return lambda entry: str(areas.get(entry.place or 0, NOBODY))


def _collector(entry: Entry) -> str | None:
    """What collectors report, verify and check; other work is not theirs."""
    one = entry.counted
    if one.count in ("reported", "valid_reported"):
        return one.actor if entry.source == Case.Source.COLLECTOR else None
    looked_at = ("to_verify", "verified_in_time", "to_check", "checked", "checked_in_time", "check_passed")
    return one.actor if one.count in looked_at else None


def areas_of(tree: PlaceTree, level: str) -> dict[int, int]:
    """The area of the level that each place lies in, or is."""
    found = {}
    # From above down: what a place lies in has its area by then.
    for _depth, node in tree.walk():
        if node.level == level:
            found[node.id] = node.id
        elif node.parent_id in found:
            found[node.id] = found[node.parent_id]
    return found


def names_of(asked: Asked, keys: Iterable[str], on: datetime.date) -> dict[str, str]:
    """What those evaluated are called on the day."""
    if asked.kind == "area":
        places = place_tree(on)
        named = {key: places.name(int(key)) if key else _("未定位") for key in keys}
    elif asked.kind == "unit":
        units = unit_tree(on)
        named = {key: units.label(int(key)) if key else _("未派遣") for key in keys}
    else:
        named = _people(asked, list(keys))
    return {key: name or key for key, name in named.items()}


def _people(asked: Asked, keys: list[str]) -> dict[str, str]:
    ids = {key: key.rsplit("/", 1)[-1] for key in keys}
    users = {str(user.pk): str(user) for user in User.objects.filter(pk__in=[pk for pk in ids.values() if pk])}
    held = evaluated_packs()[asked.pack][posts.SECTION].posts.by_id
    named = {}
    for key, pk in ids.items():
        post = key.rsplit("/", 1)[0] if asked.kind == "post" else ""
        who = users.get(pk) or _("未登录办理")
        named[key] = f"{held[post].zh if post in held else post} · {who}" if post else who
    return named
