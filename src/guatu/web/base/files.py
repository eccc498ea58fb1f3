"""Uploaded files, stored under the hash of their bytes."""

from __future__ import annotations

import datetime
import hashlib
import mimetypes
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from guatu.adapters.content import kind_name, refused_as_evidence, sniff
from guatu.core.fields.file import File, Given
from guatu.web.base.actors import Actor
from guatu.web.base.hooks import Hooks
from guatu.web.base.language import language
from guatu.web.base.models import Attachment, User
from guatu.web.base.parsing import taken
from guatu.web.base.problems import Invalid

HEAD = 4096
"""So many bytes tell what a file is."""


def path_of(attachment: Attachment) -> Path:
    return path_of_digest(attachment.sha256)


def path_of_digest(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


Reader = Callable[[Actor, Attachment], bool]
_readers: Hooks[Reader] = Hooks()
reader = _readers.add
"""Registers an app's answer to whether an actor may read a file: its own files, by the rights to what they hang on."""


def download(attachment: Attachment) -> FileResponse:
    """The file, always as a download: it came from outside."""
    try:
        content = path_of(attachment).open("rb")
    except FileNotFoundError as gone:
        # A database restored without its folder of files: the row is there, what it names is not.
        raise Http404 from gone
    response = FileResponse(content, as_attachment=True, filename=attachment.name)
    response["Content-Security-Policy"] = "sandbox"
    return response


def may_read(actor: Actor, attachment: Attachment) -> bool:
    """A file may be read by who uploaded it, and by those whom the app that keeps it lets."""
    if actor.user is not None and attachment.uploaded_by_id == actor.user.pk:
        return True
    return any(allows(actor, attachment) for allows in _readers)


def check_size(upload: UploadedFile, field: str = "file") -> None:
    """Raises `Invalid` at `field` for a file that is empty or larger than the county allows."""
    check(upload, File(largest=settings.GUATU_LARGEST_UPLOAD), field)


def check(upload: UploadedFile, kind: File, field: str = "file") -> Given:
    """What an upload is, by its name, its size and its first bytes. Raises `Invalid` at `field` for what is no such
    file."""
    content = ""
    if kind.contents:
        content = sniff(upload.read(HEAD)) or ""
        upload.seek(0)
    given = Given(upload.name or "", upload.size or 0, content)
    taken(kind.read(given), field)
    return given


def store_evidence(upload: UploadedFile, user: User | None, at: datetime.datetime, field: str) -> Attachment:
    """The same for a file that is to prove something: raises `Invalid` for what is no picture, recording or document by
    its bytes."""
    check_size(upload, field)
    data = upload.read()
    upload.seek(0)
    refused = refused_as_evidence(data, upload.name or "")
    if refused:
        content = sniff(data)
        words = {"name": upload.name, "is": kind_name(content, language())}
        if refused == "ending":
            said = _("“%(name)s”不能作为佐证材料。请上传照片、视频、PDF、OFD 或 Office、WPS 文档;压缩包请解压后上传。")
        else:
            said = _("“%(name)s”的内容是%(is)s,与后缀不符,没有保存。请用原来的程序打开核对,另存后再上传。")
        raise Invalid(said % words, field=field, code="evidence.refused")
    return store(upload, user, at, field)


def store(upload: UploadedFile, user: User | None, at: datetime.datetime, field: str = "file") -> Attachment:
    """Writes an upload to disk and makes its row; the file stands under its hash before the row says so.

    Raises `Invalid` at `field` for a file that is empty or larger than the county allows.
    """
    check_size(upload, field)
    digest = hashlib.sha256()
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=root, delete=False) as copy:
        for chunk in upload.chunks():
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    name = Path(upload.name or "file").name[:255]
    attachment = Attachment(
        sha256=digest.hexdigest(),
        name=name,
        size=upload.size or 0,
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        uploaded_by=user,
        uploaded_at=at,
    )
    target = path_of(attachment)
    target.parent.mkdir(exist_ok=True)
    Path(copy.name).replace(target)
    attachment.save()
    return attachment
