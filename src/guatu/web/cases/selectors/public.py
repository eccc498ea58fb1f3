"""What the public sees of a case: by its code alone, and never of a confidential one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.core.cases.flow import all_moves, turns_down
from guatu.core.kernel.finding import Language
from guatu.web.base.problems import Problem
from guatu.web.base.settings_table import setting
from guatu.web.cases.history import Standing, standing
from guatu.web.cases.library import class_name, public_classes
from guatu.web.cases.models import OUTCOMES, Case, CaseEvent, CaseFile
from guatu.web.cases.posts import posts_of_pack
from guatu.web.directory.selectors.tree import unit_name

FIRST_PHOTO = "photo"
"""The field of what came with the report."""


class NoCase(Problem):
    status = 404
    code = "case.no-code"


def tracked(code: str) -> Case:
    """The case of a code as somebody types it. Raises `NoCase`, whatever the reason is."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())[:16]
    plain = "-".join((letters[:4], letters[4:8], letters[8:]))
    row = Case.objects.select_related("flow", "joined_to__flow").filter(code=plain, confidential=False).first()
    if row is None or len(letters) != 12:
        raise NoCase(_("没有这个查询码,请核对后重新输入。"), field="code")
    return row


@dataclass(frozen=True)
class PublicStep:
    at: datetime.datetime
    text: str
    back: bool
    who: str
    """As what somebody acted, and for a step of the unit the unit."""
    said: list[tuple[str, str]]
    """What the pack lets whoever reported read, with its labels."""
    photos: list[CaseFile]
    reason: str
    """Why the case was turned down, taken back or joined to another."""


@dataclass(frozen=True)
class PublicCase:
    row: Case
    main: Case
    """The case that goes on for it, or itself."""
    class_name: str
    now: list[str]
    """The open steps in words."""
    unit: str
    outcome: str
    steps: list[PublicStep]
    photos: list[CaseFile]
    """What came with the report."""
    stars: int | None
    follower: Case | None
    cancels: bool
    """Whether whoever reported may take it back."""


def public_case(code: str, language: Language) -> PublicCase:
    """Steps, times, offices, results and the pictures that the pack makes public; no names of people."""
    row = tracked(code)
    main = row.joined_to if row.joined_to_id and row.joined_to else row
    found = standing(main)
    shown = _Shown(found, language)
    own = (
        next((event for event in standing(row).events if event.kind == CaseEvent.Kind.END), None)
        if row != main
        else None
    )
    steps = [step for event in found.events if (step := shown.step(event)) is not None]
    stars = next((event.stars for event in found.events if event.kind == CaseEvent.Kind.RATE), None)
    return PublicCase(
        row=row,
        main=main,
        class_name=class_name(row.pack, row.class_code, language),
        now=[shown.named(step) for step in found.state.open],
        unit=shown.unit(main.unit_id),
        outcome=str(main.get_outcome_display()) if main.outcome else "",
        steps=steps + ([shown.end(own)] if own is not None else []),
        photos=[one for one in shown.files if one.event_id is None or one.field == FIRST_PHOTO],
        stars=stars,
        follower=row.followers.order_by("-id").first(),
        cancels=row == main and row.ended_at is None and row.unit_id is None,
    )


def public_photo(code: str, pk: int) -> CaseFile:
    """A picture of the case that whoever reported may see. Raises `NoCase` for any other."""
    found = public_case(code, "zh")
    shown = [*found.photos, *(photo for step in found.steps for photo in step.photos)]
    one = next((photo for photo in shown if photo.pk == pk), None)
    if one is None:
        raise NoCase(_("没有这张照片。"), field="code")
    return one


def public_path(code: str) -> str:
    """The address of the page, whole where the county has said its site."""
    return str(setting("site.url") or "").rstrip("/") + reverse("public_case", args=[code])


def said_of(now: Standing, event: CaseEvent, language: Language) -> str:
    """What whoever reported is told of a line of the history; "" where it is none of theirs."""
    shown = _Shown(now, language)
    ended = now.state.ended and event is now.events[-1]
    tells = ended or shown.down(event) is not None or any(now.engine.fields.field(key).public for key in event.fields)
    step = shown.step(event) if tells else None
    if step is None:
        return ""
    lines = [f"{step.text}({step.who})" if step.who else step.text, *(f"{label}:{value}" for label, value in step.said)]
    return "\n".join([*lines, *([step.reason] if step.reason else [])])


class _Shown:
    """The lines of a case as the public reads them."""

    def __init__(self, found: Standing, language: Language) -> None:
        self.found, self.language = found, language
        self.flow, self.fields = found.engine.flow, found.engine.fields
        self.posts = posts_of_pack(found.row.pack)

    @cached_property
    def files(self) -> list[CaseFile]:
        return list(self.found.row.files.select_related("file").order_by("id"))

    def named(self, step: str) -> str:
        node = self.flow.by_id.get(step)
        return (node.name_en if self.language == "en" and node.name_en else node.name) if node else step

    def unit(self, pk: int | None) -> str:
        return unit_name(pk, timezone.localdate()) if pk is not None else ""

    def step(self, event: CaseEvent) -> PublicStep | None:
        if event.kind == CaseEvent.Kind.END:
            return self.end(event)
        if event.kind != CaseEvent.Kind.MOVE:
            return None
        down = self.down(event)
        given = [(self.fields.field(key), value) for key, value in event.fields.items()]
        shown = [(one, value) for one, value in given if one.public]
        names = {one.name for one, _value in shown if one.is_file}
        return PublicStep(
            at=event.at,
            text=f"{self.named(event.step)} · {down}" if down else self.named(event.step),
            back=event.verb == "return",
            who=self.who(event),
            said=[
                (one.label(self.language), one.shown(value, self.language)) for one, value in shown if not one.is_file
            ],
            photos=[one for one in self.files if one.event_id == event.pk and one.field in names] if names else [],
            reason=event.reason if down is not None else "",
        )

    def down(self, event: CaseEvent) -> str | None:
        """The name of the move with which the case was turned down, None for any other line."""
        made = all_moves(self.flow, event.step) if event.kind == CaseEvent.Kind.MOVE else ()
        chosen = next((one for one in made if one.key == event.move), None)
        if chosen is None or not turns_down(self.flow, chosen):
            return None
        return (chosen.name_en if self.language == "en" else "") or chosen.name

    def end(self, event: CaseEvent) -> PublicStep:
        word = str(dict(OUTCOMES).get(event.move, event.move))
        return PublicStep(event.at, word, False, "", [], [], event.reason)

    def who(self, event: CaseEvent) -> str:
        post = self.posts.post(event.post) if event.post else None
        if post is None:
            return ""
        unit = self.unit(event.unit_id or self.found.row.unit_id) if post.owner == "unit" else ""
        return " ".join(filter(None, (unit, post.label(self.language))))


def class_choices(language: Language) -> list[tuple[str, str]]:
    """Classes that anybody may report: `pack/code` and the words."""
    return [(f"{name}/{row.code}", row.label(language)) for name, row in public_classes()]
