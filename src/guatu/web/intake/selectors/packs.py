"""The packs whose cases may come from a file."""

from __future__ import annotations

from guatu.core.kernel.finding import Language
from guatu.web.cases.library import library


def pack_choices(language: Language) -> list[tuple[str, str]]:
    return [(name, library().title(name, language)) for name in library().packs]
