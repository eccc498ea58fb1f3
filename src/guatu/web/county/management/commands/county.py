"""python -m guatu.web county: the workbook of the first hour, written and taken in. Called by `guatu county`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.actions import Context, perform
from guatu.web.base.backup.problems import REFUSED
from guatu.web.base.language import joined
from guatu.web.base.management.commands._called import CalledCommand, actor_named
from guatu.web.base.problems import Invalid, Problem
from guatu.web.county.actions.load_county import LoadWorkbook, Outcome, SheetOutcome
from guatu.web.county.selectors.workbook import present_rows
from guatu.web.county.sheets import SHEETS
from guatu.web.kit.sheets import write_workbook

WRONG = 1


class Command(CalledCommand):
    help = "The first hour of a county by one workbook."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["workbook", "load"])
        parser.add_argument("file")
        parser.add_argument("--yes", action="store_true")
        parser.add_argument("--only-good", action="store_true")
        parser.add_argument("--user", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        self.speak(lambda: self._told(options))

    def _told(self, options: dict[str, Any]) -> int:
        try:
            return {"workbook": self._workbook, "load": self._load}[options["what"]](options)
        except Problem as problem:
            self.stderr.write(_("错误:%(message)s") % {"message": problem.message})
            return REFUSED

    def _workbook(self, options: dict[str, Any]) -> int:
        file = Path(options["file"])
        try:
            # Never over a file: it may be the one that somebody has been filling in.
            with file.open("xb") as out:
                write_workbook(out, SHEETS, present_rows(timezone.localdate()))
        except OSError as error:
            said = _("%(name)s 写不了:已有这个文件,或文件夹不能写。") % {"name": file}
            raise Invalid(said, code="book.no-file") from error
        self.stdout.write(_("已写到 %(name)s。") % {"name": file})
        return 0

    def _load(self, options: dict[str, Any]) -> int:
        file = Path(options["file"])
        try:
            data = file.read_bytes()
        except OSError as error:
            raise Invalid(_("%(name)s 读不出来。") % {"name": file}, code="book.no-file") from error
        context = Context(actor_named(options["user"]), timezone.now())
        action = LoadWorkbook(data, file.name, options["only_good"], not options["yes"])
        outcome = perform(action, context)
        # In one go: whoever reads only the first lines (`| head`) breaks no pipe before the passwords are out.
        self.stdout.write("\n".join(_said(outcome)))
        return WRONG if outcome.wrong else 0


def _said(outcome: Outcome) -> Iterator[str]:
    for sheet in outcome.sheets:
        yield from _of_sheet(sheet)
    if outcome.unknown:
        yield _("这些表没有用到:") + joined(outcome.unknown)
    # Parted by a tab: it goes into a sheet, or to a printer.
    yield from (f"{account.username}\t{account.password}" for account in outcome.accounts)
    yield _end_of(outcome)


def _of_sheet(sheet: SheetOutcome) -> Iterator[str]:
    counts = {"new": len(sheet.created) + len(sheet.along), "changed": len(sheet.changed), "same": sheet.same}
    said = _("新增 %(new)d,变更 %(changed)d,相同 %(same)d") % counts if sheet.there else _("没有这张表")
    yield f"{sheet.title}  {said}"
    yield from (f"  + {name}" for name in (*sheet.created, *sheet.along))
    yield from (f"  * {name}" for name in sheet.changed)
    yield from (f"  {note}" for note in sheet.notes)
    if sheet.unknown:
        yield "  " + _("这些列没有用到:") + joined(sheet.unknown)
    for error in sheet.errors:
        at = _("第 %(row)d 行 %(column)s") % error if error["row"] else _("整张表")
        value = f"“{error['value']}”" if error["value"] else ""
        yield f"  ! {at}{value}:{error['message']}"


def _end_of(outcome: Outcome) -> str:
    if outcome.wrong and not outcome.written:
        return _("有不对的,什么也没有录入。只录入正确的行,请加 --only-good --yes。")
    if not outcome.good:
        return _("都与现状相同,没有要录入的。")
    return _("已录入。") if outcome.written else _("还没有录入。确认录入,请加 --yes 再执行一次。")
