"""The county itself in a workbook: one line, handed to the form's own action."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guatu.web.base.actions import Change, Context, also
from guatu.web.base.problems import Problem
from guatu.web.base.settings_table import forget, kept, setting
from guatu.web.county.actions.loading.common import Lines, Loaded, closed, differences
from guatu.web.county.actions.open_county import OpenCounty
from guatu.web.county.sheets import COUNTY
from guatu.web.kit.sheets import Sheet


def load_own(sheet: Sheet, context: Context, change: Change[Any]) -> Loaded:
    lines, today = Lines(sheet, COUNTY), context.actor.today
    # Which of two lines is this county nobody can say: the first is taken, and the others are told.
    for row in list(lines.good())[1:]:
        lines.errors.add(row, "county", _("这张表只填一行。"))
    for row in lines.good():
        before = {"county": setting("county.name", today) or "", "code": setting("county.code", today) or ""}
        # As it is kept and not as it is signed: an issuer that follows from the name stays so.
        before["issuer"] = kept("supervision.issuer", today) or ""
        given = before | {key: closed(value) for key, value in row.values.items()}
        labels = ((str(column.label), column.name) for column in COUNTY.columns)
        changes = differences((label, before[name], given[name]) for label, name in labels)
        if not changes:
            lines.loaded.same += 1
            continue
        # A change of its own, and a point to go back to: what fails half-way leaves neither a row nor an audit line.
        own: Change[Any] = Change(None)
        try:
            with transaction.atomic():
                also(OpenCounty(**given), context, own)
        except Problem as problem:
            forget()
            lines.errors.problems(row, [problem])
            continue
        change.lines += own.lines
        if before["county"]:
            lines.loaded.changed.append(_("%(name)s(%(changes)s)") % {"name": given["county"], "changes": changes})
        else:
            lines.loaded.created.append(given["county"])
    return lines.done()
