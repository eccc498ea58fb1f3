"""Units and places for programs, as they stand on a day; and which units a written name may mean."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema, Status
from pydantic import Field

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.directory.actions.change_unit import ChangeUnit
from guatu.web.directory.actions.create_place import CreatePlace
from guatu.web.directory.actions.create_unit import CreateUnit
from guatu.web.directory.models import Unit
from guatu.web.directory.selectors.match import expand, known, suggest
from guatu.web.directory.selectors.place_tree import PlaceNode, place_tree
from guatu.web.directory.selectors.places import found_places
from guatu.web.directory.selectors.rights import check_view
from guatu.web.directory.selectors.tree import UnitNode, unit_tree
from guatu.web.directory.selectors.unit_page import unit_page
from guatu.web.directory.selectors.units import UnitFilter, all_rows
from guatu.web.directory.values import UnitValues
from guatu.web.kit.guard import actor_of
from guatu.web.kit.offered import offer
from guatu.web.kit.paging import Input, Limits, Page, page_of

router = ScopedRouter(write="directory", tags=["directory"])


class UnitOut(Schema):
    id: int
    code: str
    name: str
    short_name: str
    line: str
    category: str
    parent_id: int | None
    place_id: int | None
    order: int


class VersionOut(Schema):
    valid_from: datetime.date
    valid_to: datetime.date | None
    name: str
    short_name: str
    line: str
    category: str
    parent_id: int | None
    place_id: int | None
    order: int


class UnitDetail(Schema):
    id: int
    code: str
    credit_code: str
    row_version: int
    aliases: list[str]
    versions: list[VersionOut]


class PlaceOut(Schema):
    id: int
    code: str
    name: str
    level: str
    parent_id: int | None


class Meant(Schema):
    unit_id: int
    name: str
    score: float
    reason: str


class Meaning(Schema):
    """`known` is the one unit that is written so; `expanded` what a collective name stands for, null for any other."""

    known: int | None
    expanded: list[int] | None
    suggestions: list[Meant]


class UnitIn(Input):
    name: str
    short_name: str = ""
    line: str = "line"
    category: str = "department"
    parent_id: int | None = None
    place_id: int | None = None
    order: int = 0
    credit_code: str = ""
    day: datetime.date

    def values(self) -> UnitValues:
        return UnitValues(
            self.name, self.short_name, self.line, self.category, self.parent_id, self.place_id, self.order
        )


class NewUnitIn(UnitIn):
    code: str


class ChangedUnitIn(UnitIn):
    row_version: int


class Window(Limits):
    on: datetime.date | None = None


class UnitQuery(Window):
    q: str = Field("", max_length=120)
    category: str = ""
    line: str = ""


class PlaceQuery(Window):
    q: str = Field("", max_length=120)
    level: str = ""


@router.get("/units", response=Page[UnitOut], summary="Units as they stand on a day, superiors before those below them")
def units(request: HttpRequest, query: Query[UnitQuery]) -> dict[str, Any]:
    actor = actor_of(request)
    rows: list[UnitNode] = all_rows(actor, query.on or actor.today, UnitFilter(query.q, query.category, query.line))
    return page_of(rows, query)


@router.get("/units/meant", response=Meaning, summary="Which units a name in a document may mean")
def meant(request: HttpRequest, text: str, on: datetime.date | None = None) -> dict[str, Any]:
    actor = actor_of(request)
    check_view(actor)
    tree = unit_tree(on or actor.today)
    return {"known": known(text, tree), "expanded": expand(text, tree), "suggestions": suggest(text, tree)}


@router.get("/units/{int:pk}", response=UnitDetail, summary="A unit with all its versions")
def unit(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor = actor_of(request)
    page = unit_page(actor, pk, actor.today)
    return {
        "id": pk,
        "code": page.unit.code,
        "credit_code": page.unit.credit_code,
        "row_version": page.unit.row_version,
        "aliases": [alias.text for alias in page.aliases],
        "versions": [row.version for row in page.versions],
    }


@router.post("/units", response={201: UnitDetail}, summary="Set up a unit from a day on")
def create_unit(request: HttpRequest, given: NewUnitIn) -> Status[dict[str, Any]]:
    made = perform(CreateUnit(given.code, given.values(), given.day, given.credit_code), context_of(request))
    return Status(201, unit(request, made.pk))


@router.put("/units/{int:pk}", response=UnitDetail, summary="Change a unit from a day on; nothing before it changes")
def change_unit(request: HttpRequest, pk: int, given: ChangedUnitIn) -> dict[str, Any]:
    action = ChangeUnit(pk, given.row_version, given.values(), given.day, given.credit_code)
    changed: Unit = perform(action, context_of(request))
    return unit(request, changed.pk)


@router.get("/places", response=Page[PlaceOut], summary="Places as they stand on a day")
def places(request: HttpRequest, query: Query[PlaceQuery]) -> dict[str, Any]:
    actor = actor_of(request)
    check_view(actor)
    rows: list[PlaceNode] = found_places(place_tree(query.on or actor.today), query.q, query.level)
    return page_of(rows, query)


offer(router, "/places", CreatePlace, "Set up a place from a day on")
