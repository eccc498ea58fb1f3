"""What a plan says beside its tasks and targets: money, projects, phases, what recurs, and the documents that it cites.

No row of the ledger stands for these; they are shown as the compiler read them, each with its place in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from guatu.adapters.writers.formats.html.marks import Kind, Mark
from guatu.adapters.writers.phrases import iso_phrase, money_phrase, path_phrase, recurrence_phrase
from guatu.core.plan import model
from guatu.web.base.language import language
from guatu.web.ledger.models import PlanVersion
from guatu.web.ledger.selectors.cited import same_form

LONGEST = 120
"""Characters that are marked of one thing."""
Item = model.Fund | model.Project | model.Phase | model.Recurrence | model.Citation


@dataclass(frozen=True)
class BesideLine:
    number: int
    words: str
    note: str
    line: int


@dataclass(frozen=True)
class BesideGroup:
    title: str | Promise
    lines: list[BesideLine]


@dataclass(frozen=True)
class _Said:
    """One thing that the text says, with the kind of its mark and the head under which it is listed."""

    kind: Kind
    title: str | Promise
    item: Item


def _fund(one: Any) -> tuple[str, str]:
    source = now("来源:%(source)s") % {"source": one.source} if one.source else ""
    return money_phrase(one.amount_fen, language()), " · ".join(filter(None, (one.purpose, source)))


def _phase(one: Any) -> tuple[str, str]:
    return f"{path_phrase(one.path)} {one.title}".strip(), iso_phrase(one.iso, language())


_KINDS: tuple[tuple[str, Kind, Any, str | Promise, Callable[[Any], tuple[str, str]]], ...] = (
    ("funds", "fund", model.Fund, _("资金"), _fund),
    ("projects", "project", model.Project, _("项目"), lambda one: (one.name, "")),
    ("phases", "phase", model.Phase, _("阶段"), _phase),
    (
        "recurrences",
        "recurrence",
        model.Recurrence,
        _("周期性要求"),
        lambda one: (one.what, recurrence_phrase(one, language())),
    ),
    ("citations", "citation", model.Citation, _("引用的文件"), lambda one: (one.title, one.doc_no or "")),
)
"""Name in the compiled plan, kind of its marks, type, head, and how one is said: words and a note."""
_WORDS = {kind: words for _name, kind, _type, _title, words in _KINDS}


def said_beside(version: PlanVersion) -> list[_Said]:
    """All of them in the order of their kinds and, in each, of the text; their places here are the numbers of marks."""
    documents: Sequence[Mapping[str, Any]] = (version.compiled or {}).get("documents", ())
    found = [
        _Said(kind, title, msgspec.convert(one, of))
        for name, kind, of, title, _words in _KINDS
        for document in documents
        for one in document.get(name, ())
    ]
    own = {same_form(document.get(name) or "") for document in documents for name in ("title", "doc_no")}
    return [one for one in found if not (isinstance(one.item, model.Citation) and _names_itself(one.item, own))]


def _names_itself(citation: model.Citation, own: set[str]) -> bool:
    """现将《…方案》印发给你们: a plan that names itself, by number or title, cites nothing."""
    return same_form(citation.title) in own or same_form(citation.doc_no or "-") in own


def beside_marks(said: Sequence[_Said], number: Callable[[int], int], length: int) -> Iterator[Mark]:
    """Their marks in the text; of a phase, which may go over pages, the beginning."""
    for at, one in enumerate(said):
        span = one.item.span
        end = min(span.end, span.start + LONGEST)
        if span.start < end <= length:
            yield Mark(number(at), one.kind, span.start, end)


def beside_groups(
    said: Sequence[_Said], number: Callable[[int], int], line_of: Callable[[int], int]
) -> list[BesideGroup]:
    """What is listed under each head; a head without anything is left out."""
    groups: dict[Kind, BesideGroup] = {}
    for at, one in enumerate(said):
        group = groups.setdefault(one.kind, BesideGroup(one.title, []))
        words, note = _WORDS[one.kind](one.item)
        group.lines.append(BesideLine(number(at), words, note, line_of(one.item.span.start)))
    return list(groups.values())
