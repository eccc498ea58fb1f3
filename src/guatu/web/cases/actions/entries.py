"""What the actions on cases share: a locked case with its history, one more line of it, and the summary after."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from guatu.core.fields.photo import Photo
from guatu.core.kernel.row_finding import RowFinding
from guatu.web.base.actions import Change, Context, take_version
from guatu.web.base.files import check, store
from guatu.web.base.language import language
from guatu.web.base.models import Attachment
from guatu.web.base.prepared import Prepared
from guatu.web.base.problems import Denied, Invalid
from guatu.web.cases.history import SUMMARY, Standing, standing, summary
from guatu.web.cases.models import LARGE, Case, CaseEvent, CaseFile
from guatu.web.cases.selectors.visible import sight

LARGEST_PHOTO = 20 * 2**20
MOST_PHOTOS = 6
LONGEST = 4000
"""Characters of a reason."""
_MOST_ID = 2**63


def case_for(context: Context, pk: int) -> Case:
    """A case that the actor may see; for others it is not there."""
    row = _case.first(pk=pk) if 0 < pk < _MOST_ID else None
    if row is None or not sight(context.actor).sees(row):
        raise Denied(_("没有这个案件,或者您不能查看。"), code="case.not-visible")
    return row


_case: Prepared[Case] = Prepared(
    lambda pk: Case.objects.select_related("flow").defer(*(f"flow__{name}" for name in LARGE)).filter(pk=pk),
    pk=int,
)


def locked(row: Case, seen: int) -> Standing:
    """The case with its history, alone until the transaction ends; a `Conflict` where it has moved on since it
    was seen."""
    take_version(row, seen)
    return standing(row)


def refuse(findings: Sequence[RowFinding]) -> None:
    """Raises the first finding as a problem at its field; all of them go with it."""
    if findings:
        words = [one.message(language()) for one in findings]
        raise Invalid("\n".join(words), field=findings[0].field, code=findings[0].code)


def add_event(now: Standing, context: Context, kind: str, **values: Any) -> CaseEvent:
    """One more line of the history; what was read of `now` before stays as it was, see `summarise`."""
    event = next_event(now, context, kind, **values)
    event.save()
    return event


def next_event(now: Standing, context: Context, kind: str, **values: Any) -> CaseEvent:
    """The line that comes next, not yet written."""
    number = now.events[-1].number + 1 if now.events else 1
    event = CaseEvent(
        case=now.row, number=number, kind=kind, at=moment(now, context), user=context.actor.user, **values
    )
    now.events.append(event)
    return event


def moment(now: Standing, context: Context) -> datetime.datetime:
    """The time of the action, never before the last line: clocks of servers differ by a blink."""
    last = now.events[-1].at if now.events else now.row.opened_at
    return max(context.at, last)


def actor_key(context: Context) -> str:
    """Who acts, as a history names them; "" for a program."""
    return str(context.actor.user.pk) if context.actor.user else ""


def written(text: str, field: str = "reason", most: int = LONGEST) -> str:
    """A text as somebody wrote it, whole: raises `Invalid` for one that is longer than the county keeps."""
    text = text.replace("\0", "").strip()
    if len(text) > most:
        raise Invalid(_("不能超过 %(most)d 个字。") % {"most": most}, field=field, code="case.too-long")
    return text


@dataclass(frozen=True)
class Kept:
    field: str
    file: Attachment


def keep_photos(uploads: dict[str, Sequence[UploadedFile]], context: Context) -> list[Kept]:
    """Stores the photos of a form by their fields. Raises `Invalid` for one that is too large, too many, or no
    picture."""
    kept = []
    for field, files in uploads.items():
        if len(files) > MOST_PHOTOS:
            raise Invalid(
                _("一次最多 %(most)d 张照片。") % {"most": MOST_PHOTOS}, field=field, code="case.too-many-photos"
            )
        for upload in files:
            check(upload, Photo(largest=LARGEST_PHOTO), field)
            kept.append(Kept(field, store(upload, context.actor.user, context.at, field)))
    return kept


def attach(row: Case, event: CaseEvent | None, kept: Sequence[Kept]) -> None:
    CaseFile.objects.bulk_create(CaseFile(case=row, event=event, field=one.field, file=one.file) for one in kept)


def summarise(before: Standing) -> dict[str, Any]:
    """Writes what the history gives, with the lines that were added, into the case; the columns as they are after."""
    row = before.row
    row.save(update_fields=put_summary(Standing(row, before.events)))
    return shown_columns(row)


def put_summary(now: Standing) -> list[str]:
    """Puts what the history gives on the row, without writing it; the names of the columns that changed with it."""
    row = now.row
    for name, value in summary(now).items():
        setattr(row, name, value)
    row.changed_at = now.events[-1].at if now.events else row.opened_at
    return [*SUMMARY, "changed_at", "unit", "class_code"]


def shown_columns(row: Case) -> dict[str, Any]:
    """Of a case, what its audit line shows."""
    return {"open_steps": row.open_steps, "unit": row.unit_id, "ended": row.ended_at is not None}


def changed(row: Case, before: dict[str, Any], after: dict[str, Any]) -> Change[Case]:
    """The audit line of a case. Of a confidential one it says that something was done, not what."""
    change = Change(row)
    change.note(row, None if row.confidential else before, {"code": row.code} if row.confidential else after)
    return change
