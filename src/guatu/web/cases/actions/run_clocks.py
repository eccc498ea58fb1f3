"""The clocks of all open cases, looked at by the hourly run: what has run out moves its case."""

from __future__ import annotations

import logging

from guatu.core.cases.flow import Node, all_moves
from guatu.web.base.actions import Context, perform
from guatu.web.base.problems import NotNow, Problem
from guatu.web.cases.actions.run_clock import RunClock, ran_out
from guatu.web.cases.history import standing
from guatu.web.cases.library import engine_of
from guatu.web.cases.models import Case, FlowVersion
from guatu.web.cases.selectors.turns import nodes_of, standings

log = logging.getLogger(__name__)
MOST_AT_ONCE = 100
"""Entries for one case in one run; a flow that turns by clocks alone goes on in the next."""


def run_clocks(context: Context) -> int:
    """Makes the entries of all clocks that have run out by the time of the context; how many. Twice at the same moment
    it does nothing more. A case that cannot be moved is told in the log and keeps no other back."""
    return sum(_moved(case, context) for case in _waiting())


def _waiting() -> list[int]:
    """Open cases where a clock may do something: most flows have none, and few steps of the others."""
    found: list[int] = []
    for version, steps in standings():
        if _timed(version, nodes_of(version, steps)):
            here = Case.objects.filter(ended_at__isnull=True, flow=version.pk, open_steps=steps)
            found += here.order_by("pk").values_list("pk", flat=True)
    return found


def _timed(version: FlowVersion, nodes: list[Node]) -> bool:
    return any(move.by == "clock" for node in nodes for move in all_moves(engine_of(version).flow, node.id))


def _moved(case: int, context: Context) -> int:
    for done in range(MOST_AT_ONCE):
        # Asked before anything is locked: most clocks have not run out.
        row = Case.objects.select_related("flow").filter(pk=case).first()
        if row is None or not ran_out(standing(row), context.at):
            return done
        try:
            perform(RunClock(case), context)
        except NotNow:
            return done
        except Problem as problem:
            log.warning("the clock of case %s ran out and could not move it: %s", case, problem.code)
            return done
    return MOST_AT_ONCE
