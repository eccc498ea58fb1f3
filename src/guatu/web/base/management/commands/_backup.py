"""What the commands of backup share: their language, their options, their way to end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from guatu.web.base.backup.problems import BackupError
from guatu.web.base.backup.reading import Backup
from guatu.web.base.backup.sealing import passphrase_in
from guatu.web.base.management.commands._called import CalledCommand


class BackupCommand(CalledCommand):
    """Ends with the code of a `BackupError` and its sentence."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--passphrase-file", default="", help="its first line seals the backup · 第一行是口令")

    def speak(self, work: Callable[[], int]) -> None:
        super().speak(lambda: self._told(work))

    def _told(self, work: Callable[[], int]) -> int:
        try:
            return work()
        except BackupError as problem:
            self.stderr.write(_("错误:%(message)s") % {"message": problem.message})
            return problem.code


def passphrase(options: dict[str, Any]) -> str:
    given = options["passphrase_file"]
    return passphrase_in(Path(given)) if given else ""


def counts(backup: Backup) -> dict[str, Any]:
    """The figures of a backup, for a sentence and for the audit line."""
    return {
        "rows": backup.manifest.rows,
        "tables": len(backup.manifest.tables),
        "files": backup.files.count,
        "size": backup.size,
        "sha256": backup.digest,
    }


def wrong_files(backup: Backup) -> str:
    """What the database names and the folder of files did not have, by name; "" where all was there."""
    report = backup.files
    if not report.missing + report.damaged:
        return ""
    said = _("注意:数据库提到的附件有 %(missing)d 个不在磁盘上,%(damaged)d 个内容已损坏:") % {
        "missing": report.missing,
        "damaged": report.damaged,
    }
    return "\n".join([said, *(f"  {digest}  {name}" for _what, digest, name in report.named)])


def megabytes(size: int) -> str:
    return f"{size / 2**20:,.1f} MB"
