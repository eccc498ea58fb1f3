"""Who works where: teams of a day with their gaps, and who replaced whom."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.core.grids import staffing
from guatu.web.base.actors import Actor
from guatu.web.grids.models import Grid, GridVersion, Service
from guatu.web.grids.selectors.standing import standing, towns, visible
from guatu.web.grids.words import said
from guatu.web.kit.table import Column, Day, Empty, Flag, Pick, Table, Wanted, day, number, text

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


def _troubled(actor: Actor, wanted: Wanted) -> list[TeamRow]:
    # Gaps and findings are the core's to say, not the database's: the list is a sequence.
    rows = teams(actor, wanted["day"], wanted.get("unit"))
    return [row for row in rows if row.gaps or row.findings] if "gaps" in wanted else rows


def _findings(row: TeamRow) -> SafeString:
    lines = (("text-late" if severity == "error" else "", words) for severity, words in row.findings)
    return format_html_join("", '<div class="{}">{}</div>', lines)


def _names(services: Iterable[Service]) -> SafeString:
    return format_html_join("", "<div>{}</div>", ((one.person,) for one in services))


def _code(row: TeamRow) -> str:
    return row.version.grid.code


def _totals(rows: Any, actor: Actor, wanted: Wanted) -> dict[str, object]:
    return {
        "heads": sum(len(row.heads) for row in rows),
        "members": sum(len(row.members) for row in rows),
        "gaps": sum(row.gaps for row in rows),
    }


TEAMS = Table[Any, TeamRow](
    title=_("人员配备"),
    rows=_troubled,
    size=200,
    filters=(
        Pick("unit", _("乡镇街道"), choices=towns),
        Day("day", _("哪一天")),
        Flag("gaps", _("只看有问题的")),
    ),
    columns=(
        text(
            "code", _("网格编号"), _code, link=lambda row: reverse("grid_staff", args=[row.version.grid_id]), head=True
        ),
        text("name", _("名称"), lambda row: row.version.name),
        text("heads", _("网格长"), lambda row: row.heads, shown=lambda row: _names(row.heads)),
        text("members", _("网格员"), lambda row: row.members, shown=lambda row: _names(row.members)),
        number("gaps", _("空缺"), lambda row: row.gaps),
        text("findings", _("问题"), lambda row: row.findings, shown=_findings),
    ),
    totals=_totals,
    empty=Empty(_("这一天没有符合条件的网格。")),
)


def _people(rows: Iterable[TeamRow], actor: Actor, wanted: Wanted) -> Iterator[tuple[TeamRow, Service | None]]:
    """A grid without people is a line too: it is what is looked for."""
    for row in rows:
        for one in (*row.heads, *row.members) or (None,):
            yield row, one


PEOPLE = TEAMS.as_file(
    title=_("网格人员"),
    lines=_people,
    columns=(
        text("code", _("网格编号"), lambda line: _code(line[0]), width=18),
        text("name", _("名称"), lambda line: line[0].version.name, width=18),
        text("post", _("岗位"), lambda line: line[1] and line[1].get_post_display(), width=10),
        text("person", _("姓名"), lambda line: line[1] and line[1].person),
        text("phone", _("电话"), lambda line: line[1] and line[1].phone, width=16),
        day("since", _("任职日期"), lambda line: line[1] and line[1].since),
        text("former", _("接替"), lambda line: line[1] and line[1].replaces and line[1].replaces.person),
    ),
)
"""The file of the teams: a line for each person."""


SERVICES: tuple[Column[Service], ...] = (
    text("person", _("姓名"), lambda one: one.person, head=True),
    text("post", _("岗位"), lambda one: one.get_post_display()),
    text("phone", _("电话"), lambda one: one.phone),
    day("since", _("任职日期"), lambda one: one.since),
    day("until", _("离任日期"), lambda one: one.until),
    text("former", _("接替"), lambda one: one.replaces and one.replaces.person),
)
RELIEF: Column[Service] = text("relief", _("补位、离任"), lambda one: "", template="grids/_relief.html")
