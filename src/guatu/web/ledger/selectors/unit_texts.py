"""The distinct unit names of a plan, with what each is linked to and what it may mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from guatu.core.link.unit_names import SCORES
from guatu.web.base.language import joined
from guatu.web.directory.selectors.match import Suggestion, matcher
from guatu.web.directory.selectors.tree import UnitTree
from guatu.web.ledger.models import Duty, Plan, Task

SUGGESTED = 4
SAME = SCORES["ending"]
"""From this score on a name is the same but for county and level: only such a way of writing is remembered unasked."""
BEYOND_DOUBT = SCORES["abbreviation"]
"""From this score on a unit is meant where it is the only one: 县住建局 is 县住房城乡建设局. A likeness scores less, and so does
whatever is of another level, 市住建局 for that of the county."""


@dataclass(frozen=True)
class Member:
    id: int
    name: str
    linked: bool


@dataclass(frozen=True)
class UnitText:
    """A name as the plan writes it. `members` are the units of a collective name (各镇), ticked where they are linked."""

    key: int
    text: str
    places: int
    roles: str
    first_task: int
    state: Literal["waiting", "linked", "unlinked"]
    labels: list[str]
    reason: str
    suggestions: list[Suggestion]
    members: list[Member]

    @property
    def sure(self) -> tuple[int, ...]:
        """The units of a name that waits, where nobody would ask: all towns for 各镇, the only unit whose name is the
        same or the long form of it. What is merely written alike is for a person."""
        if self.state != "waiting":
            return ()
        if self.members:
            return tuple(member.id for member in self.members)
        meant = {one.unit_id for one in self.suggestions if one.score >= BEYOND_DOUBT}
        return tuple(meant) if len(meant) == 1 else ()

    @property
    def free_code(self) -> str:
        """A code that is offered for a unit that is not there yet: that of no other, for it has the number of a row."""
        return f"F{self.key}"

    @property
    def same(self) -> bool:
        """Whether the way of writing and the name of the unit are the same but for county and level."""
        return bool(self.sure) and any(one.score >= SAME for one in self.suggestions)

    @property
    def sure_names(self) -> str:
        """Those units in words."""
        named = {member.id: member.name for member in self.members} | {
            one.unit_id: one.name for one in self.suggestions
        }
        return joined(named[pk] for pk in self.sure)


def unit_texts(plan: Plan, tree: UnitTree) -> list[UnitText]:
    """Names in the order in which the plan first writes them, those that wait to be linked first."""
    duties = Duty.objects.filter(task__plan=plan).exclude(task__state=Task.State.DROPPED)
    grouped: dict[str, list[Duty]] = {}
    for duty in duties.order_by("task__order", "task_id", "pk"):
        grouped.setdefault(duty.text, []).append(duty)
    found = [_unit_text(text, rows, tree) for text, rows in grouped.items()]
    return sorted(found, key=lambda name: name.state != "waiting")


def _unit_text(text: str, rows: list[Duty], tree: UnitTree) -> UnitText:
    ids = list(dict.fromkeys(d.unit_id for d in rows if d.unit_id))
    reason = next((d.get_unlinked_display() for d in rows if d.unlinked), "")
    waiting = any(d.unit_id is None and not d.unlinked for d in rows)
    state: Literal["waiting", "linked", "unlinked"] = "waiting" if waiting else "linked" if ids else "unlinked"
    places = {(d.task_id, d.role) for d in rows}
    roles = Counter(Duty.Role(role).label for _task, role in places)
    names = matcher(tree)
    members = [Member(pk, tree.label(pk), pk in ids or not ids) for pk in names.expand(text) or []]
    suggestions = [] if members or state == "linked" else names.suggest(text, SUGGESTED)
    return UnitText(
        key=rows[0].pk,
        text=text,
        places=len(places),
        roles=joined(f"{role} {n}" for role, n in roles.items()),
        first_task=rows[0].task_id,
        state=state,
        labels=[tree.label(pk) or str(pk) for pk in ids],
        reason=reason,
        suggestions=suggestions,
        members=members,
    )
