"""Open cases that nobody can act in: no account holds a post of an open step there, all who do are kept apart from it
by what they did before, no step is open, or the flow can no longer be read. The list should be empty."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, partial

from django.db.models import Q

from guatu.core.cases.flow import TIMER
from guatu.web.base.actors import Actor
from guatu.web.cases.areas import NO_CASES
from guatu.web.cases.models import Case, CaseEvent, FlowVersion
from guatu.web.cases.posts import held_by, posts_of, posts_of_pack
from guatu.web.cases.selectors.turns import nodes_of, standings
from guatu.web.directory.selectors.grants import everybody


def ownerless(actor: Actor) -> Q:
    """The cases, whoever asks."""
    people = everybody(actor.today)
    found = Q(ended_at__isnull=True, open_steps="")
    for version, steps_at in _steps(standings()):
        for posts, where in steps_at.items():
            # What only a clock does waits for nobody.
            if TIMER in posts:
                continue
            held = NO_CASES
            for post in posts:
                held |= held_by(people, version.pack, post)
            here = Q(ended_at__isnull=True, flow=version.pk, open_steps__in=where)
            found |= here & ~held
            if stuck := list(_kept_apart(here, version.pack, posts, actor.today)):
                found |= Q(pk__in=stuck)
    return found


def _kept_apart(here: Q, pack: str, posts: tuple[str, ...], today: datetime.date) -> Iterator[int]:
    """Those of the cases in which all who hold a post of the step have acted before as one that is kept apart from it:
    in a small village one person may be all of its bodies."""
    apart = {post: posts_of_pack(pack).apart_from(post) for post in posts}
    if not all(apart.values()):
        return
    acted: dict[int, set[tuple[int, str]]] = defaultdict(set)
    moves = CaseEvent.objects.filter(
        kind=CaseEvent.Kind.MOVE, user__isnull=False, post__in=set().union(*apart.values())
    )
    for case, user, post in moves.filter(case__in=Case.objects.filter(here)).values_list("case", "user", "post"):
        acted[case].add((user, post))
    # Few people act in a village, so that few sets of them are left out.
    others = cache(partial(everybody, today))
    for row in Case.objects.in_bulk(acted).values():
        barred = {post: frozenset(user for user, done in acted[row.pk] if done in apart[post]) for post in posts}
        if not any(posts_of(others(but), row, {post}) for post, but in barred.items()):
            yield row.pk


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
