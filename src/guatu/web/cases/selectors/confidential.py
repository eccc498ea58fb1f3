"""Who may know of a confidential case: whom the flow gives something to do in it, and nobody before it comes to them.

A post sees a case from when it comes to a step of that post, or from the beginning where the flow names the post as a
reader; who decides on time sees it while an application waits. All of them see only cases of their own units or area: a
mediator of one village knows nothing of the next. A case that has no unit yet is there for the desk, which names one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q

from guatu.core.cases.flow import Flow
from guatu.core.cases.posts import FALLBACK
from guatu.web.base.actors import Actor
from guatu.web.cases.areas import NO_CASES
from guatu.web.cases.library import clocks_of, engine_of
from guatu.web.cases.models import LARGE, CaseEvent, FlowVersion
from guatu.web.cases.posts import held_by
from guatu.web.cases.selectors.turns import at_step


def confidential_for(actor: Actor) -> Q:
    """The confidential cases of which the actor may know, besides those that they opened themselves."""
    versions = list(FlowVersion.objects.filter(confidential=True).defer(*LARGE))
    if not versions:
        return NO_CASES
    found = _any(_stage(row, actor) for row in versions)
    return found | Q(confidential=True, unit=None) if actor.roles & set(FALLBACK) else found


def _any(parts: Iterable[Q]) -> Q:
    found = NO_CASES
    for part in parts:
        found |= part
    return found


def _stage(row: FlowVersion, actor: Actor) -> Q:
    """The cases of a version that have come to a step of a post that the actor holds in them."""
    try:
        flow = engine_of(row).flow
    except LookupError:
        # It can no longer be read: nobody acts in it.
        return NO_CASES
    held = {post: mine for post in set(_posts(flow, row)) if (mine := held_by(actor, row.pack, post)) != NO_CASES}
    return Q(flow=row) & _any(mine & _come_to(flow, row, post) for post, mine in sorted(held.items()))


def _come_to(flow: Flow, row: FlowVersion, post: str) -> Q:
    """The cases that have come to a step of the post, or wait for its word."""
    if post in flow.readers:
        return Q()
    steps = [step.id for step in flow.steps if post in step.roles]
    parts = [at_step(step) for step in steps]
    if steps:
        moves = CaseEvent.objects.filter(kind=CaseEvent.Kind.MOVE, step__in=steps)
        parts.append(Q(pk__in=moves.values("case")))
    if post in _reviewers(row):
        asked = CaseEvent.objects.filter(kind=CaseEvent.Kind.ASK, answers__isnull=True)
        parts.append(Q(pk__in=asked.values("case")))
    return _any(parts)


def _posts(flow: Flow, row: FlowVersion) -> Iterator[str]:
    yield from (role for step in flow.steps for role in step.roles)
    yield from flow.readers
    yield from _reviewers(row)


def _reviewers(row: FlowVersion) -> tuple[str, ...]:
    return clocks_of(row).rules.reviewers
