"""Steps that several actions of the directory share."""

from __future__ import annotations

import datetime
from typing import Any, TypeVar

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from guatu.web.base.actions import Change
from guatu.web.base.problems import Invalid, NotNow, Problem
from guatu.web.directory.actions.versions import Laid, brief, lay
from guatu.web.directory.models import Place, PlaceVersion, Post, RoleGrant, Unit, UnitVersion
from guatu.web.directory.values import PlaceValues, UnitValues
from guatu.web.directory.world import World

M = TypeVar("M", bound=Model)


def row(model: type[M], pk: int, field: str = "") -> M:
    """The row with this number, locked until the transaction ends; a problem at `field` where there is none."""
    found = model._default_manager.select_for_update().filter(pk=pk).first()
    if found is None:
        raise Invalid(_("这一项不存在,可能已被删除。请刷新页面。"), field=field, code="row.missing")
    return found


def last_unit_version(unit_id: int) -> UnitVersion:
    return UnitVersion.objects.filter(unit_id=unit_id).latest("valid_from")


def last_place_version(place_id: int) -> PlaceVersion:
    return PlaceVersion.objects.filter(place_id=place_id).latest("valid_from")


def new_unit(code: str, values: UnitValues, day: datetime.date, change: Change[Any], *, credit_code: str = "") -> Unit:
    """Writes a unit with its first version; the values have been checked."""
    unit = Unit.objects.create(code=code, credit_code=credit_code)
    UnitVersion.objects.create(unit=unit, valid_from=day, **values.as_fields())
    after = {"code": code, "credit_code": credit_code, **values.as_fields(), "from": day.isoformat()}
    change.note(unit, None, after)
    return unit


def new_place(code: str, values: PlaceValues, day: datetime.date, change: Change[Any]) -> Place:
    """Writes a place with its first version; the values have been checked."""
    place = Place.objects.create(code=code)
    PlaceVersion.objects.create(place=place, valid_from=day, **values.as_fields())
    change.note(place, None, {"code": code, **brief(values.as_fields()), "from": day.isoformat()})
    return place


def change_unit(
    unit: Unit, day: datetime.date, fields: dict[str, Any], change: Change[Any]
) -> Laid[UnitVersion] | None:
    """Lays and saves the fields from the day on, with the audit line."""
    laid = lay(last_unit_version(unit.pk), day, fields)
    if laid is not None:
        laid.save()
        change.note(unit, laid.before, laid.after)
    return laid


def close_unit(unit: Unit, day: datetime.date, change: Change[Any]) -> None:
    """The unit is gone from the day on, and so are posts and roles in it."""
    version = last_unit_version(unit.pk)
    # Ended on its first day or before, the last version would hold on no day at all.
    if day <= version.valid_from:
        raise Invalid(
            _("最近一次变更从 %(day)s 起生效,撤销日期须晚于这一天。") % {"day": version.valid_from.isoformat()},
            field="day",
        )
    version.valid_to = day
    version.save(update_fields=["valid_to"])
    change.note(unit, {"valid_to": None}, {"valid_to": day.isoformat()})
    held: list[Post | RoleGrant] = [*open_at(Post, unit.pk, day), *open_at(RoleGrant, unit.pk, day)]
    for thing in held:
        end_or_drop(thing, day, change)


def open_at(model: type[M], unit_id: int, day: datetime.date) -> list[M]:
    """Posts or grants of a unit that hold on the day or later."""
    return list(model._default_manager.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), unit_id=unit_id))


def end_or_drop(thing: Post | RoleGrant, day: datetime.date, change: Change[Any]) -> None:
    """Ends a post or grant at the day; one that would begin only then never comes to be."""
    before = {"from": thing.valid_from.isoformat(), "valid_to": thing.valid_to.isoformat() if thing.valid_to else None}
    if thing.valid_from >= day:
        change.note(thing, before, {"dropped": True})
        type(thing).objects.filter(pk=thing.pk).delete()  # the row itself keeps its number for the audit line
        return
    thing.valid_to = day
    thing.save(update_fields=["valid_to"])
    change.note(thing, before, {"valid_to": day.isoformat()})


def hand_over(old: Unit, new: Unit, day: datetime.date, change: Change[Any], world: World) -> None:
    """What hangs under a unit, its people and its roles go to another one from the day on."""
    for child_id in world.units.children_from(old.pk, day):
        # The heir may hang under the old unit, and cannot come to hang under itself.
        if child_id == new.pk:
            continue
        child = Unit.objects.select_for_update().get(pk=child_id)
        try:
            change_unit(child, day, {"parent_id": new.pk}, change)
        except Problem as problem:
            said = _("下级单位 %(code)s 不能划转:%(why)s") % {"code": child.code, "why": problem.message}
            raise NotNow(said, field="day") from problem
    # Copied and not moved: until the day people held their posts in the old unit, and the record must say so.
    for post in open_at(Post, old.pk, day):
        _move(post, Post(person_id=post.person_id, title=post.title, valid_to=post.valid_to), new, day, change)
    for grant in open_at(RoleGrant, old.pk, day):
        _move(grant, RoleGrant(user_id=grant.user_id, role=grant.role, valid_to=grant.valid_to), new, day, change)


def _move(thing: Post | RoleGrant, copy: Post | RoleGrant, new: Unit, day: datetime.date, change: Change[Any]) -> None:
    # One that begins only after the day begins then in the new unit as well.
    copy.unit, copy.valid_from = new, max(day, thing.valid_from)
    copy.save()
    change.note(copy, None, {"unit": new.pk, "from": copy.valid_from.isoformat()})
    end_or_drop(thing, day, change)


def check_basis(basis: str) -> str:
    if len(basis) > 200:
        raise Invalid(_("依据文件不能超过 200 个字。"), field="basis")
    return basis.strip()
