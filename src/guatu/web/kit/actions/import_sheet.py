"""A spreadsheet of one kind is taken in: all of it, or its good lines where the user says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context, perform
from guatu.web.base.actions.action import require
from guatu.web.base.files import path_of, store
from guatu.web.base.models import Attachment
from guatu.web.kit.importer import importers
from guatu.web.kit.sheets import Sheet


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
    alive: Callable[[], None] | None = None
    """Called now and then while the sheet is read."""
    name = "sheet.import"
    words = gettext_lazy("导入表格")

    def permit(self, context: Context) -> None:
        require(context, importers()[self.kind].edit)

    def prepare(self, context: Context) -> None:
        _ = self._read

    @cached_property
    def _read(self) -> tuple[Attachment, Sheet]:
        attachment = Attachment.objects.get(pk=self.attachment_id)
        data = path_of(attachment).read_bytes()
        return attachment, importers()[self.kind].read(data, attachment.name, self.alive)

    def change(self, context: Context) -> Change[Outcome]:
        attachment, sheet = self._read
        checked = importers()[self.kind].check(sheet, context)
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
            errors=[error.as_json() for error in checked.errors],
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


def take_sheet(kind: str, file: UploadedFile, context: Context, *, only_good: bool = False) -> Outcome:
    """A file taken in here and now, without a page or a job."""
    attachment = store(file, context.actor.user, context.at)
    return perform(ImportSheet(kind, attachment.pk, only_good), context)
