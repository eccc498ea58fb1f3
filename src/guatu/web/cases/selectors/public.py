"""What the public sees of a case: by its code alone, and never of a confidential one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guatu.core.kernel.finding import Language
from guatu.web.base.problems import Problem
from guatu.web.cases.history import standing
from guatu.web.cases.library import class_name, public_classes
from guatu.web.cases.models import Case, CaseEvent


class NoCase(Problem):
    status = 404
    code = "case.no-code"


def tracked(code: str) -> Case:
    """The case of a code as somebody types it. Raises `NoCase`, whatever the reason is."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())[:16]
    plain = "-".join((letters[:4], letters[4:8], letters[8:]))
    row = Case.objects.select_related("flow").filter(code=plain, confidential=False).first()
    if row is None or len(letters) != 12:
        raise NoCase(_("没有这个查询码,请核对后重新输入。"), field="code")
    return row


@dataclass(frozen=True)
class PublicStep:
    at: datetime.datetime
    text: str
    back: bool


@dataclass(frozen=True)
class PublicCase:
    row: Case
    class_name: str
    now: list[str]
    """The open steps in words."""
    steps: list[PublicStep]
    stars: int | None
    follower: Case | None


def public_case(code: str, language: Language) -> PublicCase:
    """Steps and times; no names, no texts of the handlers, no photos."""
    row = tracked(code)
    found = standing(row)
    nodes = found.engine.flow.by_id

    def named(step: str) -> str:
        node = nodes.get(step)
        return (node.name_en if language == "en" and node.name_en else node.name) if node else step

    moves = [event for event in found.events if event.kind == CaseEvent.Kind.MOVE]
    stars = next((event.stars for event in found.events if event.kind == CaseEvent.Kind.RATE), None)
    return PublicCase(
        row=row,
        class_name=class_name(row.pack, row.class_code, language),
        now=[named(step) for step in found.state.open],
        steps=[PublicStep(event.at, named(event.step), event.verb == "return") for event in moves],
        stars=stars,
        follower=row.followers.order_by("-id").first(),
    )


def class_choices(language: Language) -> list[tuple[str, str]]:
    """Classes that anybody may report: `pack/code` and the words."""
    return [(f"{name}/{row.code}", row.label(language)) for name, row in public_classes()]
