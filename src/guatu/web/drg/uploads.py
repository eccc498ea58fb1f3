"""Files on their way in. They are read in a child process; only what may stay is stored."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from guatu.core.fields.file import File
from guatu.engines.drg.tables import SUFFIXES
from guatu.web.base import files
from guatu.web.base.models import Attachment
from guatu.web.base.problems import Invalid
from guatu.web.base.reading import check_ending
from guatu.web.drg.computing.incoming import MOST_ROWS, Asked, NotTaken
from guatu.web.drg.words import key


def table_of(
    upload: UploadedFile | None, columns: Sequence[str] = (), optional: Sequence[str] = ()
) -> tuple[bytes, Asked]:
    """The bytes of a table, and how they are to be read. Raises `Invalid` at `file` for what is no table by its
    name."""
    upload = _checked(upload, "file")
    given = files.check(upload, File(endings=tuple(SUFFIXES)))
    data = archive_of(upload)
    check_ending(data, given.name)
    return data, Asked(given.ending, key(), tuple(columns), tuple(optional))


def refused(why: NotTaken) -> Invalid:
    """The problem of a table. No message repeats a word of the file, since it may be a person's."""
    if why.lacks:
        # What the columns are called is not repeated: a file without a head has people there.
        said = _("文件缺少这些列:%(columns)s。第一行应是列名。") % {"columns": ", ".join(why.lacks)}
        return Invalid(said, field="file", code=why.code)
    words = {
        "table.encoding": _("文件既不是 UTF-8 也不是 GB18030 文字,请另存为 UTF-8 后再试。"),
        "table.empty": _("文件没有内容,第一行应是列名。"),
        "table.column-repeated": _("有列名出现不止一次,请改名或删去多余的列。"),
        "table.column-missing": _("文件缺少需要的列。"),
        "drg.too-many-rows": _("一次最多 %(most)d 行,请拆分后分别上传。") % {"most": MOST_ROWS},
    }
    said = words.get(why.code, _("文件读不出来,请检查是否完整、后缀与内容是否相符。"))
    return Invalid(said, field="file", code=why.code)


def archive_of(upload: UploadedFile | None, field: str = "file") -> bytes:
    """The bytes of an upload."""
    return b"".join(_checked(upload, field).chunks())


def _checked(upload: UploadedFile | None, field: str) -> UploadedFile:
    if upload is None:
        raise Invalid(_("请选择要上传的文件。"), field=field, code="file.missing")
    files.check_size(upload, field)
    return upload


def store(name: str, data: bytes, at: datetime.datetime) -> Attachment:
    """Bytes of our own making, under the hash of their content. They belong to no person: rights say who reads them."""
    return files.store(SimpleUploadedFile(name, data), None, at)
