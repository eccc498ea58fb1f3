"""Open cases that nobody can act in: no account holds a post of an open step there, no step is open, or the flow can no
longer be read. The list should be empty."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q

from guatu.web.base.actors import Actor
from guatu.web.cases.areas import NO_CASES
from guatu.web.cases.models import Case, FlowVersion
from guatu.web.cases.posts import held_by
from guatu.web.cases.selectors.turns import nodes_of, standings
from guatu.web.directory.selectors.grants import everybody


def ownerless(actor: Actor) -> Q:
    """The cases, whoever asks. Who was kept apart from a step by what they did before is still counted as its owner."""
    people = everybody(actor.today)
    found = Q(ended_at__isnull=True, open_steps="")
    for version, steps_at in _steps(standings()):
        for posts, where in steps_at.items():
            held = NO_CASES
            for post in posts:
                held |= held_by(people, version.pack, post)
            found |= Q(ended_at__isnull=True, flow=version.pk, open_steps__in=where) & ~held
    return found


def open_counts(actor: Actor) -> tuple[int, int]:
    """How many cases are open, and how many of them nobody can act in: numbers alone, of the whole county."""
    rows = Case.objects.filter(ended_at__isnull=True)
    return rows.count(), rows.filter(ownerless(actor)).count()


def _steps(known: list[tuple[FlowVersion, str]]) -> list[tuple[FlowVersion, dict[tuple[str, ...], list[str]]]]:
    """For each version the posts of its open steps, each set of posts with the standings at which it has a step."""
    found: dict[int, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    versions = {}
    for version, steps in known:
        versions[version.pk] = version
        # Of a version that can no longer be read no step is known, and nobody does it.
        for posts in {node.roles for node in nodes_of(version, steps)} or {()}:
            found[version.pk][posts].append(steps)
    return [(versions[pk], dict(posts)) for pk, posts in found.items()]
