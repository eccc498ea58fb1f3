"""The form of a step: a control for each field that the flow asks for, by its kind, and what may be done."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from guatu.core.calendar.clock import Limit
from guatu.core.cases.case_fields import CaseField
from guatu.core.cases.case_floors import floor_of
from guatu.core.cases.flow import FieldNeed, Move, Node, moves, turns_down
from guatu.core.kernel.explained import Explained
from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.cases.history import Standing
from guatu.web.cases.library import condition_words
from guatu.web.cases.selectors.suggestion import suggestion
from guatu.web.cases.wording import LIMIT_UNITS
from guatu.web.directory.selectors.tree import UnitTree

Options = list[tuple[str, str]]
CONTROLS = {"lines": "area", "day": "date", "photo": "file", "file": "file"}
"""Controls that are no line of text; kinds with options are chosen from."""
CHOSEN = ("choice", "truth", "class", "condition", "unit")


@dataclass(frozen=True)
class StepField:
    name: str
    label: str
    kind: str
    """text, area, date, file, or choice."""
    required: bool
    value: str = ""
    options: Options = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    accept: str = ""


@dataclass(frozen=True)
class StepForm:
    step: str
    name: str
    fields: list[StepField]
    forward: Options
    back: Options
    aside: Options = field(default_factory=list)
    """What may be said to have happened, the step undone."""
    early: str = ""
    """Why it cannot be done yet, and from when on it can."""


def node_name(node: Node, language: Language) -> str:
    return (node.name_en if language == "en" else node.name) or node.name or node.id


def move_name(move: Move, language: Language) -> str:
    return (move.name_en if language == "en" else move.name) or move.name or _("完成")


def limit_words(limit: Limit) -> str:
    """The limit as a page says it, with its floor and the hours of its working day."""
    words = f"{limit.amount:g} {LIMIT_UNITS.get(limit.unit, limit.unit)}"
    if limit.hours_per_day:
        words += _("(每日 %(hours)g 小时)") % {"hours": limit.hours_per_day}
    return words + _(",至少 %(least)g") % {"least": limit.at_least} if limit.at_least else words


@dataclass(frozen=True)
class StepForms:
    """Makes the forms of the open steps of a case for a reader."""

    actor: Actor
    found: Standing
    tree: UnitTree
    language: Language
    now: datetime.datetime

    def form(self, node: Node) -> StepForm:
        chosen = moves(self.found.engine.flow, node.id, self.found.state.barred)
        words = [(self._how(move), (move.key, self._move_name(move))) for move in chosen]
        forward, back, aside = (
            [word for how, word in words if how == which] for which in ("forward", "return", "aside")
        )
        fields = [self._field(need) for need in node.fields]
        return StepForm(node.id, node_name(node, self.language), fields, forward, back, aside, self._early(node))

    def _how(self, move: Move) -> str:
        """Moves that need a reason and nothing else stand together: sending back, and turning down."""
        if turns_down(self.found.engine.flow, move):
            return "return"
        return "aside" if move.aside else move.verb

    def _early(self, node: Node) -> str:
        try:
            floor = floor_of(self.found.clocks, node.id, self.now, self.found.work)
        except LookupError as error:
            return str(error)
        if floor is None or (isinstance(floor, Explained) and self.now >= floor.value):
            return ""
        return floor.sentence(self.language)

    def _move_name(self, move: Move) -> str:
        """An event without a name is called by its id: 完成 would say that the step is done."""
        return move_name(move, self.language) if move.name or not move.aside else move.key

    def unit(self) -> StepField:
        """The units from which the desk chooses who has the case."""
        declared = CaseField(name="unit", kind="unit", zh=_("承办单位"), en=_("承办单位"))
        return self._control(declared, required=True)

    def _field(self, need: FieldNeed) -> StepField:
        known = self.found.state.data.get(need.name)
        return self._control(self.found.engine.fields.field(need.name), need.required and not known)

    def _control(self, declared: CaseField, required: bool) -> StepField:
        known = self.found.state.data.get(declared.name)
        label, hints = declared.label(self.language), [hint for hint in (declared.hint(self.language),) if hint]
        value = "" if known is None else self._typed(declared, known)
        if declared.kind == "unit":
            found = suggestion(self.found, self.tree, self.actor.today, self.language)
            value, hints = str(self.found.row.unit_id or found.unit_id or ""), [*hints, *found.reasons]
        elif declared.kind == "class":
            value = value or self.found.row.class_code
        kind = "choice" if declared.kind in CHOSEN else CONTROLS.get(declared.kind, "text")
        if declared.unit and kind == "text":
            label = f"{label}({declared.unit})"
        accept = {"photo": "image/*", "file": "image/*, application/pdf"}.get(declared.kind, "")
        return StepField(declared.name, label, kind, required, value, self._options(declared), hints, accept)

    def _typed(self, declared: CaseField, value: object) -> str:
        """A known value as it is typed again."""
        if declared.kind == "truth":
            return "true" if value is True else "false"
        return declared.typed(value)

    def _options(self, declared: CaseField) -> Options:
        if declared.kind == "unit":
            return [(str(node.id), "　" * depth + node.name) for depth, node in self.tree.walk()]
        if declared.kind == "condition":
            return self._conditions()
        if declared.kind == "truth":
            return [("true", _("是")), ("false", _("否"))]
        # Those that the case's own version takes, also where its pack has others by now, or is gone.
        words = [(one.value, one.en if self.language == "en" else one.zh) for one in declared.options]
        return [(code, f"{code} {word}") for code, word in words] if declared.kind == "class" else words

    def _conditions(self) -> Options:
        """Conditions for which the class has limits of their own, each with its limit."""
        words = condition_words(self.found.row.pack, self.language)
        found = {
            row.condition: limit_words(row.limit)
            for row in self.found.terms.limit_rows
            if row.condition and self.found.row.class_code.startswith(row.class_code)
        }
        return [(name, f"{words.get(name, name)}({limit})") for name, limit in found.items()]
