"""The packs of the county, and the engines of the flow versions that cases run on. Each is read once by a process."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.flows.publish import publish
from guatu.adapters.packs.finder import find_packs
from guatu.adapters.packs.loading import LoadedPack, load_pack
from guatu.core.kernel.finding import Language
from guatu.core.pack.content import Pack
from guatu.core.pack.tables import ClassRow
from guatu.web.base.settings_table import setting
from guatu.web.cases.models import FlowVersion

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Library:
    packs: Mapping[str, LoadedPack]

    def pack(self, name: str) -> Pack | None:
        found = self.packs.get(name)
        return found.pack if found else None

    def flow_of(self, pack: str) -> str:
        """The flow that a new case of the pack begins."""
        return next(iter(self.packs[pack].engines))

    def class_row(self, pack: str, code: str) -> ClassRow | None:
        found = self.pack(pack)
        return next((row for row in found.classes if row.code == code), None) if found else None


@cache
def library() -> Library:
    """All packs that stand the check; one that does not is told in the log and left out."""
    loaded: dict[str, LoadedPack] = {}
    for name, found in find_packs().items():
        pack, findings = load_pack(found.folder)
        if pack is None:
            _log.error("pack %s is left out: %s", name, "; ".join(one.text("en") for one in findings[:5]))
        elif pack.engines:
            loaded[name] = pack
    return Library(loaded)


def public_packs() -> list[str]:
    """Packs whose cases anybody may open without an account (setting `cases.public-packs`); none that is confidential."""
    named = setting("cases.public-packs", ["urban_management"])
    packs = library().packs
    return [name for name in named if name in packs and not confidential(name)]


def confidential(pack: str) -> bool:
    return any(engine.flow.confidential for engine in library().packs[pack].engines.values())


def current_version(pack: str, at: datetime.datetime) -> FlowVersion:
    """The row of the version that the pack has now; published here when it is first used."""
    loaded = library().packs[pack]
    engine = loaded.engines[library().flow_of(pack)]
    row, _new = FlowVersion.objects.get_or_create(
        flow=engine.flow.id,
        version=engine.version,
        defaults={
            "pack": pack,
            "text": loaded.pack.flows[loaded.files[engine.flow.id]],
            "tables": dict(loaded.pack.decisions),
            "confidential": engine.flow.confidential,
            "published_at": at,
        },
    )
    return row


def engine_of(row: FlowVersion) -> FlowEngine:
    """The engine of a version: the pack's own while it is the current one, else from the text that was kept."""
    loaded = library().packs.get(row.pack)
    engine = loaded.engines.get(row.flow) if loaded else None
    if engine is not None and engine.version == row.version:
        return engine
    return _kept_engine(row.pk, row.version)


@lru_cache(maxsize=200)
def _kept_engine(pk: int, version: str) -> FlowEngine:
    row = FlowVersion.objects.get(pk=pk)
    pack = library().pack(row.pack)
    roles, clocks = (pack.roles, pack.clock_names) if pack else (frozenset[str](), frozenset[str]())
    engine, findings = publish(row.text, f"{row.flow}.bpmn", roles, clocks, row.tables)
    if engine is None:
        # Published once, it was right then; what has gone since is a role or clock of its pack.
        raise LookupError(f"{row.flow} {version}: {'; '.join(one.text('en') for one in findings[:3])}")
    return engine


def class_name(pack: str, code: str, language: Language) -> str:
    """The class in words; its code where the pack does not know it (any more)."""
    row = library().class_row(pack, code)
    return (row.zh if language == "zh" else row.en) if row else code
