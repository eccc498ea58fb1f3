"""Every write is permission, change and audit line in one transaction."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from guatu.web.base.actions import Action, Change, Context, perform, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.actors import Actor
from guatu.web.base.models import AuditEntry, RequestKey
from guatu.web.base.problems import Conflict, Denied, Invalid
from guatu.web.directory.models import Person

NOW = datetime.datetime(2024, 6, 10, 9, 0, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class AddPerson(Action[Person]):
    name_: str
    fail: bool = False
    name: ClassVar[str] = "test.add-person"

    def permit(self, context: Context) -> None:
        require(context, "directory.edit")

    def change(self, context: Context) -> Change[Person]:
        person = Person.objects.create(name=self.name_)
        change = Change(person)
        change.note(person, None, {"name": self.name_})
        if self.fail:
            raise Invalid("no", field="name")
        return change

    def recall(self, answer: Any) -> Person:
        return Person.objects.get(pk=answer)


def context(actor: Actor, key: str = "") -> Context:
    return Context(actor=actor, at=NOW, key=key)


def test_an_action_writes_its_audit_line(actor_of: Callable[..., Actor]) -> None:
    person = perform(AddPerson("李四"), context(actor_of("admin")))
    line = AuditEntry.objects.get()
    assert (line.action, line.object_id, line.after) == ("test.add-person", str(person.pk), {"name": "李四"})
    assert line.user.username == "admin"


def test_a_change_that_fails_leaves_nothing_behind(actor_of: Callable[..., Actor]) -> None:
    with pytest.raises(Invalid):
        perform(AddPerson("李四", fail=True), context(actor_of("admin"), key="k1"))
    assert not Person.objects.exists()
    assert not AuditEntry.objects.exists()
    assert not RequestKey.objects.exists()


def test_who_may_not_is_refused_before_anything_is_written(actor_of: Callable[..., Actor]) -> None:
    with pytest.raises(Denied):
        perform(AddPerson("李四"), context(actor_of("town")))
    assert not Person.objects.exists()


def test_the_same_key_makes_one_record_and_gets_the_same_answer(actor_of: Callable[..., Actor]) -> None:
    first = perform(AddPerson("李四"), context(actor_of("admin"), key="k1"))
    second = perform(AddPerson("李四"), context(actor_of("admin"), key="k1"))
    assert first.pk == second.pk
    assert Person.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_the_second_of_two_editors_is_told(actor_of: Callable[..., Actor]) -> None:
    person = perform(AddPerson("李四"), context(actor_of("admin")))
    take_version(Person.objects.get(pk=person.pk), 1)
    with pytest.raises(Conflict) as conflict:
        take_version(Person.objects.get(pk=person.pk), 1)
    assert conflict.value.data["who"] == "admin"
    assert Person.objects.get(pk=person.pk).row_version == 2


def test_a_role_covers_its_unit_and_all_below(county: Any, actor_of: Callable[..., Actor]) -> None:
    town = actor_of("town")
    assert town.may("report.write", county.unit("柳林镇").pk)
    assert town.may("report.write", county.unit("柳林东村").pk)
    assert not town.may("report.write", county.unit("石门镇").pk)
    assert actor_of("supervision").units_for("report.view") is None
    assert county.unit("石门镇").pk not in (town.units_for("report.view") or ())
