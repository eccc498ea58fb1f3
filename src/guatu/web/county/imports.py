"""The State Council's yearly notice as a sheet: one line for each day that is not as its weekday says."""

from __future__ import annotations

from contextlib import suppress

from django.utils.translation import gettext_lazy as _

from guatu.core.calendar.working import DayRow
from guatu.web.base.actions import Change, Context
from guatu.web.base.models import Setting
from guatu.web.base.problems import NotNow
from guatu.web.base.selectors.settings import VIEW
from guatu.web.base.settings import RULES
from guatu.web.county.actions.keep_days import DayValues, lay
from guatu.web.county.selectors.days import exported_days, own_days
from guatu.web.kit.importer import Checked, Errors, Importer
from guatu.web.kit.record import columns_of, of_cells
from guatu.web.kit.sheets import Sheet


def _check(sheet: Sheet, context: Context) -> Checked:
    """All lines become one value of the setting: lines that stand as they are, others over what stood there."""
    errors, found = Errors(sheet, columns_of(DayValues)), Checked()
    errors.repeated((row for row in sheet.rows if not errors.is_bad(row)), ("day",))
    own = {row.day: row for row in own_days(context.actor.today)}
    rows: list[DayRow] = []
    for line in sheet.rows:
        if errors.is_bad(line):
            continue
        row = of_cells(DayValues, line.values).row()
        # Lines that stand as they are count, so that the same sheet twice says that nothing changed.
        found.same += own.get(row.day) == row
        found.created += row.day not in own
        rows.append(row)
    found.changed, found.errors = len(rows) - found.same - found.created, errors.sorted()
    found.write = lambda change: _write(change, context, rows)
    return found


def _write(change: Change[Setting], context: Context, rows: list[DayRow]) -> None:
    # A change that changes nothing is refused, which a sheet may well be.
    with suppress(NotNow):
        change.lines += lay(context, rows).lines


SHEET = Importer(
    "working-days",
    _("放假和调休"),
    VIEW,
    RULES,
    "calendar_year",
    columns_of(DayValues),
    _check,
    exported_days,
    (
        _("一行一天:放假的每一天(周末也写),和调休上班的每一天。"),
        _("表里没有的日子不变;同一天以表里的为准,从导入当天起执行。"),
        _("全年的通知都录入后,在工作日历页面确认这一年,算出的日期才不再标为暂定。"),
    ),
)
