"""What a user wants taken in: a stored file, the pack and class of its cases, and the name of where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from guatu.web.base.files import path_of
from guatu.web.base.models import Attachment

Kind = Literal["table", "patches"]


@dataclass(frozen=True)
class Asked:
    kind: Kind
    attachment: int
    pack: str
    class_code: str
    origin: str
    """The name of the other system, or of the survey."""
    language: str
    pictures: tuple[int, ...] = ()

    @property
    def system(self) -> str:
        return f"{'table' if self.kind == 'table' else 'patch'}:{self.origin}"

    def file(self) -> tuple[bytes, str]:
        """The bytes and the name of the file."""
        stored = Attachment.objects.get(pk=self.attachment)
        return path_of(stored).read_bytes(), stored.name

    def picture_files(self) -> dict[str, bytes]:
        rows = Attachment.objects.filter(pk__in=self.pictures)
        return {row.name: path_of(row).read_bytes() for row in rows}

    @classmethod
    def of(cls, payload: dict[str, Any]) -> Asked:
        return cls(**{**payload, "pictures": tuple(payload["pictures"])})
