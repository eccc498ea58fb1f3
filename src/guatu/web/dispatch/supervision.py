"""What supervision hangs on the apps below it: files of orders, counts of units, what a reorganisation moves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.files import reader
from guatu.web.base.models import Attachment
from guatu.web.directory.hooks import UnitCount, on_reorganisation, unit_count
from guatu.web.dispatch.actions.follow_reorganisation import follow
from guatu.web.dispatch.models import Order
from guatu.web.dispatch.selectors.orders import PENDING, visible_orders


@reader
def order_files(actor: Actor, attachment: Attachment) -> bool:
    """Files that were handed in with a reply are read by who may see the order."""
    return visible_orders(actor).filter(events__files=attachment).exists()


def _open_orders(units: Iterable[int]) -> dict[int, int]:
    rows = Order.objects.filter(unit__in=list(units), state__in=PENDING).order_by().values_list("unit")
    return dict(rows.annotate(n=Count("pk")))


unit_count(UnitCount(_("未销号督办单"), _open_orders, lambda unit: f"{reverse('order_list')}?unit={unit}"))
on_reorganisation(follow)
