"""Why a figure is what it is: its sentence, and the cases of its numerator and denominator as lists."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.cases.evaluation.counts import COUNTS
from guatu.core.cases.evaluation.rates import RATES
from guatu.core.kernel.explained import Explained, Part
from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.cases.library import class_name
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.evaluation.selectors.counted import listed
from guatu.web.evaluation.selectors.figures import SCORE, Figure, Figures, Row
from guatu.web.evaluation.selectors.shown import Reader, row_of
from guatu.web.kit.table import Column, moment, text

MOST = 1000
MEAN_TIME = "mean-time"


@dataclass(frozen=True)
class ReasonCase:
    pk: int
    code: str
    class_name: str
    text: str
    unit: str
    opened_at: datetime.datetime
    in_part: bool
    """In the numerator too."""
    late: bool
    exempted: bool


@dataclass(frozen=True)
class Reason:
    title: str
    who: str
    sentence: str
    hidden: bool
    parts: list[tuple[str, str]]
    notes: list[str]
    """Sources, and what is not checked against them."""
    part_name: str
    whole_name: str
    part: int
    whole: int
    cases: list[ReasonCase]
    beside: list[ReasonCase]
    """Late cases whose appeal was granted: in neither numerator nor denominator."""
    unlisted: int
    """Cases that are counted and that the reader may not see, where that may be said; or beyond the longest list."""

    @property
    def columns(self) -> tuple[Column[ReasonCase], ...]:
        """What is shown of each case."""
        return (
            text("code", _("查询码"), lambda one: one.code, link=_address, css="text-nowrap", head=True),
            text("class", _("类别"), lambda one: one.class_name),
            text("text", _("情况描述"), lambda one: truncatechars(one.text, 60)),
            text("unit", _("承办单位"), lambda one: one.unit),
            moment("opened", _("上报时间"), lambda one: one.opened_at),
            text("part", _("计入%(name)s") % {"name": self.part_name}, lambda one: _("是") if one.in_part else _("否")),
            text("timer", _("时限状态"), lambda one: "", template="evaluation/_late.html"),
        )


def _address(one: ReasonCase) -> str:
    return reverse("case_detail", args=[one.pk])


def reason_of(actor: Actor, figures: Figures, key: str, code: str, language: Language) -> Reason | None:
    """The reason of one figure of one of those evaluated; None where there is no such figure."""
    row = row_of(figures, key)
    known = (*figures.measures, *(row.counts if row else ()), MEAN_TIME, SCORE)
    if row is None or code not in known or (code == SCORE and row.score is None):
        return None
    return _Made(actor, row, code, Reader(actor, language, figures)).reason()


class _Made:
    def __init__(self, actor: Actor, row: Row, code: str, reader: Reader) -> None:
        self.actor, self.row, self.code, self.reader, self.language = actor, row, code, reader, reader.language

    def reason(self) -> Reason:
        figure, row = self._figure(), self.row
        names = ("handled",) if self.code == MEAN_TIME else self.reader.parts(row, self.code)
        names = () if self.code == SCORE else names
        hidden = self._hidden()
        part = row.cases.get(names[0], []) if names and not hidden else []
        whole = row.cases.get(names[-1], []) if names and not hidden else []
        cases = self._cases([*dict.fromkeys((*whole, *part))], set(part))
        late = set(row.cases.get("exempted", ())) if not hidden else set()
        return Reason(
            title=self._title(),
            who=row.name,
            sentence=self.reader._kept().why if hidden else (figure.sentence(self.language) if figure else ""),
            hidden=hidden,
            parts=[] if hidden or figure is None else self._parts(figure.parts),
            notes=self._notes(figure),
            part_name=self._word(names[0]) if names else "",
            whole_name=self._word(names[-1]) if names else "",
            part=0 if hidden or not names else row.counts.get(names[0], 0),
            whole=0 if hidden or not names else row.counts.get(names[-1], 0),
            cases=cases,
            beside=self._cases(sorted(late), set()) if names and _of_handling(names) else [],
            unlisted=max(0, len({*whole, *part}) - len(cases)),
        )

    def _hidden(self) -> bool:
        if self.code in (SCORE, MEAN_TIME):
            return self.reader.hides_any(self.row)
        return self.reader.keeps_back(self.row, self.code)

    def _figure(self) -> Figure | None:
        if self.code == SCORE:
            return self.row.score
        return self.row.mean_time if self.code == MEAN_TIME else self.row.rates.get(self.code)

    def _title(self) -> str:
        if self.code in RATES:
            return self.reader.rate_name(self.code)
        return self._word(self.code) if self.code in COUNTS else ""

    def _word(self, name: str) -> str:
        return COUNTS[name].zh if self.language == "zh" else COUNTS[name].en

    def _parts(self, parts: tuple[Part, ...]) -> list[tuple[str, str]]:
        """What the figure is made of; a line of a scoring text with its whole sentence."""
        zh = self.language == "zh"
        return [
            (part.zh if zh else part.en, _text(part, self.language))
            for part in parts
            if part.key not in ("name", "part")
        ]

    def _notes(self, figure: Figure | None) -> list[str]:
        if figure is None:
            return []
        unchecked = figure.unverified if isinstance(figure, Explained) else ()
        return list(dict.fromkeys([*([figure.source] if figure.source else []), *unchecked]))

    def _cases(self, pks: list[int], part: set[int]) -> list[ReasonCase]:
        late, exempted = (set(self.row.cases.get(name, ())) for name in ("late", "exempted"))
        tree = unit_tree(self.actor.today)
        return [
            ReasonCase(
                pk=case.pk,
                code=case.code,
                class_name=class_name(case.pack, case.class_code, self.language),
                text=case.text,
                unit=tree.label(case.unit_id),
                opened_at=case.opened_at,
                in_part=case.pk in part,
                late=case.pk in late or case.late,
                exempted=case.pk in exempted,
            )
            # Cut only when those that the reader may not see are out.
            for case in listed(self.actor, pks)[:MOST]
        ]


def _text(part: Part, language: Language) -> str:
    value = part.value
    return value.sentence(language) if hasattr(value, "sentence") else part.text(language)


def _of_handling(names: tuple[str, ...]) -> bool:
    return any(name.startswith(("handled", "to_handle", "to_close", "closed", "overdue", "late")) for name in names)
