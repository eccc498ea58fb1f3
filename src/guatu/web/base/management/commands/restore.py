"""python -m guatu.web restore FILE: a backup into the new folder GUATU_DATA. Called by `guatu restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.actions import Context, perform
from guatu.web.base.actions.note_backup import NoteRestore
from guatu.web.base.actors import anonymous
from guatu.web.base.backup.restoring import Restored, restore, verify
from guatu.web.base.management.commands._backup import BackupCommand, counts, megabytes, passphrase, wrong_files


class Command(BackupCommand):
    help = "Opens a backup in the new folder GUATU_DATA and the empty database of the settings."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", help="the backup · 备份文件")
        parser.add_argument("--verify", action="store_true", help="try it and change nothing · 只试不改")

    def handle(self, *args: Any, **options: Any) -> None:
        self.speak(lambda: self._restore(options))

    def _restore(self, options: dict[str, Any]) -> int:
        path = Path(options["file"])
        found = (verify if options["verify"] else restore)(path, passphrase(options))
        if not options["verify"]:
            said = {**counts(found.backup), "name": path.name, "made_at": found.backup.manifest.made_at.isoformat()}
            perform(NoteRestore(said), Context(anonymous(timezone.localdate()), timezone.now()))
        self.stdout.write(_sentence(path, found))
        if found.backup.manifest.secret == "environment":
            self.stdout.write(_("密钥不在备份里:启动前请把环境变量 GUATU_SECRET 设成原来的值。"))
        if found.left_out:
            self.stdout.write(_("没有装入不属于 guatu 的表:%(names)s。") % {"names": ", ".join(found.left_out)})
        if wrong := wrong_files(found.backup):
            self.stdout.write(wrong)
        return 0


def _sentence(path: Path, found: Restored) -> str:
    backup = found.backup
    values = {
        **counts(backup),
        "path": path,
        "size": megabytes(backup.size),
        "made": f"{timezone.localtime(backup.manifest.made_at):%Y-%m-%d %H:%M:%S}",
        "version": backup.manifest.product,
        "migrated": found.migrated,
    }
    return (
        _(
            "%(path)s 完好:%(made)s 由 guatu %(version)s 备份,%(rows)d 行数据、%(files)d 个附件,%(size)s;"
            "装入本版本无误,数据库结构更新 %(migrated)d 处。"
        )
        % values
    )
