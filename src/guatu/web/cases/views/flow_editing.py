"""What the pages that change a flow share: the draft, its check, and an uploaded file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from guatu.adapters.flows.bpmn import processes_of, read_flow, renamed_process, with_process
from guatu.adapters.flows.dmn import read_decisions_of
from guatu.adapters.flows.dmn_rows import TableRows, read_rows
from guatu.adapters.flows.layout import draw
from guatu.adapters.flows.xml import MOST_CHARACTERS
from guatu.core.cases.flow import Flow
from guatu.core.fields.file import File
from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Language
from guatu.core.pack.clock_table import ClockTable
from guatu.core.pack.sections import clocks, decisions, flows, posts
from guatu.core.pack.sections.fields import case_fields
from guatu.web.base.files import check
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid
from guatu.web.cases.flow_drafts import checked, clocks_of_draft, draft_differences
from guatu.web.cases.library import clocks_of, current_row, library, own_engine
from guatu.web.cases.models import FlowDraft, FlowVersion
from guatu.web.cases.wording import LIMIT_UNITS
from guatu.web.kit.values import files_of

MOST_BYTES = MOST_CHARACTERS * 3


@dataclass(frozen=True)
class Editing:
    """What may be changed of a pack: the draft where there is one, else what new cases take now."""

    pack: str
    flow: str
    seen: int
    """The version of the draft, 0 where there is none."""
    text: str
    tables: Mapping[str, str]
    clocks: ClockTable
    draft: FlowDraft | None
    current: FlowVersion | None

    def rows(self) -> Iterator[tuple[str, TableRows | None]]:
        """The decision tables with their files; None for a file of which none can be read."""
        for name, text in self.tables.items():
            for rows in read_rows(text, name)[0] or (None,):
                yield name, rows


def editing(pack: str) -> Editing:
    """Raises Http404 for a pack that is not there."""
    if pack not in library().packs:
        raise Http404
    loaded, flow = library().packs[pack], own_engine(pack).flow.id
    draft = FlowDraft.objects.select_related("changed_by", "base").filter(pack=pack).first()
    current = current_row(pack)
    if draft is not None:
        return Editing(pack, flow, draft.row_version, draft.text, draft.tables, clocks_of_draft(draft), draft, current)
    if current is not None:
        return Editing(pack, flow, 0, current.text, current.tables, clocks_of(current), None, current)
    own = loaded.pack
    text, tables = own[flows.SECTION][loaded.files[flow]], own[decisions.SECTION]
    return Editing(pack, flow, 0, text, tables, own[clocks.SECTION], None, None)


def uploaded(request: HttpRequest) -> tuple[str, str]:
    """Name and text of the file of a form."""
    found = files_of(request, "file")
    if not found:
        raise Invalid(_("请选择一个 .bpmn 或 .dmn 文件。"), field="file", code="file.missing")
    file = found[0]
    check(file, File(endings=(".bpmn", ".dmn", ".xml"), largest=MOST_BYTES))
    try:
        return file.name, file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(_("文件不是 UTF-8 文本,请另存为 UTF-8。"), field="file", code="file.no-text") from error


def judged(found: Editing) -> dict[str, Any]:
    """What stands against publishing, and what would be otherwise: both where there is a draft."""
    if found.draft is None:
        return {"findings": [], "differences": [], "sound": False}
    engine, findings = checked(found.draft)
    against = found.current or found.draft.base
    differences = [one.message(language()) for one in draft_differences(found.draft, against)]
    return {"findings": [_shown(one) for one in findings], "differences": differences, "sound": engine is not None}


def _shown(one: FileFinding) -> dict[str, Any]:
    """A finding in both languages, the reader's own first."""
    other: Language = "zh" if language() == "en" else "en"
    return {
        "severity": one.severity,
        "element": one.element,
        "file": one.file,
        "line": one.line,
        "message": one.message(language()),
        "other": one.message(other),
        "other_lang": "zh-Hans" if other == "zh" else "en",
    }


def chosen_process(found: Editing, process: str) -> str:
    """The file with the mark at a process of its own, under the id by which cases find their flow."""
    try:
        text = with_process(found.text, process)
        return text if process == found.flow else renamed_process(text, process, found.flow)
    except ValueError as error:
        raise Invalid(
            _("这个流程不能选用:文件里没有它,或另有部件占用了案件流程的 id。"),
            field="process",
            code="flow.no-such-process",
        ) from error


def processes_shown(found: Editing) -> list[tuple[str, str, bool]]:
    """The processes between which somebody may choose, each with its name; none where there is nothing to choose: one
    process, under the id of the pack's flow."""
    there = processes_of(found.text)
    nothing = not there or (len(there) == 1 and there[0][0] == found.flow)
    return [] if nothing else [(id_, f"{name}({id_})" if name else id_, runs) for id_, name, runs in there]


def drawn(text: str) -> str:
    """The flow with a diagram: one that was written by hand gets its own."""
    if "BPMNDiagram" in text:
        return text
    flow, _found = read_flow(text, "flow")
    return draw(text) if flow is not None and flow.nodes else text


def editor_words(found: Editing, flow: Flow | None) -> dict[str, Any]:
    """What the editor offers for roles, clocks, decision tables and fields."""
    pack = library().packs[found.pack].pack
    named = {node.clock for node in flow.nodes} if flow else set()
    return {
        "roles": [(post.id, post.label(language())) for post in pack[posts.SECTION].post],
        "clocks": sorted({row.clock for row in found.clocks.limit} | named - {""}),
        "decisions": [
            (one.id, one.name) for file, text in found.tables.items() for one in read_decisions_of(text, file)[0]
        ],
        "fields": [(row.name, row.label(language())) for row in case_fields(pack).rows],
        "units": [(name, str(word)) for name, word in LIMIT_UNITS.items()],
    }
