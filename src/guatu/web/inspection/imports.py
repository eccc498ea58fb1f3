"""The list of objects from a spreadsheet and back: an object is known by its code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Context
from guatu.web.inspection.actions.import_objects import write_object
from guatu.web.inspection.models import InspectionObject
from guatu.web.inspection.selectors import objects
from guatu.web.inspection.values import ObjectValues
from guatu.web.kit.importer import Importer, Line, each_line, exported
from guatu.web.kit.record import columns_of, of_row


def _line(context: Context) -> Callable[[ObjectValues], Line]:
    known = {one.code: one for one in InspectionObject.objects.select_for_update()}

    def line(values: ObjectValues) -> Line:
        old = known.get(values.code)
        stands = None if old is None else values == of_row(ObjectValues, old)
        return Line(stands, values.problems, partial(write_object, old, values))

    return line


OBJECTS = Importer(
    "inspection-objects",
    _("检查对象"),
    "inspection.view",
    "inspection.lists",
    "inspection_objects",
    columns_of(ObjectValues),
    each_line(ObjectValues, ("code",), _line),
    exported(objects.OBJECTS, ObjectValues, lambda row: row.one),
    (_("编号已有的对象按这一行变更,没有的新增;表里没有的不动。"),),
)
