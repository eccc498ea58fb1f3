"""People with their accounts, their units and their roles, in one go; their first passwords are shown once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.fields.normal import line
from guatu.web.base.actions import Action, Change, Context, also
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.county.actions.together import at_line
from guatu.web.directory.actions.add_post import AddPost
from guatu.web.directory.actions.create_user import CreateUser, NewPassword
from guatu.web.directory.actions.grant_role import GrantRole
from guatu.web.directory.actions.save_person import SavePerson
from guatu.web.directory.selectors.accounts import is_named

OFFICE = "supervision"
_NO_LOGIN = re.compile(r"[^\w.@+-]")


@dataclass(frozen=True)
class PersonLine:
    """A row of the form. `unit` None is for roles of the whole county."""

    number: int
    name: str
    unit: int | None
    role: str


@dataclass(frozen=True)
class AddPeople(Action[list[NewPassword]]):
    """`own_office`: who enters them gets the role of the supervision office as well."""

    people: tuple[PersonLine, ...]
    own_office: bool = False
    name = "county.add-people"
    words = gettext_lazy("录入人员、账号和角色")
    permission = "accounts.edit"

    def change(self, context: Context) -> Change[list[NewPassword]]:
        change: Change[list[NewPassword]] = Change([])
        if not self.people and not self.own_office:
            raise Invalid(_("请至少填写一个人的姓名。"), field="people")
        for person in self.people:
            with at_line(person.number, "people"):
                change.result.append(_add(person, context, change))
        if self.own_office:
            also(GrantRole(context.actor.known.pk, OFFICE, None, None), context, change)
        return change

    def answer(self, result: list[NewPassword]) -> Any:
        return None

    def recall(self, answer: Any) -> list[NewPassword]:
        # Passwords are kept nowhere: whoever sends the same form again is told so.
        raise NotNow(_("这次提交已经处理过,初始密码不再显示。需要时请在账号页面重置密码。"), code="request.repeated")


def _add(person: PersonLine, context: Context, change: Change[Any]) -> NewPassword:
    name = line(person.name)
    made = also(CreateUser(free_name(name), name), context, change)
    kept = also(SavePerson(name, user_id=made.pk), context, change)
    if person.unit is not None:
        also(AddPost(kept.pk, person.unit, usual_title(), context.actor.today), context, change)
    also(GrantRole(made.pk, person.role, person.unit, None), context, change)
    return made


def usual_title() -> str:
    """The title of a post of which none is said."""
    # It is stored and seen by all: in the language of the county, not of who typed it in.
    with translation.override("zh-hans"):
        return _("经办人")


def free_name(name: str, is_taken: Callable[[str], bool] = is_named) -> str:
    """The name itself to log in by, with a number behind it where another account bears it."""
    # What stands between the parts of some names (买买提·艾力) is no character to log in by.
    plain = _NO_LOGIN.sub("", name) or name
    return next(one for one in _numbered(plain) if not is_taken(one))


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}{number}" for number in count(2))
