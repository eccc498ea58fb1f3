"""One case: what was done, how its clocks stand and why, and what the reader may do next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.core.calendar.clock import ClockReading, Limit
from guatu.core.cases.case_clocks import StepClock
from guatu.core.cases.flow import FieldNeed, Move, Node, moves
from guatu.core.kernel.explained import Explained
from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.base.shown import Shown
from guatu.web.cases.applications import deciding_post, pending
from guatu.web.cases.history import Standing, standing
from guatu.web.cases.library import class_name, condition_words
from guatu.web.cases.models import Case, CaseEvent, CaseFile, Reporter
from guatu.web.cases.position import grid_of
from guatu.web.cases.posts import posts_of
from guatu.web.cases.selectors.duplicates import Likely, duplicates_of
from guatu.web.cases.selectors.suggestion import suggestion
from guatu.web.cases.selectors.visible import visible
from guatu.web.cases.timers import Timer, timer
from guatu.web.cases.wording import CLOCK_KINDS, CLOCK_STATES, LIMIT_UNITS, field_label, is_file
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.tree import UnitTree, unit_tree

LONG = {"description", "result", "record", "measures", "matter", "problem", "minutes", "proposal"}


@dataclass(frozen=True)
class StepField:
    name: str
    label: str
    kind: str
    """text, area, file, or choice."""
    required: bool
    value: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class StepForm:
    step: str
    name: str
    fields: list[StepField]
    forward: list[tuple[str, str]]
    back: list[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    event: CaseEvent
    title: str
    who: str
    back: bool
    values: list[tuple[str, str]]
    files: list[CaseFile]


@dataclass(frozen=True)
class ClockLine:
    step: str
    name: str
    limit: str
    source: str
    unverified: bool
    state: str
    colour: str
    due: datetime.datetime | None
    used: float
    why: str
    late: bool
    exempt: bool
    asks: list[tuple[str, str]]
    """Kinds that the reader may apply for."""
    unit: str


@dataclass(frozen=True)
class CasePage:
    row: Case
    class_name: str
    flow_name: str
    timer: Timer
    open_names: list[str]
    lines: list[Line]
    clocks: list[ClockLine]
    forms: list[StepForm]
    pending: list[tuple[CaseEvent, str, bool]]
    """Applications with their words, and whether the reader decides."""
    files: list[CaseFile]
    place: str
    unit: str
    duplicates: Shown[Likely]
    reporter: Reporter | None
    follower: Case | None
    follows: Case | None


def case_page(actor: Actor, pk: int, now: datetime.datetime, language: Language) -> CasePage | None:
    """The page; None for a case that is not there for the actor."""
    row = visible(actor).select_related("flow", "opened_by").filter(pk=pk).first()
    if row is None:
        return None
    return _Reader(actor, standing(row, shown=True), now, language).page()


class _Reader:
    def __init__(self, actor: Actor, found: Standing, now: datetime.datetime, language: Language) -> None:
        self.actor, self.found, self.now, self.language = actor, found, now, language
        self.condition_words = condition_words(found.row.pack, language)
        self.row, self.flow = found.row, found.engine.flow
        self.tree: UnitTree = unit_tree(actor.today)
        self.files = list(self.row.files.select_related("file").order_by("id"))
        steps = self.flow.steps
        self.held = {step.id: posts_of(actor, self.row, set(step.roles)) for step in steps}
        roles = found.pack.manifest.role if found.pack else ()
        self.posts = {role.id: role.en if language == "en" else role.zh for role in roles}

    def page(self) -> CasePage:
        row, language = self.row, self.language
        reporter = Reporter.objects.filter(case=row).first() if self.actor.may("case.edit") else None
        return CasePage(
            row=row,
            class_name=class_name(row.pack, row.class_code, language),
            flow_name=(self.flow.name_en if language == "en" else self.flow.name) or self.flow.id,
            timer=timer(row, self.now),
            open_names=[self.step_name(step) for step in self.found.state.open],
            lines=[self.line(event) for event in self.found.events],
            clocks=[self.clock(one) for one in self.found.clocks],
            forms=[self.form(self.flow.by_id[step]) for step in self.found.state.open if self.held.get(step)],
            pending=[(event, self.asked(event), self.decides(event)) for event in pending(self.found)],
            files=[one for one in self.files if one.event_id is None],
            place=_place_name(row, self.actor.today),
            unit=self.tree.name(row.unit_id),
            duplicates=duplicates_of(self.actor, row, language) if row.ended_at is None else Shown([], 0),
            reporter=reporter,
            follower=visible(self.actor).filter(follows=row).order_by("-id").first(),
            follows=visible(self.actor).filter(pk=row.follows_id).first() if row.follows_id else None,
        )

    def step_name(self, step: str) -> str:
        node = self.flow.by_id.get(step)
        return (node.name_en if self.language == "en" and node.name_en else node.name) if node else step

    def move_name(self, move: Move) -> str:
        return (move.name_en if self.language == "en" else move.name) or move.name or _("完成")

    # What was done.

    def line(self, event: CaseEvent) -> Line:
        words = [str(event.get_kind_display())] if event.kind != CaseEvent.Kind.MOVE else []
        if event.step:
            words.append(self.step_name(event.step))
        if event.kind == CaseEvent.Kind.MOVE:
            words += [self.move_name(move) for move in moves(self.flow, event.step) if move.key == event.move]
        if event.clock:
            words.append(self.clock_words(event.clock, event.step))
        if event.stars:
            words.append("★" * event.stars)
        files = [one for one in self.files if one.event_id == event.pk]
        texts = [
            (field_label(name), self.said(name, value))
            for name, value in event.fields.items()
            if not (is_file(name) and isinstance(value, list))
        ]
        return Line(event, " · ".join(words), self.who(event), event.verb == "return", texts, files)

    def said(self, name: str, value: Any) -> str:
        """What was filled in, codes with their words."""
        if name == "class_code":
            return f"{value} {class_name(self.row.pack, str(value), self.language)}"
        return self.condition_words.get(str(value), str(value)) if name == "condition" else str(value)

    def who(self, event: CaseEvent) -> str:
        name = str(event.user) if event.user else str(self.row.get_source_display())
        post = self.posts.get(event.post, event.post)
        return f"{name}({post})" if post and event.user else name

    def clock_words(self, clock: dict[str, Any], step: str) -> str:
        kind = str(CLOCK_KINDS.get(clock.get("kind", ""), clock.get("kind", "")))
        if clock.get("amount"):
            return f"{kind} {clock['amount']:g} {self.limit_unit(step)}"
        until = clock.get("until")
        if until:
            moment = timezone.localtime(datetime.datetime.fromisoformat(until))
            return _("%(kind)s到 %(day)s") % {"kind": kind, "day": f"{moment:%Y-%m-%d}"}
        return kind

    def limit_unit(self, step: str) -> str:
        unit = next((one.clock.limit.unit for one in self.found.clocks if one.step == step and one.clock), "")
        return str(LIMIT_UNITS.get(unit, unit))

    # Its clocks.

    def clock(self, one: StepClock) -> ClockLine:
        reading = self.found.read(one, self.now)
        row = one.row
        due = reading.due.value if reading and isinstance(reading.due, Explained) else None
        return ClockLine(
            step=one.step,
            name=self.step_name(one.step),
            limit=_limit_words(one.clock.limit) if one.clock else _("没有时限"),
            source=row.source if row else "",
            unverified=bool(row and row.limit.unverified),
            state=str(CLOCK_STATES.get(reading.state, reading.state)) if reading else "",
            colour=_colour(reading),
            due=due,
            used=min(reading.used, 9.99) if reading else 0.0,
            why=reading.due.sentence(self.language) if reading else "",
            late=bool(reading and reading.late),
            exempt=bool(reading and reading.late and not reading.counted_late),
            asks=self.asks(one, reading),
            unit=self.limit_unit(one.step),
        )

    def asks(self, one: StepClock, reading: ClockReading | None) -> list[tuple[str, str]]:
        if reading is None or not self.held.get(one.step) or pending(self.found, one.step):
            return []
        if reading.late:
            return [("appeal-granted", str(CLOCK_KINDS["appeal-granted"]))] if reading.counted_late else []
        if reading.state != "running" or self.flow.by_id[one.step].id not in self.found.state.open:
            return []
        return [(kind, str(CLOCK_KINDS[kind])) for kind in ("extend", "suspend")]

    def asked(self, event: CaseEvent) -> str:
        return f"{self.step_name(event.step)} · {self.clock_words(event.clock or {}, event.step)}"

    def decides(self, event: CaseEvent) -> bool:
        if deciding_post(self.actor, self.found) is None:
            return False
        return event.user_id is None or self.actor.user is None or event.user_id != self.actor.user.pk

    # What may be done next.

    def form(self, node: Node) -> StepForm:
        chosen = moves(self.flow, node.id)
        return StepForm(
            step=node.id,
            name=self.step_name(node.id),
            fields=[self.field(need) for need in node.fields],
            forward=[(move.key, self.move_name(move)) for move in chosen if move.verb == "forward"],
            back=[(move.key, self.move_name(move)) for move in chosen if move.verb == "return"],
        )

    def field(self, need: FieldNeed) -> StepField:
        name, known = need.name, self.found.state.data.get(need.name)
        required = need.required and not known
        if is_file(name):
            return StepField(name, field_label(name), "file", required)
        value = "" if known is None else str(known)
        if name == "unit":
            return self.unit_field(required)
        if name == "class_code":
            return StepField(name, field_label(name), "choice", required, value or self.row.class_code, self.classes())
        if name == "condition":
            return StepField(name, field_label(name), "choice", required, value, self.conditions())
        return StepField(name, field_label(name), "area" if name in LONG else "text", required, value)

    def unit_field(self, required: bool) -> StepField:
        options = [(str(node.id), "　" * depth + node.name) for depth, node in self.tree.walk()]
        found = suggestion(self.found, self.tree, self.actor.today, self.language)
        value = str(self.row.unit_id or found.unit_id or "")
        return StepField("unit", field_label("unit"), "choice", required, value, options, found.reasons)

    def classes(self) -> list[tuple[str, str]]:
        rows = self.found.pack.classes if self.found.pack else ()
        return [(row.code, f"{row.code} {row.en if self.language == 'en' else row.zh}") for row in rows]

    def conditions(self) -> list[tuple[str, str]]:
        """Conditions for which the class has limits of their own, each with its limit."""
        rows = self.found.terms.limit_rows
        found = {
            row.condition: _limit_words(row.limit)
            for row in rows
            if row.condition and self.row.class_code.startswith(row.class_code)
        }
        return [(name, f"{self.condition_words.get(name, name)}({limit})") for name, limit in found.items()]


def _limit_words(limit: Limit) -> str:
    return f"{limit.amount:g} {LIMIT_UNITS.get(limit.unit, limit.unit)}"


def _colour(reading: ClockReading | None) -> str:
    if reading is None:
        return "grey"
    if reading.late:
        return "red"
    if reading.state == "stopped":
        return "green"
    return "grey" if reading.state != "running" else ("amber" if reading.used > 0.75 else "green")


def _place_name(row: Case, on: datetime.date) -> str:
    if row.place_id is None:
        return ""
    tree = place_tree(on)
    words = [*(node.name for node in tree.path(row.place_id)[1:]), tree.name(row.place_id)]
    grid = grid_of(row.lon, row.lat, on)
    if isinstance(grid, Explained):
        words.append(_("网格 %(code)s") % {"code": grid.value})
    return " ".join(words)
