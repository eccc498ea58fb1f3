"""The flows of the county: their versions, what is new in each, how many cases run on each, and the draft."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from guatu.core.kernel.finding import Language
from guatu.web.cases.flow_drafts import version_differences
from guatu.web.cases.library import confidential, current_row, library
from guatu.web.cases.models import LARGE, FlowDraft, FlowVersion

SMALLEST = 5
"""Counts of confidential cases below it are not told."""
PAGE = 20


@dataclass(frozen=True)
class VersionRow:
    row: FlowVersion
    running: str
    current: bool
    differences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FlowRow:
    """A pack with the version that new cases take, and who is changing it."""

    pack: str
    title: str
    current: FlowVersion | None
    running: str
    draft: FlowDraft | None


def flow_rows(language: Language) -> list[FlowRow]:
    """All packs in order of their titles."""
    counted = dict(
        FlowVersion.objects.values("pack").annotate(n=Count("cases", filter=_RUNNING)).values_list("pack", "n")
    )
    current = {row.pack: row for row in _rows().filter(current=True)}
    drafts = {row.pack: row for row in FlowDraft.objects.select_related("changed_by").defer("text", "tables", "clocks")}
    rows = [
        FlowRow(
            name,
            library().title(name, language),
            current.get(name),
            shown_count(name, counted.get(name, 0)),
            drafts.get(name),
        )
        for name in library().packs
    ]
    return sorted(rows, key=lambda row: row.title)


def version_rows(
    pack: str, language: Language, number: str | None = None
) -> tuple[list[VersionRow], Page[FlowVersion]]:
    """A page of the versions of a pack, the newest first, each with what is otherwise than in the one before it."""
    versions = _rows(whole=True).filter(pack=pack)
    page = Paginator(versions.order_by("-pk"), PAGE).get_page(number)
    # Only the rows of the page are counted; where there is none, the page begins at 0.
    shown = slice(max(0, page.start_index() - 1), page.end_index())
    rows = list(versions.annotate(n=Count("cases", filter=_RUNNING)).order_by("-pk")[shown])
    current = current_row(pack)
    # Those before may stand on a later page.
    formers = versions.in_bulk([row.former_id for row in rows if row.former_id])
    last = versions.filter(county=False, pk__lt=rows[-1].pk).order_by("-pk")[:1] if rows else ()
    own = [*(row for row in rows if not row.county), *last]
    found = []
    for row in rows:
        former = formers.get(row.former_id or 0) if row.county else next((one for one in own if one.pk < row.pk), None)
        differences = [one.message(language) for one in version_differences(former, row)] if former else []
        found.append(
            VersionRow(row, shown_count(pack, row.n), current is not None and row.pk == current.pk, differences)
        )
    return found, page


_RUNNING = Q(cases__ended_at__isnull=True, cases__isnull=False)


def _rows(*, whole: bool = False) -> QuerySet[FlowVersion]:
    rows = FlowVersion.objects.select_related("published_by", "withdrawn_by")
    return rows if whole else rows.defer(*LARGE)


def shown_count(pack: str, count: int) -> str:
    """How many cases run; a small number of confidential ones is not told."""
    if count < SMALLEST and confidential(pack):
        return _("少于 %(n)d") % {"n": SMALLEST}
    return str(count)
