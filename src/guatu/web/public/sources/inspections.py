"""Results of random inspection: what was drawn and what was found. The draw itself has a public page of its own."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from guatu.core.publishing.content import Paragraph, Sheet
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Invalid
from guatu.web.inspection.selectors.draws import DRAWN_PUBLIC, PUBLIC, draw_page
from guatu.web.kit.table import queried
from guatu.web.public.sources import Source, Taken

# Digests are for who draws again, on the page of the draw.
_COLUMNS = tuple(one for one in DRAWN_PUBLIC if one.key != "digest")


def _rows(actor: Actor) -> Iterable[tuple[int, str]]:
    found = queried(PUBLIC.rows(actor, {})).filter(state="drawn").order_by("-draw_on", "-pk")
    return ((one.pk, f"{one.draw_on} {one.title}") for one in found)


def _take(actor: Actor, pk: int) -> Taken:
    row = queried(PUBLIC.rows(actor, {})).filter(state="drawn", pk=pk).first()
    if row is None:
        raise Invalid(_("请从列表中选择。"), field="source", code="public.no-source")
    found = draw_page(row, "zh")
    rows = tuple(tuple(str(one.filed(line) or "") for one in _COLUMNS) for line in found.drawn)
    content = (
        Paragraph(f"抽查事项：{row.matter}"),
        Paragraph(f"组织单位：{found.unit}；抽取日期：{row.draw_on}；随机种子：{row.seed}"),
        Sheet("抽取结果", tuple(str(one.label) for one in _COLUMNS), rows, (0,)),
    )
    return Taken(f"{row.title}结果", content)


SOURCES = (Source("inspection", _rows, _take),)
