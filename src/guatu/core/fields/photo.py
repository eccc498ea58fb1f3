"""Photos, and papers that were photographed: known by their first bytes, since telephones send them under any name."""

from typing import ClassVar

from guatu.core.fields.file import MEGABYTE, File
from guatu.core.fields.findings import NO_PHOTO, PHOTO_TOO_LARGE
from guatu.core.kernel.finding import Kind

CONTENTS = ("jpeg", "png", "gif", "webp", "bmp", "tiff", "heic", "pdf")


class Photo(File, frozen=True, kw_only=True):
    """A picture or pdf; cameras of telephones make up to twelve megabytes."""

    contents: tuple[str, ...] = CONTENTS
    largest: int = 20 * MEGABYTE
    too_large: ClassVar[Kind] = PHOTO_TOO_LARGE
    other: ClassVar[Kind] = NO_PHOTO
