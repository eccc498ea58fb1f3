"""At which steps cases stand, and whose turn it is: asked of the database, over all cases, before anything is
cut off."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q

from guatu.core.cases.flow import Node
from guatu.web.base.actors import Actor
from guatu.web.cases.areas import NO_CASES
from guatu.web.cases.library import engine_of
from guatu.web.cases.models import LARGE, Case, CaseEvent, FlowVersion
from guatu.web.cases.posts import held_by, posts_of_pack


def at_step(step: str) -> Q:
    """The step is one of those that are open; they stand parted by commas."""
    return (
        Q(open_steps=step)
        | Q(open_steps__startswith=f"{step},")
        | Q(open_steps__endswith=f",{step}")
        | Q(open_steps__contains=f",{step},")
    )


def waiting_for(actor: Actor) -> Q:
    """Open cases at a step that is the actor's to do, as the page of a case has it (`posts_of`).

    Who does a step stands in the flow, where no query can look. But open cases stand at few different steps, however
    many they are: these are asked for first, decided here, and named to the query as they are written in the rows.
    """
    found = NO_CASES
    for version, posts in _standings_by_post():
        for post, standings in posts.items():
            mine = held_by(actor, version.pack, post)
            if mine != NO_CASES:
                here = Q(ended_at__isnull=True, flow=version.pk, open_steps__in=standings)
                found |= here & mine & ~_barred(actor, version.pack, post)
    return found


def _barred(actor: Actor, pack: str, post: str) -> Q:
    """The cases in which the actor cannot act as a post, having acted as one that the pack keeps apart from it."""
    others = posts_of_pack(pack).apart_from(post)
    if not others or actor.user is None:
        return NO_CASES
    done = CaseEvent.objects.filter(kind=CaseEvent.Kind.MOVE, user=actor.user, post__in=others)
    return Q(pk__in=done.values("case"))


def _standings_by_post() -> list[tuple[FlowVersion, dict[str, list[str]]]]:
    """For each flow version the posts that act in it now, each with the steps, as many as are open at once, at which it
    does."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    versions = {}
    for version, steps in standings():
        versions[version.pk] = version
        for post in {role for node in nodes_of(version, steps) for role in node.roles}:
            found[version.pk][post].append(steps)
    return [(versions[flow], posts) for flow, posts in found.items()]


def standings() -> list[tuple[FlowVersion, str]]:
    """At which steps open cases stand, as the rows have it, with the version of the flow."""
    rows = Case.objects.filter(ended_at__isnull=True).exclude(open_steps="").order_by()
    found = list(rows.values_list("flow", "open_steps").distinct())
    versions = FlowVersion.objects.defer(*LARGE).in_bulk({flow for flow, _steps in found})
    return [(versions[flow], steps) for flow, steps in found]


def nodes_of(version: FlowVersion, steps: str) -> list[Node]:
    """The steps of a standing; none of a version that can no longer be read: nobody acts in it."""
    try:
        nodes = engine_of(version).flow.by_id
    except LookupError:
        return []
    return [nodes[step] for step in steps.split(",") if step in nodes]
