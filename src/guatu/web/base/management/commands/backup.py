"""python -m guatu.web backup: the county in one file, while the server runs. Called by `guatu backup`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.actions import Context, perform
from guatu.web.base.actions.note_backup import NoteBackup
from guatu.web.base.actors import anonymous
from guatu.web.base.backup.making import Made, Wanted, make
from guatu.web.base.backup.problems import INCOMPLETE
from guatu.web.base.management.commands._backup import BackupCommand, counts, megabytes, passphrase, wrong_files


class Command(BackupCommand):
    help = "The county in one file, while the server runs."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--to", default="", help="folder or file · 文件夹或文件")
        parser.add_argument("--keep", type=int, default=0, help="backups to keep in the folder · 保留份数")

    def handle(self, *args: Any, **options: Any) -> None:
        self.speak(lambda: self._make(options))

    def _make(self, options: dict[str, Any]) -> int:
        began, at = time.monotonic(), timezone.now()
        to = Path(options["to"]).resolve() if options["to"] else None
        made = make(Wanted(to, options["keep"], passphrase(options), at))
        said = {**counts(made.backup), "name": made.path.name, "removed": list(made.removed)}
        wrong = wrong_files(made.backup)
        perform(NoteBackup(said), Context(anonymous(timezone.localdate()), at))
        self.stdout.write(_sentence(made, said, time.monotonic() - began))
        if made.removed:
            self.stdout.write(_("按 --keep 删去较早的备份 %(n)d 份。") % {"n": len(made.removed)})
        if to is None:
            self.stdout.write(_("它和数据在同一个磁盘上:请再拷到另一台机器或另一个磁盘。"))
        if not options["passphrase_file"]:
            self.stdout.write(_("它没有加口令,含有个人信息:请当作机密保管,不要放进共享文件夹。"))
        if made.backup.manifest.secret == "inside":
            self.stdout.write(_("服务器的密钥(secret)也在里面。"))
        else:
            self.stdout.write(_("密钥来自环境变量 GUATU_SECRET,不在备份里:请另行保管。"))
        if wrong:
            self.stderr.write(wrong)
        return INCOMPLETE if wrong else 0


def _sentence(made: Made, said: dict[str, Any], seconds: float) -> str:
    values = {
        **said,
        "path": made.path,
        "size": megabytes(said["size"]),
        "seconds": f"{seconds:.0f}",
        "data": settings.DATA,
    }
    sentence = _(
        "已备份 %(data)s 到 %(path)s:%(rows)d 行数据、%(files)d 个附件,%(size)s,用时 %(seconds)s 秒,已读回核对。"
    )
    return sentence % values
