"""The periods of a plan, opened in the background."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.jobs import Running, handler
from guatu.web.dispatch.actions.open_periods import OpenPeriods
from guatu.web.dispatch.plan_hooks import KIND
from guatu.web.dispatch.system import system_context


@handler(KIND, gettext_lazy("开放期次"), by_day=True)
def open_periods(running: Running) -> Any:
    """Twice: what is open stays as it is."""
    context = system_context(timezone.now())
    return {"reports": perform(OpenPeriods(context.actor.today, running.payload["plan"]), context)}
