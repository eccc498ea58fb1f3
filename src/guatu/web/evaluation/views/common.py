"""What an address asks for, the links that keep it, and the files of a table."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from guatu.core.cases.evaluation.evaluate import Evaluated
from guatu.web.cases.library import evaluated_packs
from guatu.web.evaluation.models import EvaluationResult
from guatu.web.evaluation.periods import span_of
from guatu.web.evaluation.selectors.counted import rubrics_of
from guatu.web.evaluation.selectors.figures import LEVELS, Asked
from guatu.web.evaluation.selectors.shown import Cell, Shown, ShownRow
from guatu.web.kit import export
from guatu.web.kit.values import text_of

FIRST_PACK = "urban_management"


def asked_of(data: Mapping[str, Any], today: datetime.date) -> Asked:
    """The evaluation of an address or form; what makes no sense falls back to the usual."""
    packs = evaluated_packs()
    if not packs:
        raise Http404
    pack, kind, level = text_of(data, "pack"), text_of(data, "kind"), text_of(data, "level")
    chosen = pack if pack in packs else (FIRST_PACK if FIRST_PACK in packs else next(iter(packs)))
    sheet = text_of(data, "sheet")
    return Asked(
        pack=chosen,
        kind=cast(Evaluated, kind if kind in EvaluationResult.Kind.values else "area"),
        span=span_of(text_of(data, "period"), today),
        level=level if level in LEVELS else LEVELS[0],
        sheet=sheet if sheet in {one.code for one in rubrics_of(chosen).sheets} else "",
        by=text_of(data, "by")[:40],
    )


def query_of(asked: Asked, **more: str) -> str:
    """The address's question that asks for the same again."""
    values = {
        "pack": asked.pack, "kind": asked.kind, "period": asked.span.key, "level": asked.level, "sheet": asked.sheet,
        "by": asked.by, **more,
    }  # fmt: skip
    return "?" + urlencode({name: value for name, value in values.items() if value})


def columns_of(shown: Shown, ranked_by: str) -> list[export.Column]:
    heads = [_("名次"), _("评价对象"), _("得分"), _("%(rate)s(上期)") % {"rate": ranked_by}, _("与上期相比")]
    heads += [*(word for _name, word in shown.counts), *(word for _code, word in shown.measures), _("平均处理用时")]
    return [export.Column(head, 26 if at == 1 else 14) for at, head in enumerate(heads)]


def lines_of(shown: Shown) -> Iterator[Sequence[Any]]:
    """What the page shows, the sum last."""
    for row in (*shown.rows, shown.total):
        yield _line(row, row is shown.total)


def _line(row: ShownRow, whole: bool) -> list[Any]:
    change = float(row.change) if row.change else ""
    head = ["" if whole else row.rank, row.name, _value(row.score), _value(row.before), change]
    return [*head, *(_value(cell) for cell in (*row.counts, *row.rates, row.mean_time))]


def _value(cell: Cell | None) -> Any:
    """Counts as numbers; rates as they stand on the page, for a rounded number would be taken for the exact one."""
    if cell is None:
        return ""
    return cell.value if isinstance(cell.value, int) else cell.text
