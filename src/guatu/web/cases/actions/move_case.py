"""A step of a case is done, or the case is sent back with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.adapters.flows.stepping import step_case
from guatu.core.cases.case import MoveEntry
from guatu.core.cases.flow import Node, moves
from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.versions import still_at
from guatu.web.base.language import language
from guatu.web.base.prepared import insert
from guatu.web.base.problems import Denied, Invalid
from guatu.web.base.settings_table import once
from guatu.web.cases.actions.answer import answer
from guatu.web.cases.actions.entries import (
    Kept,
    actor_key,
    attach,
    case_for,
    changed,
    keep_photos,
    moment,
    next_event,
    put_summary,
    refuse,
    shown_columns,
    written,
)
from guatu.web.cases.history import Standing, standing
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.cases.posts import posts_of, posts_of_pack
from guatu.web.directory.selectors.tree import unit_name


@dataclass(frozen=True)
class MoveCase(RowAction[Case]):
    """`fields` are texts by the names of the step's fields; `unit` is the id of a unit; `photos` are files by field."""

    case_id: int
    seen: int
    step: str
    move: str
    reason: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    photos: Mapping[str, Sequence[UploadedFile]] = field(default_factory=dict)
    name = "case.move"
    words = gettext_lazy("办理案件")
    permission = "case.view"

    @once()
    def change(self, context: Context) -> Change[Case]:
        row = case_for(context, self.case_id)
        still_at(row, self.seen)
        now = standing(row)
        node = now.engine.flow.by_id.get(self.step)
        if node is None or node.kind != "step":
            raise Invalid(_("没有这个环节,请刷新页面后重试。"), field="step", code="case.no-step")
        post = self._post(context, now, node)
        chosen = next((move for move in moves(now.engine.flow, node.id) if move.key == self.move), None)
        # Who sends the case back, or says that something came, has not done the step: what was filled in is not kept.
        undone = chosen is not None and (chosen.verb == "return" or chosen.aside)
        kept = [] if undone else keep_photos(dict(self.photos), context)
        given, unit = ({}, None) if undone else self._given(now, node, context)
        entry = MoveEntry(
            at=moment(now, context),
            actor=actor_key(context),
            role=post,
            step=node.id,
            move=self.move,
            verb=chosen.verb if chosen else "forward",
            reason=written(self.reason),
            fields={**given, **_by_field(kept)},
        )
        done = step_case(now.engine, now.case, entry, posts_of_pack(row.pack), now.bounds)
        refuse(done.findings)
        # As the kinds of the fields have read what was given.
        kept_entry = done.case.history[-1]
        assert isinstance(kept_entry, MoveEntry)
        entry = kept_entry
        before = {"open_steps": row.open_steps, "unit": row.unit_id}
        row.unit_id = unit or row.unit_id
        row.class_code = str(entry.fields.get("class_code") or row.class_code)
        event = self._note(now, context, entry, unit)
        # Of two who act at once, the second finds another version here and writes nothing.
        after = now.become(done.case, done.state)
        take_version(row, self.seen, *put_summary(after))
        if kept:
            event.save()
            attach(row, event, kept)
        else:
            insert([event])
        answer(after, context, event)
        return changed(row, before, {**shown_columns(row), "step": node.id, "move": self.move})

    def _post(self, context: Context, now: Standing, node: Node) -> str:
        """As what the actor acts: of several posts the first in which they may, after what they did before."""
        held = posts_of(context.actor, now.row, set(node.roles))
        if not held:
            raise Denied(_("“%(step)s”不由您办理。") % {"step": node.name}, code="case.not-your-step")
        apart, actor = posts_of_pack(now.row.pack).kept_apart, actor_key(context)
        return next((post for post in held if apart(now.case.history, actor, post) is None), held[0])

    def _given(self, now: Standing, node: Node, context: Context) -> tuple[dict[str, Any], int | None]:
        """What was given, by field; a unit is kept by its name, and its id beside it. Files are given as such alone.
        What the step does not ask for is given too, and refused with the rest."""
        found: dict[str, Any] = {}
        unit, asked = None, {need.name for need in node.fields}
        for name, typed in self.fields.items():
            field, text = now.engine.fields.field(name), str(typed).replace("\0", "").strip()
            if not text:
                continue
            if field.is_file and name in asked:
                label = field.label(language())
                raise Invalid(
                    _("“%(name)s”要上传文件,不能填写文字。") % {"name": label}, field=name, code="case.no-file"
                )
            found[name] = text
            if field.kind == "unit" and name in asked:
                unit, found[name] = self._unit(text, context)
        return found, unit

    def _unit(self, text: str, context: Context) -> tuple[int, str]:
        plain = text.isascii() and text.isdecimal() and len(text) < 16
        name = unit_name(int(text), context.actor.today) if plain else ""
        if not name:
            raise Invalid(_("请从列表中选择承办单位。"), field="unit", code="case.no-unit")
        return int(text), name

    def _note(self, now: Standing, context: Context, entry: MoveEntry, unit: int | None) -> CaseEvent:
        return next_event(
            now, context, CaseEvent.Kind.MOVE, post=entry.role, step=entry.step, move=entry.move, verb=entry.verb,
            reason=entry.reason, fields=entry.fields, unit_id=unit,
        )  # fmt: skip


def _by_field(kept: Sequence[Kept]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for one in kept:
        found.setdefault(one.field, []).append(one.file.pk)
    return found
