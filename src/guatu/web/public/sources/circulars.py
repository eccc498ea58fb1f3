"""Issued circulars whole, and out of them the rankings of closed periods: both as they were frozen when made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from guatu.adapters.writers.official.paper_page import Paper, PaperBlock, PaperTable, paper
from guatu.core.publishing.content import Content, Paragraph, Sheet
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.selectors.circular_texts import document
from guatu.web.dispatch.selectors.circulars import visible_circulars
from guatu.web.public.sources import Source, Taken

RANKING = "ranking-"


def _issued(actor: Actor) -> Any:
    return (
        # A draft is nobody's word yet.
        visible_circulars(actor).filter(state="issued").select_related("period", "plan").order_by("-issued_on", "-pk")
    )


def _found(rows: Any, pk: int) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Invalid(_("请从列表中选择。"), field="source", code="public.no-source")
    return row


def _circulars(actor: Actor) -> Iterable[tuple[int, str]]:
    return ((one.pk, f"{one.number} {one.title}") for one in _issued(actor).defer("body", "texts"))


def _circular(actor: Actor, pk: int) -> Taken:
    row = _found(_issued(actor), pk)
    # The very cells of the paper that was signed.
    shown = paper(document(row, actor.today))
    return Taken(row.title, _content(shown), row.number)


def _ranked(actor: Actor) -> Any:
    # What is still being reported is no ranking that anybody answers for.
    return _issued(actor).filter(period__state="closed")


def _rankings(actor: Actor) -> Iterable[tuple[int, str]]:
    return ((one.pk, f"{one.period.key} {one.plan.title}") for one in _ranked(actor).defer("body", "texts"))


def _ranking(actor: Actor, pk: int) -> Taken:
    row = _found(_ranked(actor), pk)
    blocks = [block for _label, _title, inside in paper(document(row, actor.today)).annexes for block in inside]
    tables = [one.table for one in blocks if one.table is not None and one.table.key.startswith(RANKING)]
    if not tables:
        raise Invalid(_("这份通报里没有排名。"), field="source", code="public.no-ranking")
    # An annex has its title above it, not in the table: here each table bears its own.
    titles = {f"{RANKING}{key}": title for key, title in (("line", "部门"), ("town", "乡镇街道"), ("village", "村"))}
    content: list[Paragraph | Sheet] = [Paragraph(f"排名规则：{row.body['how']}。")]
    content += [_sheet(one, titles.get(one.key, "")) for one in tables]
    period, plan = row.body["period_name"], row.body["plan"]
    return Taken(f"{period}《{plan}》推进情况排名", tuple(content), row.number)


def _content(shown: Paper) -> Content:
    found = list(_blocks(shown.blocks))
    for label, title, blocks in shown.annexes:
        found += [Paragraph(f"{label} {title}".strip(), level=1), *_blocks(blocks)]
    return tuple(found)


def _blocks(blocks: Iterable[PaperBlock]) -> Iterable[Paragraph | Sheet]:
    for one in blocks:
        yield _sheet(one.table, one.table.title) if one.table else Paragraph(f"{one.text}{one.rest}", one.level)


def _sheet(table: PaperTable, title: str) -> Sheet:
    # The sum stands last, as on the paper.
    rows = [*table.rows, *([table.total] if table.total else [])]
    return Sheet(
        title,
        tuple(head.text for head in table.heads),
        tuple(tuple(cell.text for cell in row) for row in rows),
        tuple(at for at, head in enumerate(table.heads) if head.number),
        table.note if table.rows else table.empty,
    )


SOURCES = (Source("circular", _circulars, _circular), Source("ranking", _rankings, _ranking))
