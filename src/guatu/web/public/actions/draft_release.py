"""A notice is written: as it stands now, the public would see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.public.actions.rows import draft_of, require_release
from guatu.web.public.library import NoticeKind
from guatu.web.public.models import Release
from guatu.web.public.notices import NoticeText, kind_of, village_of, written

TOLD = ("title", "number", "ground", "period")


def _whose(kind: NoticeKind, given: NoticeText, context: Context) -> dict[str, Any]:
    """Who publishes it, and of which village it is; raises `Denied` for a unit that the actor does not act for."""
    if kind.by_village:
        village = village_of(given, context.actor)
        # The town may write for its villages, no village for another.
        require(context, "public.edit", village.unit_id)
        return {
            "unit_id": village.unit_id, "unit_name": village.unit_name, "place_id": village.place_id,
            "place_code": village.code, "place_name": village.name, "town_name": village.town,
        }  # fmt: skip
    name = unit_tree(context.actor.today).name(given.unit)
    if given.unit is None or not name:
        raise Invalid(_("请从列表中选择发布单位。"), field="unit", code="public.no-unit")
    require(context, "public.edit", given.unit)
    return {"unit_id": given.unit, "unit_name": name}


def _told(row: Release) -> dict[str, Any]:
    until = row.until_on.isoformat() if row.until_on else None
    # Of the words nothing: those of a draft may name people.
    return {name: getattr(row, name) for name in TOLD} | {"from_on": row.from_on.isoformat(), "until_on": until}


@dataclass(frozen=True)
class DraftRelease(RowAction[Release]):
    kind: str
    notice: NoticeText
    name = "public.draft"
    words = gettext_lazy("起草公示")
    permission = "public.edit"

    def change(self, context: Context) -> Change[Release]:
        kind = kind_of(self.kind)
        # Who may see the source may publish it: `take` asks as the actor.
        values = written(kind, self.notice, context.actor) | _whose(kind, self.notice, context)
        row = Release.objects.create(kind=kind.word, made_by=context.actor.user, made_at=context.at, **values)
        change = Change(row)
        change.note(row, None, {"kind": row.kind, **_told(row)})
        return change


@dataclass(frozen=True)
class EditRelease(RowAction[Release]):
    """All of it anew; what it is made of is read again."""

    release: int
    seen: int
    notice: NoticeText
    name = "public.edit"
    words = gettext_lazy("修改公示草稿")

    def permit(self, context: Context) -> None:
        require_release(context, self.release, "public.edit")

    def change(self, context: Context) -> Change[Release]:
        row = draft_of(self.release)
        kind = kind_of(row.kind)
        values = written(kind, self.notice, context.actor) | _whose(kind, self.notice, context)
        before = _told(row)
        take_version(row, self.seen)
        # The form holds all of it, so that what was emptied is gone.
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        change = Change(row)
        change.note(row, before, _told(row))
        return change
