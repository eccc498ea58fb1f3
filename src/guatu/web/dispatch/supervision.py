"""What supervision hangs on the apps below it: files of orders, counts of units, what a reorganisation moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context
from guatu.web.base.actors import Actor
from guatu.web.base.files import reader
from guatu.web.base.models import Attachment
from guatu.web.directory.hooks import UnitCount, on_reorganisation, unit_count
from guatu.web.directory.models import Reorganisation
from guatu.web.dispatch.models import Order, Problem
from guatu.web.dispatch.selectors.orders import PENDING, visible_orders


@reader
def order_files(actor: Actor, attachment: Attachment) -> bool:
    """Files that were handed in with a reply are read by who may see the order."""
    return visible_orders(actor).filter(events__files=attachment).exists()


def _open_orders(units: Iterable[int]) -> dict[int, int]:
    rows = Order.objects.filter(unit__in=list(units), state__in=PENDING).order_by().values_list("unit")
    return dict(rows.annotate(n=Count("pk")))


unit_count(UnitCount(_("未销号督办单"), _open_orders, lambda unit: f"{reverse('order_list')}?unit={unit}"))


@on_reorganisation
def follow(reorganisation: Reorganisation, change: Change[Any], context: Context) -> None:
    """What is still open goes on with the one unit that took over; of a unit that was split nobody can say which."""
    heirs: dict[int, set[int]] = {}
    for old, new in reorganisation.successions.values_list("old_id", "new_id"):
        heirs.setdefault(old, set()).add(new)
    for old, units in heirs.items():
        if len(units) != 1 or old in units:
            continue
        (heir,) = units
        pending: list[Order | Problem] = [
            *Order.objects.filter(unit=old, state__in=PENDING),
            *Problem.objects.filter(unit=old, state=Problem.State.OPEN),
        ]
        for row in pending:
            row.unit_id = heir
            row.save(update_fields=["unit"])
            change.note(row, {"unit": old}, {"unit": heir})
