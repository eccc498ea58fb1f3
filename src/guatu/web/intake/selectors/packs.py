"""The packs whose cases may come from a file."""

from __future__ import annotations

from guatu.core.kernel.finding import Language
from guatu.web.cases.library import library


def pack_choices(language: Language) -> list[tuple[str, str]]:
    rows = [(name, one.pack.manifest.title) for name, one in library().packs.items()]
    return [(name, title.zh if language == "zh" else title.en) for name, title in rows]
