"""People, their posts and their accounts from a spreadsheet.

A line is one person in one post. A person is known by the login name, else by name and phone, else by name and unit. An
account made here has no password: its user gets a link to set one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Context
from guatu.web.base.actors import Actor
from guatu.web.base.dated import on_day
from guatu.web.base.models import User
from guatu.web.base.problems import Problem
from guatu.web.directory.actions.import_people import PlannedPerson, WritePeople
from guatu.web.directory.checks import check_grant
from guatu.web.directory.models import Person, Post, RoleGrant
from guatu.web.directory.references import UnitRef
from guatu.web.directory.selectors.people import found_people
from guatu.web.directory.selectors.rights import check_view, shown_phone
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.world import World
from guatu.web.kit.field import Field
from guatu.web.kit.importer import Checked, Errors, Importer
from guatu.web.kit.kinds import Choice, Code, Day, Text
from guatu.web.kit.sheets import Sheet, SheetRow

COLUMNS: tuple[Field, ...] = (
    Text("name", _("姓名"), required=True, width=14, example="张三", longest=60),
    Text("phone", _("电话"), width=16, longest=30),
    UnitRef("unit", _("单位编码"), width=14, hint=_("任职单位的编码、全称或简称"), example="ZF-012"),
    Text("title", _("职务"), width=18, hint=_("填了单位就要填职务"), example="局长", longest=60),
    Day("day", _("任职日期"), width=14, hint=_("不填为今天"), example="2024-03-01"),
    Code(
        "username",
        _("登录名"),
        width=18,
        hint=_("填写则开通账号"),
        example="zhangsan",
        longest=150,
    ),
    Choice("role", _("角色"), width=14, choices=RoleGrant.Role.choices),
    UnitRef("role_unit", _("角色单位编码"), width=16, hint=_("不填为任职单位")),
)
BLOCK = 500
KEYS = {"unit_id": "role_unit"}


class _Check:
    def __init__(self, sheet: Sheet, context: Context) -> None:
        self.sheet, self.today, self.actor = sheet, context.actor.today, context.actor
        self.errors = Errors(sheet, COLUMNS)
        self.world = World()
        self.users = {user.username.lower(): user for user in User.objects.all()}
        self.posts = set(Post.objects.filter(on_day(self.today)).values_list("person_id", "unit_id", "title"))
        self.grants = set(RoleGrant.objects.filter(on_day(self.today)).values_list("user_id", "role", "unit_id"))
        self.planned: list[PlannedPerson] = []
        self.seen: dict[object, int] = {}
        self._read_people()

    def _read_people(self) -> None:
        self.by_user: dict[int, Person] = {}
        self.by_phone: dict[tuple[str, str], Person] = {}
        self.by_unit: dict[tuple[str, int], Person] = {}
        # From the newest to the oldest, so that of several with one name and phone the oldest is meant.
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
        write = WritePeople(self.planned, self.today)
        return Checked(created, len(self.planned) - created, same, self.errors.sorted(), write)

    def _row(self, row: SheetRow) -> PlannedPerson | None:
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
        return PlannedPerson(
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
        found: int | None = row.values.get(key)
        if found is not None and not self.world.units.stands_from(found, row.values.get("day", self.today)):
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

    def _nothing_new(self, planned: PlannedPerson) -> bool:
        held = planned.unit_id is None or (
            planned.person is not None
            and (planned.person.pk, planned.unit_id, planned.row.values.get("title")) in self.posts
        )
        known = planned.person is not None and not planned.corrected and held
        return known and planned.new_user is None and planned.role is None


def _export(actor: Actor, on: datetime.date, given: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    check_view(actor)
    tree = unit_tree(on)
    accounts = actor.may("accounts.edit")
    people = found_people(tree, on, given.get("q", "").strip()).select_related("user")
    for person in people.iterator(chunk_size=BLOCK):
        held = list(person.posts.all())
        known = {
            "name": person.name,
            "phone": shown_phone(actor, person.phone, [post.unit_id for post in held]),
            "username": person.user.username if accounts and person.user else "",
        }
        # Who has no post is on the list, and so is a line here.
        lines: list[Post | None] = [*held] or [None]
        for post in lines:
            yield {
                **known,
                "unit": post.unit_id if post and post.unit_id in tree.nodes else None,
                "title": post.title if post else "",
                "day": post.valid_from if post else None,
            }


PEOPLE = Importer(
    "people",
    _("人员"),
    "directory.view",
    "directory.edit",
    "person_list",
    COLUMNS,
    lambda sheet, context: _Check(sheet, context).run(),
    _export,
    (_("新开通的账号没有密码:在“账号”页下载邀请链接,由本人设置密码。"),),
)
