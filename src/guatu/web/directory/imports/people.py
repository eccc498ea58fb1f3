"""People, their posts and their accounts from a spreadsheet.

A line is one person in one post. A person is known by the login name, else by name and phone, else by name and unit. An
account made here has no password: its user gets a link to set one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context
from guatu.web.base.actors import Actor
from guatu.web.base.dated import on_day
from guatu.web.base.models import User
from guatu.web.base.problems import Problem
from guatu.web.directory.checks import check_grant
from guatu.web.directory.models import Person, Post, RoleGrant
from guatu.web.directory.selectors.people import found_people
from guatu.web.directory.selectors.rights import check_view, shown_phone
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.world import World
from guatu.web.kit.importer import Checked, Errors, Importer
from guatu.web.kit.sheets import Choice, Code, Column, Day, Sheet, SheetRow, Text

COLUMNS: tuple[Column, ...] = (
    Text("name", gettext_lazy("姓名"), True, 14, "", "张三", 60),
    Text("phone", gettext_lazy("电话"), False, 16, "", "", 30),
    Code("unit", gettext_lazy("单位编码"), False, 14, gettext_lazy("任职单位"), "ZF-012", 40),
    Text("title", gettext_lazy("职务"), False, 18, gettext_lazy("填了单位就要填职务"), "局长", 60),
    Day("day", gettext_lazy("任职日期"), False, 14, gettext_lazy("不填为今天"), "2024-03-01"),
    Code("username", gettext_lazy("登录名"), False, 18, gettext_lazy("填写则开通账号"), "zhangsan", 150),
    Choice("role", gettext_lazy("角色"), False, 14, choices=dict(RoleGrant.Role.choices)),
    Code("role_unit", gettext_lazy("角色单位编码"), False, 16, gettext_lazy("不填为任职单位"), "", 40),
)  # fmt: skip
BLOCK = 500
KEYS = {"unit_id": "role_unit"}


@dataclass
class _Planned:
    """A line that can be written; what is None is there already or not asked for."""

    row: SheetRow
    key: tuple[str, str]
    person: Person | None
    unit_id: int | None
    day: datetime.date
    new_user: str | None
    username: str
    role: str | None
    role_unit_id: int | None
    corrected: bool


class _Check:
    def __init__(self, sheet: Sheet, context: Context) -> None:
        self.sheet, self.today, self.actor = sheet, context.actor.today, context.actor
        self.errors = Errors(sheet, COLUMNS)
        self.world = World()
        self.users = {user.username.lower(): user for user in User.objects.all()}
        self.posts = set(Post.objects.filter(on_day(self.today)).values_list("person_id", "unit_id", "title"))
        self.grants = set(RoleGrant.objects.filter(on_day(self.today)).values_list("user_id", "role", "unit_id"))
        self.planned: list[_Planned] = []
        self.seen: dict[object, int] = {}
        self._read_people()

    def _read_people(self) -> None:
        self.by_user: dict[int, Person] = {}
        self.by_phone: dict[tuple[str, str], Person] = {}
        self.by_unit: dict[tuple[str, int], Person] = {}
        people = {person.pk: person for person in Person.objects.order_by("-id")}
        for person in people.values():
            if person.user_id is not None:
                self.by_user[person.user_id] = person
            if person.phone:
                self.by_phone[person.name, person.phone] = person
        for person_id, unit_id, _title in self.posts:
            self.by_unit[people[person_id].name, unit_id] = people[person_id]

    def run(self) -> Checked:
        same = created = 0
        for row in self.sheet.rows:
            if self.errors.is_bad(row):
                continue
            planned = self._row(row)
            if planned is None:
                continue
            if self._nothing_new(planned):
                same += 1
                continue
            created += planned.person is None
            self.planned.append(planned)
        write = _Write(self.planned, self.today)
        return Checked(created, len(self.planned) - created, same, self.errors.sorted(), write)

    def _row(self, row: SheetRow) -> _Planned | None:
        values = row.values
        unit_id = self._unit(row, "unit")
        role_unit_id = self._unit(row, "role_unit") if "role_unit" in values else unit_id
        username = values.get("username", "")
        user = self.users.get(username.lower()) if username else None
        person = self._person(values, unit_id, user)
        self._check_post(row, unit_id)
        self._check_account(row, username, user)
        role, role_unit_id = self._check_role(row, role_unit_id, user)
        if self.errors.is_bad(row):
            return None
        phone = values.get("phone", "")
        corrected = person is not None and ((bool(phone) and person.phone != phone) or person.name != values["name"])
        new_user = username if username and user is None else None
        key = ("user", username.lower()) if username else ("name", f"{values['name']}/{phone or unit_id}")
        return _Planned(
            row, key, person, unit_id, values.get("day", self.today), new_user, username, role, role_unit_id, corrected
        )

    def _person(self, values: dict[str, Any], unit_id: int | None, user: User | None) -> Person | None:
        if user is not None and user.pk in self.by_user:
            return self.by_user[user.pk]
        phone = values.get("phone")
        if phone:
            return self.by_phone.get((values["name"], phone))
        return self.by_unit.get((values["name"], unit_id)) if unit_id is not None else None

    def _unit(self, row: SheetRow, key: str) -> int | None:
        code = row.values.get(key)
        if not code:
            return None
        found = self.world.unit_codes.get(code)
        if found is None:
            self.errors.add(row, key, _("没有编码为“%(code)s”的单位。") % {"code": code})
        elif not self.world.units.stands_from(found, row.values.get("day", self.today)):
            self.errors.add(row, key, _("这个单位在任职日期还未设立,或已定撤销。"))
        return found

    def _check_post(self, row: SheetRow, unit_id: int | None) -> None:
        if unit_id is not None and not row.values.get("title"):
            self.errors.add(row, "title", _("填了单位就要填职务。"))
        key = (row.values["name"], row.values.get("phone"), unit_id, row.values.get("username"))
        if key in self.seen:
            self.errors.add(row, "name", _("与第 %(row)d 行重复。") % {"row": self.seen[key]})
        self.seen.setdefault(key, row.number)

    def _check_account(self, row: SheetRow, username: str, user: User | None) -> None:
        if not username and "role" not in row.values:
            return
        if not self.actor.may("accounts.edit"):
            self.errors.add(row, "username", _("您没有管理账号的权限,请删去登录名和角色。"))
        elif not username:
            self.errors.add(row, "username", _("填了角色就要填登录名。"))
        elif user is None:
            try:
                UnicodeUsernameValidator()(username)
            except ValidationError:
                self.errors.add(row, "username", _("用户名应为 2 到 150 个字母、数字、汉字或 @ . + - _。"))

    def _check_role(self, row: SheetRow, unit_id: int | None, user: User | None) -> tuple[str | None, int | None]:
        role = row.values.get("role")
        if role is None:
            return None, None
        if "role_unit" not in row.values and role in ("admin", "leader", "supervision", "auditor"):
            unit_id = None  # these act for the whole county unless a unit is named
        try:
            check_grant(role, unit_id, self.today, None, self.today, self.world)
        except Problem as problem:
            self.errors.problems(row, [problem], KEYS)
        held = user is not None and (user.pk, role, unit_id) in self.grants
        return (None, None) if held else (role, unit_id)

    def _nothing_new(self, planned: _Planned) -> bool:
        held = planned.unit_id is None or (
            planned.person is not None
            and (planned.person.pk, planned.unit_id, planned.row.values.get("title")) in self.posts
        )
        known = planned.person is not None and not planned.corrected and held
        return known and planned.new_user is None and planned.role is None


class _Write:
    def __init__(self, planned: list[_Planned], today: datetime.date) -> None:
        self.planned, self.today = planned, today

    def __call__(self, change: Change[Any]) -> None:
        users = self._users(change)
        people = self._people(users, change)
        self._posts(people, change)
        grants = RoleGrant.objects.bulk_create(
            RoleGrant(user=users[p.username.lower()], role=p.role, unit_id=p.role_unit_id, valid_from=self.today)
            for p in self.planned
            if p.role is not None
        )
        for grant in grants:
            change.note(grant, None, {"user": grant.user.username, "role": grant.role, "unit": grant.unit_id})

    def _users(self, change: Change[Any]) -> dict[str, User]:
        names = {p.username for p in self.planned if p.username}
        users = {user.username.lower(): user for user in User.objects.all()} if names else {}
        new = {p.username.lower(): p for p in self.planned if p.new_user is not None}
        made = User.objects.bulk_create(
            User(
                username=p.new_user,
                display_name=p.row.values["name"],
                phone=p.row.values.get("phone", ""),
                password=make_password(None),
            )
            for p in new.values()
        )
        for user in made:
            users[user.username.lower()] = user
            change.note(user, None, {"username": user.username, "display_name": user.display_name})
        return users

    def _people(self, users: dict[str, User], change: Change[Any]) -> dict[tuple[str, str], Person]:
        people: dict[tuple[str, str], Person] = {}
        for planned in self.planned:
            if planned.key in people:
                continue
            values, person = planned.row.values, planned.person or Person()
            before = {"name": person.name, "phone": person.phone} if person.pk else None
            user = users.get(planned.username.lower()) if planned.username else None
            if person.pk and not planned.corrected and (user is None or person.user_id == user.pk):
                people[planned.key] = person
                continue
            person.name, person.phone = values["name"], values.get("phone", person.phone)
            person.user = user or person.user
            person.row_version += 1 if person.pk else 0
            person.save()
            change.note(person, before, {"name": person.name, "phone": person.phone})
            people[planned.key] = person
        return people

    def _posts(self, people: dict[tuple[str, str], Person], change: Change[Any]) -> None:
        held = set(Post.objects.filter(on_day(self.today)).values_list("person_id", "unit_id", "title"))
        wanted = {
            (people[p.key].pk, p.unit_id, p.row.values["title"]): p.day for p in self.planned if p.unit_id is not None
        }
        made = Post.objects.bulk_create(
            Post(person_id=person_id, unit_id=unit_id, title=title, valid_from=day)
            for (person_id, unit_id, title), day in wanted.items()
            if (person_id, unit_id, title) not in held
        )
        for post in made:
            change.note(post, None, {"person": post.person_id, "unit": post.unit_id, "title": post.title})


def _export(actor: Actor, on: datetime.date, given: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    check_view(actor)
    tree = unit_tree(on)
    accounts = actor.may("accounts.edit")
    people = found_people(tree, on, given.get("q", "").strip()).select_related("user")
    for person in people.iterator(chunk_size=BLOCK):
        known = {
            "name": person.name,
            "phone": shown_phone(actor, person.phone, [post.unit_id for post in person.held]),
            "username": person.user.username if accounts and person.user else "",
        }
        # Who has no post is on the list, and so is a line here.
        for post in person.held or (None,):
            node = tree.nodes.get(post.unit_id) if post else None
            yield {
                **known,
                "unit": node.code if node else "",
                "title": post.title if post else "",
                "day": post.valid_from if post else None,
            }


PEOPLE = Importer(
    "people",
    gettext_lazy("人员"),
    "directory.view",
    "directory.edit",
    "person_list",
    COLUMNS,
    lambda sheet, context: _Check(sheet, context).run(),
    _export,
    (gettext_lazy("新开通的账号没有密码:在“账号”页下载邀请链接,由本人设置密码。"),),
)
