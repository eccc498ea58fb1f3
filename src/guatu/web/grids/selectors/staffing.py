"""Who works where: teams of a day with their gaps, and who replaced whom."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from guatu.core.grids import staffing
from guatu.web.base.actors import Actor
from guatu.web.grids.models import Grid, GridVersion, Service
from guatu.web.grids.selectors.standing import standing, visible
from guatu.web.grids.words import said

LIMITS = {"head": staffing.HEADS, "member": staffing.MEMBERS}


@dataclass(frozen=True)
class TeamRow:
    """A duty grid with its people of the day and what is wrong with them, as severity and words."""

    version: GridVersion
    heads: list[Service]
    members: list[Service]
    findings: list[tuple[str, str]]
    gaps: int
    """Posts that nobody holds."""


def services_of(grids: Collection[int]) -> list[Service]:
    return list(Service.objects.filter(grid_id__in=grids).select_related("grid", "replaces").order_by("since", "id"))


def core_service(service: Service) -> staffing.Service:
    """The row as the core judges it."""
    until = service.until or datetime.date.max
    replaces = service.replaces.person if service.replaces else ""
    post: staffing.Post = "head" if service.post == Service.Post.HEAD else "member"
    return staffing.Service(service.grid.code, post, service.person, service.since, until, replaces)


def serves(service: Service, day: datetime.date) -> bool:
    return service.since <= day and (service.until is None or day <= service.until)


def teams(actor: Actor, day: datetime.date, unit_id: int | None = None) -> list[TeamRow]:
    """The duty grids of a day that the actor may see, in order of their codes; three queries."""
    versions = standing(day).filter(grid__in=visible(actor), grid__kind=Grid.Kind.DUTY)
    if unit_id is not None:
        versions = versions.filter(grid__unit_id=unit_id)
    rows = list(versions.defer("boundary"))
    by_grid: dict[int, list[Service]] = {}
    for service in services_of([row.grid_id for row in rows]):
        by_grid.setdefault(service.grid_id, []).append(service)
    return [team_of(row, by_grid.get(row.grid_id, []), day) for row in rows]


def team_of(version: GridVersion, services: Iterable[Service], day: datetime.date) -> TeamRow:
    services = list(services)
    present = [one for one in services if serves(one, day)]
    heads = [one for one in present if one.post == Service.Post.HEAD]
    members = [one for one in present if one.post == Service.Post.MEMBER]
    findings = staffing.check_staffing([core_service(one) for one in services], [version.grid.code], day)
    gaps = max(0, staffing.HEADS - len(heads)) + max(0, staffing.MEMBERS - len(members))
    return TeamRow(version, heads, members, [(one.severity, said(one)) for one in findings], gaps)


def chains(services: Iterable[Service]) -> list[list[Service]]:
    """For each post that was handed on, its holders from the first to the last."""
    rows = list(services)
    following = {one.replaces_id: one for one in rows if one.replaces_id}
    found = []
    for first in rows:
        if first.replaces_id is None and first.pk in following:
            chain = [first]
            while (after := following.get(chain[-1].pk)) is not None:
                chain.append(after)
            found.append(chain)
    return found
