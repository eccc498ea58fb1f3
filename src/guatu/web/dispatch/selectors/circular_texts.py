"""What is written around the figures of a circular: its sections, and the whole as a document."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guatu.adapters.writers.official import (
    Annex,
    Block,
    DataTable,
    Heading,
    OfficialDocument,
    blocks_of,
)
from guatu.adapters.writers.official.words import numbered
from guatu.web.base.problems import NotNow
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Circular
from guatu.web.dispatch.selectors.circular_figures import tables_of
from guatu.web.dispatch.selectors.circular_sentences import Body, drafted

HEAD_FIELDS = ("recipients", "copies_to")
LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Section:
    """A part of the document: its text may be edited, its tables follow it as they are."""

    key: str
    heading: str
    tables: tuple[str, ...] = ()


SECTIONS: dict[str, tuple[Section, ...]] = {
    Circular.Kind.CIRCULAR: (
        Section("opening", ""),
        Section("overall", "总体情况"),
        Section("good", "进展较好的单位"),
        Section("behind", "存在的主要问题", ("named",)),
        Section("corrections", "更正", ("corrections",)),
        Section("demands", "下一步要求"),
    ),
    Circular.Kind.MONTHLY: (
        Section("opening", ""),
        Section("overall", "总体进展", ("trend", "domains")),
        Section("targets", "主要指标", ("targets",)),
        Section("behind", "滞后任务和存在的问题", ("problems",)),
        Section("orders", "督办情况", ("orders",)),
        Section("demands", "下一步工作"),
    ),
}
ANNEXES = ("ranking-line", "ranking-town", "ranking-village", "reds")
_OPTIONAL = ("named", "corrections")
"""Tables that are left out of the document where they have no rows."""


def sections(kind: str) -> tuple[Section, ...]:
    return SECTIONS[kind]


def issuer(on: datetime.date) -> str:
    """Who issues: the setting `supervision.issuer`, else the office of the county by its name.

    Raises `NotNow` where the county has said neither: no paper goes out in nobody's name.
    """
    named, county = setting("supervision.issuer", on), setting("county.name", on)
    if not named and not county:
        raise NotNow(
            _(
                "还没有设置发文机关和县名,公文没有落款,不能生成。请管理员先在“系统设置”中填写 %(day)s 起的县名或发文机关。"
            )
            % {"day": on.isoformat()},
            code="county.no-issuer",
        )
    return str(named or f"{county}人民政府督查室")


def _drafted_by(on: datetime.date) -> str:
    """The same for a draft, which may be written before anybody has said who issues: then it says so itself."""
    try:
        return issuer(on)
    except NotNow:
        return "（发文机关未设置）"


def first_texts(kind: str, body: Body, on: datetime.date) -> dict[str, str]:
    """A draft of every text, from the figures alone."""
    to, copies = setting(f"supervision.{kind}-recipients", on), setting("supervision.copies-to", on)
    return {"recipients": str(to), "copies_to": str(copies), **drafted(kind, body)}


def document(circular: Circular, on: datetime.date) -> OfficialDocument:
    """The circular as an official document; a draft bears the day `on` and no number."""
    tables = tables_of(circular.body)
    day = circular.issued_on or on
    by = str(circular.texts.get("issuer") or (issuer(day) if circular.number else _drafted_by(day)))
    annexes = [tables[key] for key in ANNEXES if key in tables and tables[key].rows]
    return OfficialDocument(
        agency=str(setting("supervision.agency-mark", day) or by),
        number=circular.number,
        title=circular.title,
        recipients=circular.texts.get("recipients", ""),
        blocks=tuple(_blocks(circular, tables)),
        annexes=tuple(Annex(table.title, (_untitled(table),)) for table in annexes),
        author=by,
        on=day,
        copies_to=circular.texts.get("copies_to", ""),
        # The record of printing (GB/T 9704-2012, 版记) is that of an issued document: a draft has none.
        printed_by=by if circular.number else "",
        printed_on=day if circular.number else None,
    )


def shown_tables(circular: Circular) -> list[DataTable]:
    """All tables that the document shows, in its order; the workbook holds these."""
    tables = tables_of(circular.body)
    inner = [key for section in sections(circular.kind) for key in section.tables]
    extra = [key for key in tables if key not in (*inner, *ANNEXES)]
    return [tables[key] for key in (*inner, *ANNEXES, *extra) if key in tables]


def _blocks(circular: Circular, tables: Mapping[str, DataTable]) -> Sequence[Block]:
    found: list[Block] = []
    at = 0
    for section in sections(circular.kind):
        text = str(circular.texts.get(section.key, "")).strip()
        inner = [tables[key] for key in section.tables if key in tables and (tables[key].rows or key not in _OPTIONAL)]
        if not text and not inner:
            continue
        if section.heading:
            at += 1
            found.append(Heading(1, numbered(at, section.heading)))
        found += [*blocks_of(text), *inner]
    return found


def _untitled(table: DataTable) -> DataTable:
    """The title stands over the annex."""
    return DataTable(table.key, "", table.columns, table.rows, table.total, table.note, table.empty)
