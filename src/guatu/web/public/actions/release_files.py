"""A file is hung to a draft, or taken from it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.fields.file import File
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.files import check, store
from guatu.web.base.problems import Invalid
from guatu.web.public.actions.rows import draft_of, require_release
from guatu.web.public.models import Release

MOST = 20
# Told by the bytes: what a browser is sent is what was looked at, whatever the name says.
MEDIA = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
ENDINGS = (".pdf", ".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class AddReleaseFile(RowAction[Release]):
    """A PDF or a picture; the same bytes twice are one file."""

    release: int
    file: UploadedFile | None
    name = "public.add-file"
    words = gettext_lazy("添加公示附件")

    def permit(self, context: Context) -> None:
        require_release(context, self.release, "public.edit")

    def change(self, context: Context) -> Change[Release]:
        row = draft_of(self.release)
        if self.file is None:
            raise Invalid(_("请选择文件。"), field="file", code="public.no-file")
        if row.files.count() >= MOST:
            raise Invalid(_("一份公示最多 %(n)d 个附件。") % {"n": MOST}, field="file", code="public.many-files")
        kind = File(endings=ENDINGS, contents=tuple(MEDIA), largest=settings.GUATU_LARGEST_UPLOAD)
        # By name, size and first bytes, before anything is stored.
        given = check(self.file, kind)
        stored = store(self.file, context.actor.user, context.at)
        change = Change(row)
        if row.files.filter(sha256=stored.sha256).exists():
            stored.delete()
            return change
        row.files.create(
            file=stored, name=stored.name, size=stored.size, sha256=stored.sha256, media_type=MEDIA[given.content]
        )
        change.note(row, None, {"file": stored.name, "sha256": stored.sha256})
        return change


@dataclass(frozen=True)
class RemoveReleaseFile(RowAction[Release]):
    release: int
    file: int
    name = "public.remove-file"
    words = gettext_lazy("删去公示附件")

    def permit(self, context: Context) -> None:
        require_release(context, self.release, "public.edit")

    def change(self, context: Context) -> Change[Release]:
        row = draft_of(self.release)
        change = Change(row)
        # Twice clicked, it is gone already.
        for file in row.files.filter(pk=self.file):
            change.note(row, {"file": file.name, "sha256": file.sha256}, None)
            file.delete()
        return change
