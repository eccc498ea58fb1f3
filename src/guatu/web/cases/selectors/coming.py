"""What the clocks of a case will do by themselves, and when: told to whoever sees the case before it happens."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from guatu.core.cases.case_timers import timers
from guatu.core.kernel.finding import Language
from guatu.web.cases.history import Standing, county
from guatu.web.cases.selectors.step_forms import node_name


@dataclass(frozen=True)
class Coming:
    """`due` is None while the clock stands still."""

    name: str
    due: datetime.datetime | None


def coming(now: Standing, at: datetime.datetime, language: Language) -> list[Coming]:
    """In the order of the stays of the case; none once it has ended."""
    flow = now.engine.flow
    found = timers(flow, now.case, now.state, at, now.terms.limit_rows, now.work, county())
    # A step that only a clock leaves is called as the step, an event at an edge as the event.
    return [Coming(node_name(flow.by_id.get(one.move, flow.by_id[one.step]), language), one.due) for one in found]
