"""Who may read a plan's document: whoever may see the plan."""

from __future__ import annotations

from guatu.web.base.actors import Actor
from guatu.web.base.files import reader
from guatu.web.base.models import Attachment
from guatu.web.ledger.models import PlanVersion
from guatu.web.ledger.selectors.plans import visible_plans


@reader
def document(actor: Actor, attachment: Attachment) -> bool:
    if not actor.may("plan.view"):
        return False
    return PlanVersion.objects.filter(file=attachment, plan__in=visible_plans(actor)).exists()
