"""Plans that wait for somebody: compiled and not confirmed, or to be merged."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.actors import Actor
from guatu.web.base.shown import first
from guatu.web.kit.today import MOST, Part, Row, part
from guatu.web.ledger.models import PlanVersion

_WAITS = (PlanVersion.State.REVIEW, PlanVersion.State.MERGE, PlanVersion.State.FAILED)


@part(35, "plan.edit")
def plans_to_confirm(actor: Actor) -> Part:
    waiting = PlanVersion.objects.filter(state__in=_WAITS).only("plan", "state", "plan__title").select_related("plan")
    found = first(waiting.order_by("-id"), MOST)
    rows = [
        Row(one.plan.title, reverse("plan_room", args=[one.plan_id]), mark=one.get_state_display()) for one in found
    ]
    return Part("plans", _("待校核、确认的方案"), rows, found.total, reverse("plan_list"))
