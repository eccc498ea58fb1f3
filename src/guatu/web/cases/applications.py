"""Applications for time: which wait for a decision, and who decides."""

from __future__ import annotations

from guatu.web.base.actors import Actor
from guatu.web.cases.history import Standing
from guatu.web.cases.models import CaseEvent
from guatu.web.cases.posts import posts_of


def pending(now: Standing, step: str = "") -> list[CaseEvent]:
    """Applications that nobody has decided yet."""
    decided = {event.asked_id for event in now.events if event.asked_id}
    asked = [event for event in now.events if event.kind == CaseEvent.Kind.ASK and event.pk not in decided]
    return [event for event in asked if not step or event.step == step]


def reviewers(now: Standing) -> tuple[str, ...]:
    """The posts that decide on applications."""
    return now.terms.rules.reviewers


def deciding_post(actor: Actor, now: Standing) -> str | None:
    """The post as which the actor decides; "" for the desk where the pack names none, None for who does not decide."""
    declared = reviewers(now)
    if not declared:
        return "" if actor.may("case.edit") else None
    return next(iter(posts_of(actor, now.row, set(declared))), None)
