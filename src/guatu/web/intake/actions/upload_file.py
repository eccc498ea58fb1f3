"""A file of cases comes in. It is looked at in the background, and nothing is made of it yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from guatu.web.base import files, jobs
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.models import Job
from guatu.web.base.problems import Invalid
from guatu.web.cases.library import library
from guatu.web.intake.asked import Asked, Kind

LONGEST_ORIGIN, MOST_PICTURES = 60, 400
CHECK = "intake.check"


@dataclass(frozen=True)
class UploadFile(RowAction[Job]):
    kind: Kind
    file: UploadedFile | None
    pack: str
    class_code: str = ""
    origin: str = ""
    language: str = "zh-hans"
    pictures: Sequence[UploadedFile] = ()
    name = "intake.upload"
    words = _("上传案件文件")
    permission = "case.edit"

    def change(self, context: Context) -> Change[Job]:
        if self.file is None:
            raise Invalid(_("请选择要上传的文件。"), field="file", code="file.missing")
        origin = self._checked()
        user = context.actor.user
        stored = files.store(self.file, user, context.at)
        pictures = tuple(files.store(one, user, context.at, "pictures").pk for one in self.pictures)
        asked = Asked(self.kind, stored.pk, self.pack, self.class_code, origin, self.language, pictures)
        job = jobs.enqueue(CHECK, {**asdict(asked), "pictures": list(pictures)}, user, context.at)
        change = Change(job)
        change.note(stored, None, {"kind": self.kind, "file": stored.name, "pack": self.pack, "origin": origin})
        return change

    def _checked(self) -> str:
        """The name of where it comes from."""
        origin = " ".join(self.origin.replace("\0", "").split())
        if self.pack not in library().packs:
            raise Invalid(_("请从列表中选择业务。"), field="pack", code="case.no-pack")
        if len(origin) > LONGEST_ORIGIN:
            raise Invalid(_("不能超过 %(most)d 个字。") % {"most": LONGEST_ORIGIN}, field="origin")
        if self.kind == "patches" and not origin:
            raise Invalid(_("请填写批次名称,例如 2026年第二季度。"), field="origin", code="patch.no-survey")
        if len(self.pictures) > MOST_PICTURES:
            raise Invalid(_("一次最多 %(most)d 张照片,请放进压缩包。") % {"most": MOST_PICTURES}, field="pictures")
        return origin
