"""At which steps cases stand, and whose turn it is: asked of the database, over all cases, before anything is
cut off."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q

from guatu.web.base.actors import Actor
from guatu.web.cases.library import engine_of
from guatu.web.cases.models import Case, FlowVersion
from guatu.web.cases.posts import cases_of, holders, roles_of

NOTHING = Q(pk__in=())


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
    posts, held = _posts_by_standing(), holders()
    found = NOTHING
    for grant in actor.grants:
        for flow, standings in posts.items():
            mine = [
                steps for steps, wanted in standings.items() if any(grant.role in roles_of(p, held) for p in wanted)
            ]
            if mine:
                found |= Q(ended_at__isnull=True, flow=flow, open_steps__in=mine) & cases_of(actor, grant)
    return found


def _posts_by_standing() -> dict[int, dict[str, set[str]]]:
    """By flow version, and by the steps that are open at once, the posts that act there."""
    rows = Case.objects.filter(ended_at__isnull=True).exclude(open_steps="").order_by()
    standings = list(rows.values_list("flow", "open_steps").distinct())
    versions = FlowVersion.objects.defer("text", "tables", "clocks").in_bulk({flow for flow, _steps in standings})
    found: dict[int, dict[str, set[str]]] = defaultdict(dict)
    for flow, steps in standings:
        found[flow][steps] = _posts(versions[flow], steps)
    return found


def _posts(version: FlowVersion, steps: str) -> set[str]:
    try:
        nodes = engine_of(version).flow.by_id
    except LookupError:
        # It can no longer be read: nobody acts in it.
        return set()
    return {role for step in steps.split(",") if step in nodes for role in nodes[step].roles}
