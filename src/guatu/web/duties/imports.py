"""The duty list from a spreadsheet: a row that says otherwise than before holds from its first day."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from guatu.web.duties.actions.keep_duties import PERMISSION, lay
from guatu.web.duties.selectors.duties import DUTIES
from guatu.web.duties.values import DutyValues
from guatu.web.kit.importer import Importer, Line, each_line, exported
from guatu.web.kit.record import columns_of

KEY = ("class_code", "place", "pack")
SHEET = Importer(
    "duties",
    _("职责清单"),
    "directory.view",
    PERMISSION,
    "duty_list",
    columns_of(DutyValues),
    each_line(DutyValues, KEY, lambda _context: lambda row: Line(row.stands(), row.problems, partial(lay, row))),
    exported(DUTIES, DutyValues, lambda line: line.row),
    (
        _("同一类别、同一区域只有一行有效:新的一行从生效日期起代替原来的一行。"),
        _("一件案件先按最具体的类别、再按最具体的区域取一行。"),
    ),
)
