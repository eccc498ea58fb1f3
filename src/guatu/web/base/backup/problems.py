"""What goes wrong with a backup, as a sentence for whoever called the command."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from django.utils.translation import gettext as _

# The classes of outcome are those of the command line (guatu.cli.exits), which cannot be imported from here.
INCOMPLETE = 1
REFUSED = 2
NOT_WRITTEN = 3


class BackupError(Exception):
    """Ends the work; `code` is the exit code of the command."""

    def __init__(self, message: str, code: int = REFUSED) -> None:
        super().__init__(message)
        self.message, self.code = message, code


def not_written(folder: Path, error: Exception) -> BackupError:
    """What the system or SQLite said when something could not be written below a folder."""
    if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "is full" in str(error):
        free = shutil.disk_usage(folder).free // 2**20
        said = _("没有做成:%(folder)s 所在的磁盘满了(还剩 %(free)d MB)。没有留下半个文件。")
        return BackupError(said % {"folder": folder, "free": free}, NOT_WRITTEN)
    place, reason = getattr(error, "filename", None) or folder, getattr(error, "strerror", None) or error
    said = _("没有做成:%(folder)s 读写出错(%(reason)s)。没有留下半个文件。")
    return BackupError(said % {"folder": place, "reason": reason}, NOT_WRITTEN)
