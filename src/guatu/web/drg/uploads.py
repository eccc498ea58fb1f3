"""Files on their way in. What was uploaded lies in a folder of the moment; only what may stay is stored."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from guatu.packs.drg.table_error import TableError
from guatu.packs.drg.tables import SUFFIXES
from guatu.web.base import files
from guatu.web.base.models import Attachment
from guatu.web.base.problems import Invalid

MB = 2**20


@contextmanager
def received(upload: UploadedFile | None, field: str = "file") -> Iterator[Path]:
    """The upload as a file that is gone afterwards.

    Raises `Invalid` at `field` where it cannot be taken, also for what goes wrong while the table is read: no message
    repeats a word of the file, since it may be a person's.
    """
    upload = _checked(upload, field)
    suffix = Path(upload.name or "").suffix.lower()
    if suffix not in SUFFIXES:
        raise Invalid(
            _("请上传表格文件:%(known)s。") % {"known": " ".join(SUFFIXES)}, field=field, code="drg.file-kind"
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{suffix}"
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        try:
            yield path
        except TableError as error:
            raise Invalid(_said(error), field=field, code=error.code) from None


def archive_of(upload: UploadedFile | None, field: str = "file") -> bytes:
    """The bytes of an upload."""
    return b"".join(_checked(upload, field).chunks())


def _checked(upload: UploadedFile | None, field: str) -> UploadedFile:
    limit = settings.GUATU_LARGEST_UPLOAD
    if upload is None:
        raise Invalid(_("请选择要上传的文件。"), field=field, code="file.missing")
    if not upload.size:
        raise Invalid(_("文件是空的,请选择有内容的文件。"), field=field, code="file.empty")
    if upload.size > limit:
        raise Invalid(
            _("文件有 %(size)d MB,超过 %(limit)d MB 的上限。请改用 Parquet 或拆分后再上传。")
            % {"size": upload.size // MB, "limit": limit // MB},
            field=field,
            code="file.too-large",
        )
    return upload


def _said(error: TableError) -> str:
    words = {
        "table.encoding": _("文件既不是 UTF-8 也不是 GB18030 文字,请另存为 UTF-8 后再试。"),
        "table.empty": _("文件没有内容,第一行应是列名。"),
        "table.column-repeated": _("有列名出现不止一次,请改名或删去多余的列。"),
        "table.column-missing": _("文件缺少需要的列。"),
    }
    return words.get(error.code, _("文件读不出来,请检查是否完整、后缀与内容是否相符。"))


def store(name: str, data: bytes, at: datetime.datetime) -> Attachment:
    """Bytes of our own making, under the hash of their content. They belong to no person: rights say who reads them."""
    return files.store(SimpleUploadedFile(name, data), None, at)
