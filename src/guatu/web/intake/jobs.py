"""Background work of the intake: a file is looked at, and after somebody has seen what it comes to, taken in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Context
from guatu.web.base.jobs import Running, handler
from guatu.web.base.problems import Problem
from guatu.web.intake.actions.take_file import TAKE
from guatu.web.intake.actions.take_in import TakeIn, once
from guatu.web.intake.actions.take_patch import TakePatch
from guatu.web.intake.actions.upload_file import CHECK
from guatu.web.intake.asked import Asked
from guatu.web.intake.columns import LABELS
from guatu.web.intake.patch_files import check_patches, field_word, read_asked
from guatu.web.intake.tables import COLUMN_OF, check_table
from guatu.web.intake.wanted import MOST_SHOWN, New, Wanted

# Rows between two reports of progress: each report is a write of its own.
EVERY = 20


def context_of_job(running: Running) -> Context:
    """Without a key: one job writes many rows, each of which is known by its number there."""
    return replace(running.context(), key="")


@handler(CHECK, gettext_lazy("检查导入文件"))
def check(running: Running) -> dict[str, Any]:
    """What the file comes to; nothing is written."""
    asked = Asked.of(running.payload)
    with translation.override(asked.language):
        running.progress(5)
        context = context_of_job(running)
        if asked.kind == "patches":
            return check_patches(asked, context, read_asked(asked, partial(running.progress, 5))).as_json()
        return check_table(asked, context, lambda share: running.progress(5 + int(90 * share))).as_json()


@handler(TAKE, gettext_lazy("导入案件"))
def take(running: Running) -> dict[str, Any]:
    """Rows that can be taken are, each for itself: a worker that was killed goes on where it stopped."""
    asked = Asked.of(running.payload)
    with translation.override(asked.language):
        context = context_of_job(running)
        running.progress(1)
        if asked.kind == "patches":
            file = read_asked(asked, partial(running.progress, 1))
            wanted = check_patches(asked, context, file)
            actions: Iterator[tuple[New, TakeIn]] = ((new, _patch(asked, new, file.pictures)) for new in wanted.new)
        else:
            wanted = check_table(asked, context)
            actions = ((new, _row(asked, new)) for new in wanted.new)
        return _taken(running, asked, wanted, actions)


def _row(asked: Asked, new: New) -> TakeIn:
    return TakeIn(new.case, asked.system, new.number, new.reported_at, str(new.row))


def _patch(asked: Asked, new: New, pictures: dict[str, bytes]) -> TakePatch:
    return TakePatch(new.case, asked.system, new.number, None, str(new.row), asked.origin, new.more, pictures)


def _column(asked: Asked, field: str) -> str:
    return field_word(field) if asked.kind == "patches" else str(LABELS.get(COLUMN_OF.get(field, field), ""))


def _taken(running: Running, asked: Asked, wanted: Wanted, actions: Iterator[tuple[New, TakeIn]]) -> dict[str, Any]:
    made: list[list[int]] = []
    count, same, whole = 0, [[one.row, one.case] for one in wanted.same], max(1, len(wanted.new))
    for at, (new, action) in enumerate(actions):
        if at % EVERY == 0:
            running.progress(1 + int(98 * at / whole))
        try:
            case, fresh = once(action, context_of_job(running))
        except Problem as problem:
            wanted.fail(
                new.row,
                _column(asked, problem.field),
                # What came without a number got one made of its content (`numbers`), which says nothing to the reader.
                new.number if not new.number.startswith("row:") else "",
                problem.message,
            )
            continue
        count += fresh
        (made if fresh else same).append([new.row, case])
    errors = sorted(wanted.errors, key=lambda one: one.row)
    return {
        "rows": wanted.rows,
        "created": count,
        "same": len(same),
        "bad_rows": wanted.bad_rows(),
        "errors": [error.as_json() for error in errors],
        "cases": made[:MOST_SHOWN],
    }
