"""What a run with other parameters would have come to, as tables."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from guatu.web.drg.models import Simulation
from guatu.web.drg.selectors.cases import Row
from guatu.web.drg.words import picked, places, yuan
from guatu.web.kit.table import Column, Empty, Table, number, text


# Points and amounts are kept as text: as floats they would lose digits.
def _points(key: str, label: str | Promise, name: str) -> Column[Row]:
    return number(key, label, lambda row: Decimal(row[name]), shown=lambda row: places(row[name]), width=16)


def _yuan(key: str, label: str | Promise) -> Column[Row]:
    return number(key, label, lambda row: Decimal(row[key]), shown=lambda row: yuan(row[key]), width=18)


def _change(row: Row) -> str:
    return format_html('<span title="{}">{}</span>', picked(row["change"]), yuan(row["change"]["value"]))


def changed(made: Simulation) -> Table[Any, Row]:
    """The hospitals before and after."""
    return Table(
        title=f"{now('试算')}: {'; '.join(made.changes)}",
        rows=lambda actor, wanted: made.outcome["hospitals"],
        size=500,
        columns=(
            text("code", _("医院代码"), lambda row: row["code"], on_page=False, width=12),
            text(
                "hospital",
                _("医院"),
                lambda row: row["name"],
                shown=lambda row: f"{row['code']} {row['name']}",
                link=lambda row: reverse("drg_hospital", args=[made.run_id, row["code"]]),
                head=True,
                width=24,
            ),
            _points("points_before", _("调整前点数"), "points_before"),
            _points("points_after", _("调整后点数"), "points_after"),
            _yuan("before", _("调整前应得额(元)")),
            _yuan("after", _("调整后应得额(元)")),
            number("change", _("变化(元)"), lambda row: Decimal(row["change"]["value"]), shown=_change, width=18),
        ),
        empty=Empty(_("没有。")),
    )


MOVED: tuple[Column[Row], ...] = (
    text("rule", _("规则"), picked, head=True),
    number("cases", _("病例数"), lambda row: row["cases"]),
)
GROUPS: tuple[Column[Row], ...] = (
    text("group", _("病组"), lambda row: row["group"], head=True),
    number("cases", _("病例数"), lambda row: row["cases"]),
    _points("before", _("调整前点数"), "before"),
    _points("after", _("调整后点数"), "after"),
)
TRIED: tuple[Column[Simulation], ...] = (
    text(
        "changes",
        _("改动"),
        lambda one: "; ".join(one.changes),
        link=lambda one: reverse("drg_simulation", args=[one.pk]),
        head=True,
    ),
    text("state", _("状态"), lambda one: one.get_state_display()),
    text("made", _("时间"), lambda one: f"{timezone.localtime(one.made_at):%Y-%m-%d %H:%M} {one.made_by or ''}"),
)
"""Earlier tries."""
