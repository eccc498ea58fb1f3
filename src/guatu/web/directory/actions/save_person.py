"""A person of the directory, new or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from guatu.core.fields.normal import line
from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid
from guatu.web.directory.actions.common import row
from guatu.web.directory.models import Person
from guatu.web.kit.kinds import Text


@dataclass(frozen=True)
class SavePerson(RowAction[Person]):
    """`person_id` None makes a new person; `user_id` ties the person to an account."""

    full_name: Annotated[str, Text(label=_("姓名"), required=True, longest=60, of="name")]
    phone: Annotated[str, Text(label=_("电话"), longest=30)] = ""
    user_id: int | None = None
    person_id: int | None = None
    seen: int = 0
    name = "directory.save-person"
    words = _("修改人员")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[Person]:
        self._check()
        person = Person() if self.person_id is None else take_version(row(Person, self.person_id), self.seen)
        before = _fields(person) if person.pk else None
        person.name, person.phone, person.user_id = line(self.full_name), line(self.phone), self.user_id
        person.save()
        change = Change(person)
        change.note(person, before, _fields(person))
        return change

    def _check(self) -> None:
        if not line(self.full_name) or len(self.full_name) > 60:
            raise Invalid(_("请填写姓名,不超过 60 个字。"), field="full_name")
        if len(self.phone) > 30:
            raise Invalid(_("电话不能超过 30 个字符。"), field="phone")
        if self.user_id is None:
            return
        # A person who is not stored yet has no number; 0 is nobody's, so that nobody is left out.
        if Person.objects.filter(user_id=self.user_id).exclude(pk=self.person_id or 0).exists():
            raise Invalid(_("这个账号已属于另一个人。"), field="user_id")


def _fields(person: Person) -> dict[str, Any]:
    return {"name": person.name, "phone": person.phone, "user": person.user_id}
