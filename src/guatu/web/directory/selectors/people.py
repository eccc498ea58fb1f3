"""People of the directory with their posts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.dated import on_day
from guatu.web.directory.models import Person, Post
from guatu.web.directory.selectors.rights import check_view, shown_phone
from guatu.web.directory.selectors.tree import UnitTree, unit_tree
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Column, Day, Empty, Search, Table, Wanted, day, text


@dataclass(frozen=True)
class PersonRow:
    """A person on a day: posts as (unit id, unit name, title)."""

    person: Person
    phone: str
    posts: list[tuple[int, str, str]]


@dataclass(frozen=True)
class HeldPost:
    """A post of a person, with the name of its unit."""

    post: Post
    unit: str
    now: bool

    @property
    def tone(self) -> str:
        return "" if self.now else "text-secondary"


@dataclass(frozen=True)
class PersonPage:
    person: Person
    phone: str
    posts: list[HeldPost]


def found_people(tree: UnitTree, on: datetime.date, sought: str) -> QuerySet[Person]:
    """All that the list shows; the `posts` of each are those that are held on the day."""
    found = Person.objects.order_by("name", "id")
    if sought:
        units = [node.id for node in tree.nodes.values() if sought in node.name or sought in node.short_name]
        held = Post.objects.filter(on_day(on)).filter(Q(title__icontains=sought) | Q(unit_id__in=units))
        found = found.filter(Q(name__icontains=sought) | Q(pk__in=held.values("person_id")))
    return found.prefetch_related(Prefetch("posts", Post.objects.filter(on_day(on)).order_by("id")))


class Officer(NamedTuple):
    """A person with a unit in which they hold a post."""

    pk: int
    name: str
    unit_id: int


def people_in_office(on: datetime.date) -> list[Officer]:
    """Who holds a post on the day, by name; of one with several the one written first."""
    rows = Post.objects.filter(on_day(on)).order_by("person__name", "person_id", "-pk")
    found = {row[0]: Officer(*row) for row in rows.values_list("person_id", "person__name", "unit_id")}
    return list(found.values())


def person_page(actor: Actor, person_id: int, on: datetime.date) -> PersonPage:
    check_view(actor)
    person = get_object_or_404(Person.objects.select_related("user"), pk=person_id)
    posts = list(person.posts.order_by("-valid_from"))
    tree = unit_tree(on)
    names = {post.unit_id: tree.name(post.unit_id) or post.unit.versions.latest("valid_from").name for post in posts}
    now = [p for p in posts if p.valid_from <= on and (p.valid_to is None or p.valid_to > on)]
    phone = shown_phone(actor, person.phone, [post.unit_id for post in now])
    return PersonPage(person, phone, [HeldPost(post, names[post.unit_id], post in now) for post in posts])


def _rows(actor: Actor, wanted: Wanted) -> QuerySet[Person]:
    """People found by name, title or unit. Raises `Denied` without the right to see the directory."""
    check_view(actor)
    return found_people(unit_tree(wanted["on"]) if "q" in wanted else UnitTree(()), wanted["on"], wanted.get("q", ""))


def _lines(people: Sequence[Person], actor: Actor, wanted: Wanted) -> list[PersonRow]:
    tree = unit_tree(wanted["on"])
    return [
        PersonRow(
            person,
            shown_phone(actor, person.phone, [post.unit_id for post in person.posts.all()]),
            [(post.unit_id, tree.name(post.unit_id), post.title) for post in person.posts.all()],
        )
        for person in people
    ]


def _posts(row: PersonRow) -> SafeString:
    if not row.posts:
        return format_html('<span class="text-secondary">{}</span>', _("现无任职"))
    posts = ((reverse("unit", args=[unit_id]), unit, title) for unit_id, unit, title in row.posts)
    return format_html_join(";", '<a href="{}">{}</a> {}', posts)


PEOPLE = Table[Person, PersonRow](
    title=_("人员"),
    rows=_rows,
    lines=_lines,
    order=Order((By("name"), By("id"))),
    size=100,
    filters=(Search("q", _("姓名、职务或单位"), wide=True), Day("on", _("看哪一天"))),
    columns=(
        text(
            "name",
            _("姓名"),
            lambda row: row.person.name,
            link=lambda row: reverse("person", args=[row.person.pk]),
            head=True,
        ),
        text("posts", _("任职"), lambda row: "", shown=_posts),
        text("phone", _("电话"), lambda row: row.phone, css="text-nowrap"),
    ),
    empty=Empty(_("没有符合条件的人员。"), _("请新增,或用表格导入。")),
)
POSTS: tuple[Column[HeldPost], ...] = (
    text("unit", _("单位"), lambda row: row.unit, link=lambda row: reverse("unit", args=[row.post.unit_id])),
    text("title", _("职务"), lambda row: row.post.title),
    day("from", _("起"), lambda row: row.post.valid_from),
    day("to", _("止"), lambda row: row.post.valid_to),
    text("end", _("操作"), lambda row: "", template="directory/_post_end.html", needs="directory.edit"),
)
