"""Every write is permission, change and audit line in one transaction."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.utils import translation

from guatu.web.base.actions import Action, Change, Context, RowAction, action, perform, take_version
from guatu.web.base.actors import Actor
from guatu.web.base.models import AuditEntry, RequestKey
from guatu.web.base.problems import Conflict, Denied, Invalid, standing
from guatu.web.directory.models import Person

NOW = datetime.datetime(2024, 6, 10, 9, 0, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class AddPerson(RowAction[Person]):
    name_: str
    fail: bool = False
    name: ClassVar[str] = "test.add-person"
    permission: ClassVar[str] = "directory.edit"

    def change(self, context: Context) -> Change[Person]:
        person = Person.objects.create(name=self.name_)
        change = Change(person)
        change.note(person, None, {"name": self.name_})
        if self.fail:
            raise Invalid("no", field="name")
        return change


@dataclass(frozen=True)
class AddOther(AddPerson):
    name: ClassVar[str] = "test.add-other"


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


def refused(given: AddPerson, context: Context) -> Invalid:
    with pytest.raises(Invalid) as found:
        perform(given, context)
    return found.value


def test_other_content_under_a_known_key_is_refused_and_says_that_nothing_was_saved(
    actor_of: Callable[..., Actor],
) -> None:
    perform(AddPerson("李四"), context(actor_of("admin"), key="k1"))
    problem = refused(AddPerson("王五"), context(actor_of("admin"), key="k1"))
    assert (problem.status, problem.code) == (422, "request.key-reused")
    assert "没有保存" in str(problem.message)
    with translation.override("en"):
        problem = refused(AddPerson("王五"), context(actor_of("admin"), key="k1"))
        assert "nothing of what you sent was saved" in str(problem.message)
    assert [person.name for person in Person.objects.all()] == ["李四"]
    assert perform(AddPerson("王五"), context(actor_of("admin"), key="k2")).name == "王五"


def test_another_action_under_a_known_key_is_refused(actor_of: Callable[..., Actor]) -> None:
    perform(AddPerson("李四"), context(actor_of("admin"), key="k1"))
    with pytest.raises(Invalid) as found:
        perform(AddOther("李四"), context(actor_of("admin"), key="k1"))
    assert found.value.code == "request.key-reused"


def test_a_form_that_was_refused_is_corrected_under_the_same_key(actor_of: Callable[..., Actor]) -> None:
    refused(AddPerson("李四", fail=True), context(actor_of("admin"), key="k1"))
    assert perform(AddPerson("李四"), context(actor_of("admin"), key="k1")).name == "李四"


def test_a_key_of_another_user_is_another_key(actor_of: Callable[..., Actor]) -> None:
    first = perform(AddPerson("李四"), context(actor_of("admin"), key="k1"))
    second = perform(AddPerson("李四"), context(actor_of("supervision"), key="k1"))
    assert first.pk != second.pk


def test_the_second_try_of_a_job_stands_for_the_first_whatever_it_comes_to(actor_of: Callable[..., Actor]) -> None:
    job = Context(actor_of("admin"), NOW, key="job-1", key_of_job=True)
    assert perform(AddPerson("李四"), job).pk == perform(AddPerson("李四 "), job).pk


def test_an_answer_from_before_digests_were_kept_is_given_again(actor_of: Callable[..., Actor]) -> None:
    first = perform(AddPerson("李四"), context(actor_of("admin"), key="k1"))
    RequestKey.objects.update(digest="")
    assert perform(AddPerson("李四"), context(actor_of("admin"), key="k1")).pk == first.pk


@pytest.mark.parametrize("second", ["王五", "李四"])
def test_of_two_at_once_under_one_key_the_second_gets_the_answer_or_is_refused(
    second: str, actor_of: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one is not there yet when this one looks; the database refuses its key when it is to be kept."""
    first = perform(AddPerson("李四"), context(actor_of("admin"), key="k1"))
    looks = [None]
    known = action._known
    monkeypatch.setattr(action, "_known", lambda *given: looks.pop() if looks else known(*given))
    if second == "李四":
        assert perform(AddPerson(second), context(actor_of("admin"), key="k1")).pk == first.pk
    else:
        assert refused(AddPerson(second), context(actor_of("admin"), key="k1")).code == "request.key-reused"
    assert [person.name for person in Person.objects.all()] == ["李四"]


def test_an_action_that_says_no_right_and_no_permission_is_nobodys(actor_of: Callable[..., Actor]) -> None:
    class Unsaid(Action[None]):
        name = "test.unsaid"

    with pytest.raises(NotImplementedError):
        perform(Unsaid(), context(actor_of("admin")))


def test_a_row_that_is_gone_is_told_in_words() -> None:
    assert standing(3, "没有了。") == 3
    with pytest.raises(Invalid) as problem:
        standing(None, "没有了。")
    assert (problem.value.code, problem.value.message) == ("row.gone", "没有了。")


@dataclass(frozen=True)
class ReadSlowly(AddPerson):
    name: ClassVar[str] = "test.read-slowly"
    seen: ClassVar[list[tuple[bool, bool]]] = []

    def prepare(self, context: Context) -> None:
        self.seen.append((connection.in_atomic_block, Person.objects.filter(name=self.name_).exists()))


@pytest.mark.django_db(transaction=True)
def test_what_takes_long_is_done_before_the_transaction_and_behind_the_permission(
    actor_of: Callable[..., Actor],
) -> None:
    """A file that is read for minutes would keep everybody else from writing meanwhile."""
    ReadSlowly.seen.clear()
    with pytest.raises(Denied):
        perform(ReadSlowly("张三"), context(actor_of("auditor")))
    assert ReadSlowly.seen == []
    perform(ReadSlowly("张三"), context(actor_of("admin")))
    assert ReadSlowly.seen == [(False, False)]
