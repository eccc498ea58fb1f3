"""Background work of cases: whoever reported is told."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from guatu.web.base.jobs import Running, handler
from guatu.web.cases.actions.answer import note_outcome
from guatu.web.cases.models import CaseMessage
from guatu.web.cases.ways import KIND, sent_out


@handler(KIND, gettext_lazy("告知反映人"))
def deliver(running: Running) -> Any:
    """Twice: what is known to be sent is not sent again; a failure is kept with its reason."""
    found = CaseMessage.objects.select_related("reporter").filter(pk=running.payload["message"]).first()
    if found is None or found.state == CaseMessage.State.SENT:
        return {"sent": found is not None}
    outcome = sent_out(found, timezone.localdate())
    note_outcome(found, outcome)
    return {"sent": outcome.sent}
