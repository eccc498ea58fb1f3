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
from guatu.web.base.prepared import insert
from guatu.web.base.problems import Denied, Invalid
from guatu.web.base.settings_table import once
from guatu.web.cases.actions.entries import (
    attach,
    case_for,
    changed,
    keep_photos,
    moment,
    next_event,
    put_summary,
    refuse,
    shown_columns,
)
from guatu.web.cases.history import Standing, standing
from guatu.web.cases.library import library
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.cases.posts import posts_of
from guatu.web.directory.selectors.tree import unit_name

LONGEST = 4000


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
        post = self._post(context, row, node)
        chosen = next((move for move in moves(now.engine.flow, node.id) if move.key == self.move), None)
        back = chosen is not None and chosen.verb == "return"
        kept = [] if back else keep_photos(dict(self.photos), context)
        fields, unit = ({}, None) if back else self._fields(node, context, row)
        for one in kept:
            fields[one.field] = [*fields.get(one.field, []), one.file.pk]
        entry = MoveEntry(
            at=moment(now, context),
            actor=str(context.actor.user.pk) if context.actor.user else "",
            role=post,
            step=node.id,
            move=self.move,
            verb=chosen.verb if chosen else "forward",
            reason=self.reason.replace("\0", "").strip()[:LONGEST],
            fields=fields,
        )
        done = step_case(now.engine, now.case, entry)
        refuse(done.findings)
        before = {"open_steps": row.open_steps, "unit": row.unit_id}
        row.unit_id = unit or row.unit_id
        row.class_code = str(fields.get("class_code") or row.class_code)
        event = self._note(now, context, entry, unit)
        # Of two who act at once, the second finds another version here and writes nothing.
        take_version(row, self.seen, *put_summary(now.become(done.case, done.state)))
        if kept:
            event.save()
            attach(row, event, kept)
        else:
            insert([event])
        return changed(row, before, {**shown_columns(row), "step": node.id, "move": self.move})

    def _post(self, context: Context, row: Case, node: Node) -> str:
        held = posts_of(context.actor, row, set(node.roles))
        if not held:
            raise Denied(_("“%(step)s”不由您办理。") % {"step": node.name}, code="case.not-your-step")
        return held[0]

    def _fields(self, node: Node, context: Context, row: Case) -> tuple[dict[str, Any], int | None]:
        """What was typed, by field; a unit is kept by its name, and its id beside it."""
        found: dict[str, Any] = {}
        unit = None
        for need in node.fields:
            text = str(self.fields.get(need.name, "")).replace("\0", "").strip()[:LONGEST]
            if text and need.name == "unit":
                unit, found["unit"] = self._unit(text, context)
            elif text:
                found[need.name] = self._text(need.name, text, row)
        return found, unit

    def _unit(self, text: str, context: Context) -> tuple[int, str]:
        plain = text.isascii() and text.isdecimal() and len(text) < 16
        name = unit_name(int(text), context.actor.today) if plain else ""
        if not name:
            raise Invalid(_("请从列表中选择承办单位。"), field="unit", code="case.no-unit")
        return int(text), name

    def _text(self, name: str, text: str, row: Case) -> Any:
        if name == "class_code" and library().class_row(row.pack, text) is None:
            raise Invalid(_("请从列表中选择类别。"), field="class_code", code="case.no-class")
        return text if name == "class_code" else number_or_text(text)

    def _note(self, now: Standing, context: Context, entry: MoveEntry, unit: int | None) -> CaseEvent:
        return next_event(
            now, context, CaseEvent.Kind.MOVE, post=entry.role, step=entry.step, move=entry.move, verb=entry.verb,
            reason=entry.reason, fields=entry.fields, unit_id=unit,
        )  # fmt: skip


def number_or_text(text: str) -> Any:
    """Conditions of flows compare numbers with numbers: 0.8 and 12 are numbers, 0012 and 1e5 are texts."""
    plain = text.isascii() and len(text) <= 12 and text.replace(".", "", 1).isdecimal()
    if not plain or text.endswith(".") or text.startswith(".") or (text[0] == "0" and text[:2] not in ("0", "0.")):
        return text
    return float(text) if "." in text else int(text)
