"""A spreadsheet of units, places or people is taken in: all of it, or its good lines where the user says so."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.base.files import path_of
from guatu.web.base.models import Attachment
from guatu.web.base.sheets import read_sheet
from guatu.web.directory.imports import KINDS

MOST_KEPT = 5000
"""So many errors are kept for the page; more of them say nothing new."""


@dataclass(frozen=True)
class Outcome:
    """What came of it. `written` is False where a line was wrong and only whole sheets were wanted."""

    kind: str
    attachment: int
    rows: int
    created: int
    changed: int
    same: int
    bad_rows: int
    written: bool
    errors: list[dict[str, Any]]
    unknown: list[str]


@dataclass(frozen=True)
class ImportSheet(Action[Outcome]):
    kind: str
    attachment_id: int
    only_good: bool
    name: ClassVar[str] = "directory.import"
    words: ClassVar[str | Promise] = gettext_lazy("导入表格")

    def permit(self, context: Context) -> None:
        require(context, KINDS[self.kind].permission)

    def change(self, context: Context) -> Change[Outcome]:
        attachment = Attachment.objects.get(pk=self.attachment_id)
        importer = KINDS[self.kind]
        sheet = read_sheet(path_of(attachment).read_bytes(), attachment.name, importer.columns)
        checked = importer.check(sheet, context)
        written = checked.good > 0 and (self.only_good or not checked.errors)
        outcome = Outcome(
            kind=self.kind,
            attachment=attachment.pk,
            rows=len(sheet.rows),
            created=checked.created,
            changed=checked.changed,
            same=checked.same,
            bad_rows=len({error.row for error in checked.errors}),
            written=written,
            errors=[error.as_json() for error in checked.errors[:MOST_KEPT]],
            unknown=sheet.unknown,
        )
        change = Change(outcome)
        if written:
            checked.write(change)
            change.note(attachment, None, {"kind": self.kind, "created": checked.created, "changed": checked.changed})
        return change

    def answer(self, result: Outcome) -> Any:
        return asdict(result)

    def recall(self, answer: Any) -> Outcome:
        return Outcome(**answer)
