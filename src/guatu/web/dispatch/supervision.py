"""What supervision hangs on the apps below it: files of orders, counts of units, what a reorganisation moves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.files import reader
from guatu.web.base.models import Attachment
from guatu.web.directory.hooks import Holding, UnitCount, holding, unit_count
from guatu.web.dispatch.actions.follow_reorganisation import (
    give_milestones,
    give_orders,
    give_problems,
    give_reports,
)
from guatu.web.dispatch.models import Order
from guatu.web.dispatch.selectors.in_hand import open_milestones, open_orders, open_problems, open_reports
from guatu.web.dispatch.selectors.orders import PENDING, visible_orders


@reader
def order_files(actor: Actor, attachment: Attachment) -> bool:
    """Files that were handed in with a reply are read by who may see the order."""
    return visible_orders(actor).filter(events__files=attachment).exists()


def _open_orders(units: Iterable[int]) -> dict[int, int]:
    rows = Order.objects.filter(unit__in=list(units), state__in=PENDING).order_by().values_list("unit")
    return dict(rows.annotate(n=Count("pk")))


unit_count(UnitCount(_("未销号督办单"), _open_orders, lambda unit: f"{reverse('order_list')}?unit={unit}"))
holding(Holding("report", _("开放期次的填报"), lambda unit: open_reports(unit).count(), give_reports))
holding(Holding("order", _("未销号督办单"), lambda unit: open_orders(unit).count(), give_orders))
holding(Holding("problem", _("未解决的问题"), lambda unit: open_problems(unit).count(), give_problems))
holding(Holding("milestone", _("未完成的节点"), lambda unit: open_milestones(unit).count(), give_milestones))
