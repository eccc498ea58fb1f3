"""One unit: what it is on a day, what it was before, its people, and what came of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Q
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.dated import on_day
from guatu.web.base.language import joined
from guatu.web.directory.hooks import UnitCount, unit_counts
from guatu.web.directory.models import (
    PlaceVersion,
    Post,
    Reorganisation,
    RoleGrant,
    Succession,
    Unit,
    UnitAlias,
    UnitVersion,
)
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.rights import shown_phone, visible_units
from guatu.web.directory.selectors.tree import UnitNode, unit_tree
from guatu.web.kit.table import Column, day, text

COMPARED = ("name", "short_name", "line", "category", "parent", "place", "order")


@dataclass(frozen=True)
class VersionRow:
    """What held from a day on; `changed` are the labels of the fields that were otherwise before."""

    version: UnitVersion
    parent: str
    place: str
    changed: list[str]
    now: bool

    @property
    def tone(self) -> str:
        return "table-active" if self.now else ""


@dataclass(frozen=True)
class PostRow:
    post: Post
    phone: str
    now: bool

    @property
    def tone(self) -> str:
        return "" if self.now else "text-secondary"


@dataclass(frozen=True)
class CountRow:
    label: str | Promise
    count: int
    url: str


@dataclass(frozen=True)
class SuccessionRow:
    """Whose tasks went to whom; the old name is that of the day before."""

    reorganisation: Reorganisation
    old_id: int
    old: str
    new_id: int
    new: str


@dataclass(frozen=True)
class UnitPage:
    unit: Unit
    node: UnitNode | None
    last: UnitVersion
    path: list[UnitNode]
    children: list[UnitNode]
    below: int
    place: str
    versions: list[VersionRow]
    aliases: list[UnitAlias]
    posts: list[PostRow]
    grants: list[RoleGrant]
    successions: list[SuccessionRow]
    counts: list[CountRow]

    @property
    def name(self) -> str:
        return self.node.name if self.node else self.last.name


def unit_page(actor: Actor, unit_id: int, on: datetime.date) -> UnitPage:
    """Raises Http404 for a unit that is not there or that the actor may not see, `Denied` without the right to any."""
    if not visible_units(actor, [unit_id]):
        raise Http404
    unit = Unit.objects.filter(pk=unit_id).first()
    versions = list(UnitVersion.objects.filter(unit_id=unit_id).order_by("valid_from"))
    if unit is None or not versions:
        raise Http404
    tree = unit_tree(on)
    node = tree.nodes.get(unit_id)
    below = tree.subtree(unit_id) if node else frozenset((unit_id,))
    return UnitPage(
        unit=unit,
        node=node,
        last=versions[-1],
        path=tree.path(unit_id) if node else [],
        children=tree.children.get(unit_id, []),
        below=len(below) - 1,
        place=place_tree(on).name(node.place_id) if node and node.place_id else "",
        versions=_version_rows(versions, on),
        aliases=list(unit.aliases.order_by("text")),
        posts=_posts(actor, unit_id, on),
        grants=_grants(actor, unit_id, on),
        successions=_successions(unit_id),
        counts=[_count(count, unit_id) for count in unit_counts],
    )


def _count(count: UnitCount, unit_id: int) -> CountRow:
    return CountRow(count.label, count.count([unit_id]).get(unit_id, 0), count.url(unit_id) if count.url else "")


def _version_rows(versions: list[UnitVersion], on: datetime.date) -> list[VersionRow]:
    parents = names_at(UnitVersion, "unit_id", {(v.parent_id, v.valid_from) for v in versions})
    places = names_at(PlaceVersion, "place_id", {(v.place_id, v.valid_from) for v in versions})
    compared = [field for field in UnitVersion._meta.concrete_fields if field.name in COMPARED]
    rows = []
    for before, version in zip([None, *versions], versions, strict=False):
        changed = [str(field.verbose_name) for field in compared if _differs(before, version, field)]
        rows.append(
            VersionRow(
                version,
                parents.get((version.parent_id, version.valid_from), ""),
                places.get((version.place_id, version.valid_from), ""),
                changed,
                version.valid_from <= on and (version.valid_to is None or version.valid_to > on),
            )
        )
    return rows[::-1]


Dated = tuple[int | None, datetime.date]


def names_at(model: type[UnitVersion | PlaceVersion], key: str, wanted: set[Dated]) -> dict[Dated, str]:
    """What units or places were called on days; the last name where they were gone by then. One query."""
    ids = {id_ for id_, _day in wanted if id_ is not None}
    history: dict[int, list[tuple[datetime.date, str]]] = {}
    if ids:
        rows = model.objects.filter(**{f"{key}__in": ids}).order_by("valid_from").values_list(key, "valid_from", "name")
        for id_, start, name in rows:
            history.setdefault(id_, []).append((start, name))
    found = {}
    for id_, on in wanted:
        names = [name for start, name in history.get(id_ or 0, ()) if start <= on]
        if names:
            found[id_, on] = names[-1]
    return found


def _differs(before: UnitVersion | None, after: UnitVersion, field: Field[Any, Any]) -> bool:
    return before is not None and field.value_from_object(before) != field.value_from_object(after)


def _posts(actor: Actor, unit_id: int, on: datetime.date) -> list[PostRow]:
    posts = Post.objects.filter(unit_id=unit_id).select_related("person").order_by("-valid_from", "id")
    return [
        PostRow(
            post,
            shown_phone(actor, post.person.phone, [unit_id]),
            post.valid_from <= on and (post.valid_to is None or post.valid_to > on),
        )
        for post in posts
    ]


def _grants(actor: Actor, unit_id: int, on: datetime.date) -> list[RoleGrant]:
    """Who acts for the unit; only for those who keep the accounts."""
    if not actor.may("accounts.edit"):
        return []
    return list(RoleGrant.objects.filter(on_day(on), unit_id=unit_id).select_related("user").order_by("role", "id"))


def _successions(unit_id: int) -> list[SuccessionRow]:
    found = Succession.objects.select_related("reorganisation").order_by("-reorganisation__day", "id")
    rows = list(found.filter(Q(old_id=unit_id) | Q(new_id=unit_id)))
    eve = datetime.timedelta(days=1)
    wanted: set[Dated] = {(row.old_id, row.reorganisation.day - eve) for row in rows}
    wanted |= {(row.new_id, row.reorganisation.day) for row in rows}
    names = names_at(UnitVersion, "unit_id", wanted)
    return [
        SuccessionRow(
            row.reorganisation,
            row.old_id,
            names.get((row.old_id, row.reorganisation.day - eve), ""),
            row.new_id,
            names.get((row.new_id, row.reorganisation.day), ""),
        )
        for row in rows
    ]


VERSIONS: tuple[Column[VersionRow], ...] = (
    day("from", _("起"), lambda row: row.version.valid_from),
    day("to", _("止"), lambda row: row.version.valid_to),
    text("name", _("全称"), lambda row: row.version.name),
    text("parent", _("上级单位"), lambda row: row.parent),
    text("place", _("所在区域"), lambda row: row.place),
    text("changed", _("变了什么"), lambda row: joined(row.changed) or _("设立")),
)
POSTS: tuple[Column[PostRow], ...] = (
    text(
        "name",
        _("姓名"),
        lambda row: row.post.person.name,
        link=lambda row: reverse("person", args=[row.post.person_id]),
    ),
    text("title", _("职务"), lambda row: row.post.title),
    text("phone", _("电话"), lambda row: row.phone, css="text-nowrap"),
    day("from", _("起"), lambda row: row.post.valid_from),
    day("to", _("止"), lambda row: row.post.valid_to),
)
