"""The packs of the county, and the engines of the flow versions that cases run on. Each is read once by a process."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import msgspec
from django.db.models import Q

from guatu.adapters.flows.bpmn import read_flow
from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.flows.publish import Declared, publish
from guatu.adapters.packs.finder import find_packs
from guatu.adapters.packs.loading import LoadedPack, load_pack
from guatu.core.cases.case_fields import CaseFields
from guatu.core.cases.flow import Flow
from guatu.core.cases.lanes import plain, post_names
from guatu.core.cases.parameters import Parameters
from guatu.core.kernel.finding import Language
from guatu.core.pack.clock_table import ClockTable
from guatu.core.pack.section import Pack
from guatu.core.pack.sections import classes, clocks, duty, manifest, parameters, posts
from guatu.core.pack.sections.classes import ClassRow
from guatu.core.pack.sections.duty import DutyRow
from guatu.web.base.settings_table import setting
from guatu.web.cases.models import LARGE, Case, FlowVersion

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

    def classes(self, pack: str) -> tuple[ClassRow, ...]:
        found = self.pack(pack)
        return found[classes.SECTION].rows if found else ()

    def class_row(self, pack: str, code: str) -> ClassRow | None:
        found = self.pack(pack)
        return found[classes.SECTION].row(code) if found else None

    def usual_unit(self, pack: str, code: str) -> DutyRow | None:
        """The kind of unit that answers for a class, as the pack has it."""
        found = self.pack(pack)
        return found[duty.SECTION].of(code) if found else None

    def title(self, pack: str, language: Language) -> str:
        """The pack in words; its name where it is gone."""
        found = self.pack(pack)
        return found[manifest.SECTION].title.text(language) if found else pack


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


def public_classes() -> list[tuple[str, ClassRow]]:
    """Classes that anybody may report without an account, each with its pack: those that packs name, of no confidential
    flow. The setting `cases.public-packs` names the packs of which the county takes such reports."""
    named = setting("cases.public-packs")
    return [(name, row) for name in packs_with_public_classes() if name in named for row in _public(name)]


def evaluated_packs() -> dict[str, Pack]:
    """Packs that say which steps are which stage of the evaluation."""
    packs = library().packs
    return {name: loaded.pack for name, loaded in packs.items() if loaded.rubrics.stages is not None}


def packs_with_public_classes() -> list[str]:
    return [name for name in library().packs if not confidential(name) and _public(name)]


def _public(pack: str) -> list[ClassRow]:
    return [row for row in library().classes(pack) if row.public]


def is_public(pack: str, code: str) -> bool:
    return any((name, row.code) == (pack, code) for name, row in public_classes())


def public_packs() -> list[str]:
    return list(dict.fromkeys(name for name, _row in public_classes()))


def confidential(pack: str) -> bool:
    return any(engine.flow.confidential for engine in library().packs[pack].engines.values())


def own_engine(pack: str) -> FlowEngine:
    """The engine of the flow that the pack brings for new cases."""
    return library().packs[pack].engines[library().flow_of(pack)]


def current_row(pack: str) -> FlowVersion | None:
    """The row on which new cases begin; None while no case has used what the pack brings."""
    rows = FlowVersion.objects.filter(Q(current=True) | Q(**own_key(pack)), pack=pack).defer(*LARGE)
    return rows.order_by("-current").first()


def own_key(pack: str) -> dict[str, Any]:
    """By what the row of the pack's own flow is known."""
    engine, table = own_engine(pack), library().packs[pack].pack[clocks.SECTION]
    kept = {"version": engine.version, "clocks_version": version_of_clocks(table)}
    return {"county": False, "flow": engine.flow.id, **kept}


def engine_of(row: FlowVersion) -> FlowEngine:
    """The engine of a version: the pack's own while it is the current one, else from the text that was kept."""
    loaded = library().packs.get(row.pack)
    engine = loaded.engines.get(row.flow) if loaded else None
    if engine is not None and engine.version == row.version:
        return engine
    return _kept_engine(row.pk, row.version)


@lru_cache(maxsize=200)
def _kept_engine(pk: int, version: str) -> FlowEngine:
    """Published once, it was right then: its roles and clocks are not asked of a pack that may have dropped
    them since."""
    row = FlowVersion.objects.get(pk=pk)
    file = f"{row.flow}.bpmn"
    flow, findings = read_flow(row.text, file)
    if flow is not None:
        names = _post_names(row.pack, flow)
        roles = (role for step in flow.steps for role in step.roles)
        held = frozenset((*flow.readers, *roles, *names.values()))
        fields = msgspec.convert(row.fields, CaseFields) if row.fields else None
        named = frozenset(node.clock for node in flow.nodes)
        declared = Declared(held, named, fields, _parameters(row), names)
        engine, findings = publish(row.text, file, declared, row.tables)
        if engine is not None:
            return engine
    raise LookupError(f"{row.flow} {version}: {'; '.join(one.text('en') for one in findings[:3])}")


def _post_names(pack: str, flow: Flow) -> dict[str, str]:
    """Posts by the names of the flow's lanes; a lane after which no post is called any more is a post of its own name,
    of which the desk takes care."""
    found = library().pack(pack)
    kept = {plain(step.lane): step.lane for step in flow.steps if step.lane}
    return {**kept, **(post_names(found[posts.SECTION].post) if found else {})}


def _parameters(row: FlowVersion) -> Parameters:
    """The numbers of a version: the pack's own, which keeps old values with their days; what was kept of those that it
    has no more, or where it is gone."""
    before = msgspec.convert(row.parameters, Parameters) if row.parameters else Parameters()
    pack = library().pack(row.pack)
    return pack[parameters.SECTION].all.over(before) if pack else before


def engines_known() -> list[tuple[str, FlowEngine]]:
    """Every flow on which an open case may be, with its pack: those of the packs, the county's current ones, and those
    that still run."""
    own = [(name, engine) for name, loaded in library().packs.items() for engine in loaded.engines.values()]
    running = Case.objects.filter(ended_at__isnull=True).order_by().values("flow").distinct()
    rows = FlowVersion.objects.filter(Q(county=True, current=True) | Q(pk__in=running)).order_by("-pk")
    return own + [(row.pack, engine) for row in rows.defer(*LARGE) if (engine := _readable(row)) is not None]


def _readable(row: FlowVersion) -> FlowEngine | None:
    try:
        return engine_of(row)
    except LookupError:
        return None


def clocks_of(row: FlowVersion) -> ClockTable:
    """The clocks of a version: the pack's own while they are the current ones, else those that were kept."""
    pack = library().pack(row.pack)
    now = pack[clocks.SECTION] if pack else ClockTable()
    return now if row.clocks_version in ("", version_of_clocks(now)) else _kept_clocks(row.pk, row.clocks_version)


@lru_cache(maxsize=200)
def _kept_clocks(pk: int, version: str) -> ClockTable:
    kept = FlowVersion.objects.filter(pk=pk, clocks_version=version).values_list("clocks", flat=True).get()
    return msgspec.convert(kept, ClockTable)


@lru_cache(maxsize=200)
def version_of_clocks(table: ClockTable) -> str:
    """Twelve hexadecimal digits of what the table says."""
    return hashlib.sha256(msgspec.json.encode(table)).hexdigest()[:12]


def condition_words(pack: str, language: Language) -> dict[str, str]:
    """What a case of the pack may be like, in words; a condition of a county's own limits is called as it wrote it."""
    found = library().pack(pack)
    return (
        {row.code: row.zh if language == "zh" else row.en for row in found[classes.SECTION].condition} if found else {}
    )


def class_name(pack: str, code: str, language: Language) -> str:
    """The class in words; its code where the pack does not know it (any more)."""
    row = library().class_row(pack, code)
    return row.label(language) if row else code
