"""What may be published in this county: the program's own kinds, then those of the packs. Read once by a process."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guatu.adapters.packs.finder import find_packs
from guatu.adapters.packs.loading import load_pack
from guatu.core.kernel.finding import Language
from guatu.core.pack.sections import manifest, publications
from guatu.core.pack.toml_lines import TomlText
from guatu.core.publishing.declaration import Publication

_log = logging.getLogger(__name__)
OWN = Path(__file__).with_name(publications.FILE)


@dataclass(frozen=True)
class NoticeKind:
    """A kind under the word by which it is kept; `group` says whose it is in words, "" for the program's own."""

    word: str
    of: Publication
    group: tuple[str, str] = ("", "")

    def label(self, language: Language) -> str:
        return self.of.label(language)

    @property
    def by_village(self) -> bool:
        return self.of.by == "village"


@cache
def kinds() -> dict[str, NoticeKind]:
    """All kinds by their words, the program's own first."""
    # A name of ours has no slash, so no pack can take it.
    found = {row.name: NoticeKind(row.name, row) for row in own()}
    for name, pack in find_packs().items():
        # Most packs publish nothing: their flows need not be read for that.
        if not (pack.folder / publications.FILE).is_file():
            continue
        loaded, findings = load_pack(pack.folder)
        if loaded is None:
            # What somebody mistyped in one pack takes the others nothing.
            _log.error("pack %s publishes nothing: %s", name, "; ".join(one.text("en") for one in findings[:5]))
            continue
        title = loaded.pack[manifest.SECTION].title
        for row in loaded.pack[publications.SECTION].publication:
            found[f"{name}/{row.name}"] = NoticeKind(f"{name}/{row.name}", row, (title.zh, title.en))
    return found


def own() -> tuple[Publication, ...]:
    """What the program itself lets be published, declared as packs declare theirs."""
    table, findings = TomlText(OWN.name, OWN.read_text(encoding="utf-8")).read(publications.PublicationTable)
    if table is None:
        raise LookupError("; ".join(one.text("en") for one in findings))
    return table.publication


def of_villages() -> list[NoticeKind]:
    """What villages disclose again and again."""
    return [kind for kind in kinds().values() if kind.by_village and kind.of.every is not None]
