"""One case: what was done, how its clocks stand and why, and what the reader may do next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.core.calendar.clock import ClockReading
from guatu.core.cases.case_clocks import StepClock
from guatu.core.cases.case_fields import CaseField
from guatu.core.cases.flow import TIMER, Node, all_moves
from guatu.core.kernel.explained import Explained
from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.base.shown import Shown, first
from guatu.web.cases.applications import deciding_post, pending
from guatu.web.cases.history import Standing, standing
from guatu.web.cases.library import class_name, condition_words, library
from guatu.web.cases.models import Case, CaseEvent, CaseFile, CaseMessage, Reporter
from guatu.web.cases.position import grid_of
from guatu.web.cases.posts import posts_of, posts_of_pack
from guatu.web.cases.selectors.coming import Coming, coming
from guatu.web.cases.selectors.duplicates import Likely, duplicates_of
from guatu.web.cases.selectors.step_forms import StepField, StepForm, StepForms, limit_words, move_name, node_name
from guatu.web.cases.selectors.undecided import undecided
from guatu.web.cases.selectors.visible import visible
from guatu.web.cases.timers import Timer, timer
from guatu.web.cases.wording import CLOCK_KINDS, CLOCK_STATES, LIMIT_UNITS
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.tree import UnitTree, unit_tree

PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")
"""What browsers show."""
MOST_MESSAGES = 20


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
    closing: str
    """What must be so before the case is closed, as its pack has it."""
    flow_name: str
    timer: Timer
    open_names: list[str]
    undecided: list[str]
    """Decisions of its flow that gave nothing, and why."""
    lines: list[Line]
    clocks: list[ClockLine]
    coming: list[Coming]
    """What clocks will do by themselves."""
    forms: list[StepForm]
    barred: list[str]
    """Why the reader may not do an open step, though they hold a post of it."""
    give: StepField | None
    """The units, where the reader may say which one has the case and no step asks for it."""
    pending: list[tuple[CaseEvent, str, bool]]
    """Applications with their words, and whether the reader decides."""
    files: list[CaseFile]
    messages: Shown[CaseMessage]
    """What those who reported were told."""
    sides: list[tuple[str, list[CaseFile]]]
    """Pictures by the steps at which they were taken, in order: before and after side by side."""
    joined: list[Case]
    steers: bool
    """Whether the reader may revoke, join and urge it."""
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
        self.posts = posts_of_pack(self.row.pack)
        self.kept_apart: dict[str, str] = {}
        self.held = {step.id: self.holds(step) for step in steps}
        self.made = StepForms(actor, found, self.tree, language, now)

    def page(self) -> CasePage:
        row, language = self.row, self.language
        reporter = Reporter.objects.filter(case=row).first() if self.actor.may("case.edit") else None
        declared = library().class_row(row.pack, row.class_code)
        return CasePage(
            row=row,
            class_name=class_name(row.pack, row.class_code, language),
            closing=declared.closed_when(language) if declared else "",
            flow_name=(self.flow.name_en if language == "en" else self.flow.name) or self.flow.id,
            timer=timer(row, self.now),
            open_names=[self.step_name(step) for step in self.found.state.open],
            undecided=undecided(self.found, self.actor.today, language),
            lines=[self.line(event) for event in self.found.events],
            clocks=[self.clock(one) for one in self.found.clocks],
            coming=coming(self.found, self.now, language),
            barred=[self.kept_apart[step] for step in self.found.state.open if step in self.kept_apart],
            give=self.give(),
            forms=[self.made.form(self.flow.by_id[step]) for step in self.found.state.open if self.held.get(step)],
            pending=[(event, self.asked(event), self.decides(event)) for event in pending(self.found)],
            files=[one for one in self.files if one.event_id is None],
            messages=self.messages(),
            sides=self.sides(),
            joined=list(visible(self.actor).filter(joined_to=row).order_by("id")),
            steers=row.ended_at is None and self.actor.may("case.edit"),
            place=_place_name(row, self.actor.today),
            unit=self.tree.name(row.unit_id),
            duplicates=duplicates_of(self.actor, row, language) if row.ended_at is None else Shown([], 0),
            reporter=reporter,
            follower=visible(self.actor).filter(follows=row).order_by("-id").first(),
            follows=visible(self.actor).filter(pk=row.follows_id).first() if row.follows_id else None,
        )

    def messages(self) -> Shown[CaseMessage]:
        if not self.actor.may("case.edit"):
            return Shown([], 0)
        told = CaseMessage.objects.filter(Q(reporter__case=self.row) | Q(reporter__case__joined_to=self.row))
        return first(told.order_by("-id"), MOST_MESSAGES)

    def sides(self) -> list[tuple[str, list[CaseFile]]]:
        """A step that was done again shows its pictures again: which came later is what one wants to see."""
        found: dict[int | None, list[CaseFile]] = {}
        for one in self.files:
            if one.file.media_type in PICTURES:
                found.setdefault(one.event_id, []).append(one)
        steps = {event.pk: self.step_name(event.step) for event in self.found.events}
        return [(steps.get(event or 0) or _("上报时"), files) for event, files in found.items()]

    def step_name(self, step: str) -> str:
        node = self.flow.by_id.get(step)
        return node_name(node, self.language) if node else step

    def holds(self, step: Node) -> list[str]:
        """The posts as which the reader may do a step, after what they did in the case before."""
        held = posts_of(self.actor, self.row, set(step.roles))
        actor = str(self.actor.user.pk) if self.actor.user else ""
        free = [post for post in held if self.posts.kept_apart(self.found.case.history, actor, post) is None]
        if held and not free and (found := self.posts.kept_apart(self.found.case.history, actor, held[0])):
            words = {
                "step": self.step_name(step.id),
                "done": self.posts.post(found[0]).label(self.language),
                "why": found[1].en if self.language == "en" else found[1].zh,
            }
            said = _("“%(step)s”请由另一人办理:您已以“%(done)s”的身份办过本案,%(why)s。")
            self.kept_apart[step.id] = said % words
        return free

    def give(self) -> StepField | None:
        if self.row.ended_at is not None or not self.actor.may("case.edit"):
            return None
        # The step that asks for the unit names it; afterwards another one can take its place.
        steps = [self.flow.by_id[step] for step in self.found.state.open if self.held.get(step)]
        asked = any(need.name == "unit" for step in steps for need in step.fields)
        waits = self.row.unit_id is None and self.flow.asks("unit")
        return None if asked or waits else self.made.unit()

    # What was done.

    def line(self, event: CaseEvent) -> Line:
        words = [str(event.get_kind_display())] if event.kind != CaseEvent.Kind.MOVE else []
        if event.step:
            words.append(self.step_name(event.step))
        if event.kind == CaseEvent.Kind.MOVE:
            made = [move for move in all_moves(self.flow, event.step) if move.key == event.move]
            words += [move_name(move, self.language) for move in made]
        if event.clock:
            words.append(self.clock_words(event.clock, event.step))
        if event.kind == CaseEvent.Kind.ASSIGN:
            words.append(self.tree.name(event.unit_id))
        if event.stars:
            words.append("★" * event.stars)
        files = [one for one in self.files if one.event_id == event.pk]
        given = [(self.found.engine.fields.field(name), value) for name, value in event.fields.items()]
        texts = [(one.label(self.language), self.said(one, value)) for one, value in given if not one.is_file]
        return Line(event, " · ".join(words), self.who(event), event.verb == "return", texts, files)

    def said(self, field: CaseField, value: Any) -> str:
        """What was filled in, codes with their words."""
        if field.kind == "class":
            return f"{value} {class_name(self.row.pack, str(value), self.language)}"
        if field.kind == "condition":
            return self.condition_words.get(str(value), str(value))
        return field.shown(value, self.language)

    def who(self, event: CaseEvent) -> str:
        if event.post == TIMER:
            return self.posts.post(TIMER).label(self.language)
        name = str(event.user) if event.user else str(self.row.get_source_display())
        post = self.posts.post(event.post).label(self.language) if event.post else ""
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
            limit=limit_words(one.clock.limit) if one.clock else _("没有时限"),
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
            if one.open:
                return []
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
