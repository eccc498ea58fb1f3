"""Who works in a grid: appointed, replaced, or gone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.grids import staffing
from guatu.web.base.actions import Action, Change, Context, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.language import joined
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.grids.actions import common
from guatu.web.grids.models import Grid, Service
from guatu.web.grids.selectors.staffing import LIMITS, core_service, services_of

PERSON, PHONE = 60, 30


class StaffAction(Action[Service]):
    def recall(self, answer: Any) -> Service:
        return found(Service, answer)


@dataclass(frozen=True)
class Appoint(StaffAction):
    grid_id: int
    post: str
    person: str
    phone: str
    since: datetime.date | None
    name = "grids.appoint"
    words = _("任命网格人员")

    def permit(self, context: Context) -> None:
        common.may_edit(context, found(Grid, self.grid_id).unit_id)

    def change(self, context: Context) -> Change[Service]:
        grid = found(Grid, self.grid_id, lock=True)
        if self.post not in Service.Post.values:
            raise Invalid(_("请选择岗位。"), field="post", code="staff.post")
        person, since = _person(self.person), _since(self.since)
        services = services_of([grid.pk])
        _free(services, person, since)
        limit = LIMITS[self.post]
        held = [one for one in services if one.post == self.post and (one.until is None or one.until >= since)]
        if len(held) >= limit:
            said = _("这个岗位已有 %(n)d 人(%(names)s),请用“补位”接替。")
            raise Invalid(said % {"n": len(held), "names": joined(one.person for one in held)}, field="post")
        made = Service.objects.create(
            grid=grid, post=self.post, person=person, phone=self.phone.strip()[:PHONE], since=since
        )
        return _made(made)


@dataclass(frozen=True)
class Replace(StaffAction):
    """Somebody takes over the post of another on a day."""

    service_id: int
    seen: int
    person: str
    phone: str
    on: datetime.date | None
    name = "grids.replace-staff"
    words = _("网格人员补位")

    def permit(self, context: Context) -> None:
        common.may_edit(context, found(Service, self.service_id).grid.unit_id)

    def change(self, context: Context) -> Change[Service]:
        old = take_version(found(Service, self.service_id), self.seen)
        found(Grid, old.grid_id, lock=True)
        person, on = _person(self.person), _since(self.on)
        services = services_of([old.grid_id])
        rows = [core_service(one) for one in services]
        try:
            _all, new = staffing.replace(rows, old.grid.code, old.person, person, on)
        except ValueError:
            said = _("%(person)s 在 %(day)s 前后没有任职,请核对接替日期。") % {"person": old.person, "day": on}
            raise Invalid(said, field="on", code="staff.not-serving") from None
        _free(services, person, on)
        before = old.until
        old.until = on - datetime.timedelta(days=1)
        old.save(update_fields=["until"])
        made = Service.objects.create(
            grid_id=old.grid_id,
            post=old.post,
            person=new.person,
            phone=self.phone.strip()[:PHONE],
            since=on,
            until=before,
            replaces=old,
        )
        change = _made(made)
        change.note(old, {"until": before and before.isoformat()}, {"until": old.until.isoformat()})
        return change


@dataclass(frozen=True)
class EndService(StaffAction):
    """Somebody leaves without a successor; `until` is their last day."""

    service_id: int
    seen: int
    until: datetime.date | None
    name = "grids.end-service"
    words = _("网格人员离任")

    def permit(self, context: Context) -> None:
        common.may_edit(context, found(Service, self.service_id).grid.unit_id)

    def change(self, context: Context) -> Change[Service]:
        service = take_version(found(Service, self.service_id), self.seen)
        if service.until is not None:
            raise NotNow(_("这位人员已离任。"), code="staff.gone")
        if self.until is None or self.until < service.since:
            raise Invalid(_("离任日期不能早于任职日期。"), field="until", code="staff.until")
        service.until = self.until
        service.save(update_fields=["until"])
        change = Change(service)
        change.note(service, {"until": None}, {"until": self.until.isoformat()})
        return change


def _person(name: str) -> str:
    name = name.strip()
    if not name or len(name) > PERSON:
        raise Invalid(_("请填写姓名,不超过 60 个字。"), field="person", code="staff.person")
    return name


def _since(day: datetime.date | None) -> datetime.date:
    if day is None:
        raise Invalid(_("请填写日期。"), field="since", code="staff.day")
    return day


def _free(services: list[Service], person: str, since: datetime.date) -> None:
    """Nobody serves in a grid twice at a time."""
    if any(one.person == person and (one.until is None or one.until >= since) for one in services):
        raise Invalid(_("%(person)s 已在这个网格任职。") % {"person": person}, field="person", code="staff.twice")


def _made(service: Service) -> Change[Service]:
    change = Change(service)
    after = {
        "grid": service.grid_id,
        "post": service.post,
        "person": service.person,
        "since": service.since.isoformat(),
    }
    change.note(service, None, after)
    return change
