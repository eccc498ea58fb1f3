"""People of the directory with their posts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.http import Http404

from guatu.web.base.actors import Actor
from guatu.web.directory.models import Person, Post
from guatu.web.directory.selectors.rights import check_view, shown_phone
from guatu.web.directory.selectors.tree import on_day, unit_tree

PER_PAGE = 100


@dataclass(frozen=True)
class PersonRow:
    """A person on a day: posts as (unit id, unit name, title)."""

    person: Person
    phone: str
    posts: list[tuple[int, str, str]]


@dataclass(frozen=True)
class People:
    rows: list[PersonRow]
    found: int


@dataclass(frozen=True)
class PersonPage:
    person: Person
    phone: str
    posts: list[tuple[Post, str, bool]]


def list_people(actor: Actor, on: datetime.date, text: str = "", page: int = 1) -> People:
    """People found by name, title or unit. Raises `Denied` without the right to see the directory."""
    check_view(actor)
    tree = unit_tree(on)
    found = Person.objects.order_by("name", "id")
    if text:
        units = [node.id for node in tree.nodes.values() if text in node.name or text in node.short_name]
        held = Post.objects.filter(on_day(on)).filter(Q(title__icontains=text) | Q(unit_id__in=units))
        found = found.filter(Q(name__icontains=text) | Q(pk__in=held.values("person_id")))
    count = found.count()
    held_now = Prefetch("posts", Post.objects.filter(on_day(on)).order_by("id"), to_attr="held")
    part = found.prefetch_related(held_now)[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows = [
        PersonRow(
            person,
            shown_phone(actor, person.phone, [post.unit_id for post in person.held]),
            [(post.unit_id, tree.name(post.unit_id), post.title) for post in person.held],
        )
        for person in part
    ]
    return People(rows, count)


def person_page(actor: Actor, person_id: int, on: datetime.date) -> PersonPage:
    check_view(actor)
    person = Person.objects.select_related("user").filter(pk=person_id).first()
    if person is None:
        raise Http404
    posts = list(person.posts.order_by("-valid_from"))
    tree = unit_tree(on)
    names = {post.unit_id: tree.name(post.unit_id) or post.unit.versions.latest("valid_from").name for post in posts}
    now = [p for p in posts if p.valid_from <= on and (p.valid_to is None or p.valid_to > on)]
    phone = shown_phone(actor, person.phone, [post.unit_id for post in now])
    return PersonPage(person, phone, [(post, names[post.unit_id], post in now) for post in posts])
