"""Published evaluations of areas and departments, as somebody sees them who may know of no confidential case."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from guatu.core.publishing.content import Sheet
from guatu.web.base.actors import Actor, anonymous
from guatu.web.base.problems import Invalid
from guatu.web.evaluation.selectors.results import RESULTS, read, results
from guatu.web.evaluation.selectors.shown import Reader
from guatu.web.public.sources import Source, Taken

# Posts and collectors are single people: what they did is their superiors' matter.
PUBLIC = ("area", "unit")


def _rows(actor: Actor) -> Iterable[tuple[int, str]]:
    lines = RESULTS.lines(list(results(actor).filter(kind__in=PUBLIC).defer("figures")), actor, {})
    return ((one.one.pk, f"{one.period} {one.pack} {one.one.get_kind_display()}") for one in lines)


def _take(actor: Actor, pk: int) -> Taken:
    row = results(actor).filter(kind__in=PUBLIC, pk=pk).first()
    if row is None:
        raise Invalid(_("请从列表中选择。"), field="source", code="public.no-source")
    figures = read(row)
    # Figures that would give a confidential case away are kept back, for nobody is who reads.
    shown = Reader(anonymous(actor.today), "zh", figures).shown(figures, row.kind)
    heads = ("名次", "名称", *(word for _code, word in (*shown.counts, *shown.measures)))
    rows = tuple(
        (str(one.rank or ""), one.name, *(cell.text for cell in (*one.counts, *one.rates)))
        for one in (*shown.rows, shown.total)
    )
    (line,) = RESULTS.lines([row], actor, {})
    title = f"{line.period}{line.pack}综合评价结果({row.get_kind_display()})"
    return Taken(title, (Sheet("", heads, rows, (0, *range(2, len(heads))), row.note),))


SOURCES = (Source("evaluation", _rows, _take),)
