"""Random walks through every shipped flow: no case is lost, no open step is without an owner, history replays to the same state."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from guatu.core.cases.case import MoveEntry
from guatu.core.cases.case_fields import CaseField
from guatu.core.cases.case_floors import floor_of
from guatu.core.cases.flow import Node, moves
from guatu.core.cases.posts import CountyRole, Post, Posts
from guatu.core.kernel.explained import Explained
from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.models import User
from guatu.web.base.problems import Invalid
from guatu.web.cases.actions.give_case import GiveCase
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.history import SUMMARY, Standing, standing, summary
from guatu.web.cases.library import library
from guatu.web.cases.models import Case, FlowVersion
from guatu.web.cases.posts import held_by, posts_of, posts_of_pack
from guatu.web.cases.selectors.ownerless import ownerless
from guatu.web.cases.selectors.visible import sight
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.selectors.grants import grants_of
from tests.adapters.flows.field_values import values_of
from tests.adapters.flows.oracle import oracle_of
from tests.web.cases.conftest import Desk, at, photo

pytestmark = pytest.mark.django_db
STEPS = 14
WHERE = ("", "柳林东村", "柳林镇")
GIVEN = ("", "县水利局", "柳林东村")


@pytest.fixture
def people(desk: Desk) -> list[Actor]:
    """Everybody of the county, five for each account: steps that one person may not do both need another."""
    today = at(3).date()
    for grant in RoleGrant.objects.select_related("user"):
        for n in range(4):
            user = User.objects.create(username=f"{grant.user.username}{n}", display_name=grant.user.display_name)
            RoleGrant.objects.create(user=user, role=grant.role, unit=grant.unit, valid_from=grant.valid_from)
    return [Actor(user, today, grants_of(user, today)) for user in User.objects.order_by("pk")]


def acting(people: list[Actor], case: Case, now: Standing, node: Node) -> list[Actor]:
    """Who may do a step, after what everybody did before."""
    posts, found = posts_of_pack(case.pack), []
    for actor in people:
        held = posts_of(actor, case, set(node.roles))
        if any(posts.kept_apart(now.case.history, str(actor.known.pk), post) is None for post in held):
            found.append(actor)
    # A body goes on with whom it has begun: who acts for another one each time leaves nobody for the last.
    before = {entry.actor for entry in now.case.history if isinstance(entry, MoveEntry) and entry.step == node.id}
    return [actor for actor in found if str(actor.known.pk) in before] or found


def given(field: CaseField, case: Case, unit: int, rng: random.Random) -> str:
    if field.kind == "unit":
        return str(unit)
    return case.class_code if field.kind == "class" else str(rng.choice(values_of(field)))


def step(
    desk: Desk, case: Case, now: Standing, people: list[Actor], when: datetime.datetime, rng: random.Random
) -> datetime.datetime:
    """One step of the case, at the time or, where that is too early, when its days are over."""
    node = now.engine.flow.by_id[rng.choice(now.state.open)]
    asked = [now.engine.fields.field(need.name) for need in node.fields]
    unit = desk.county.unit("县水利局").pk
    fields = {one.name: given(one, case, unit, rng) for one in asked if not one.is_file}
    photos = {one.name: [photo()] for one in asked if one.is_file}
    chosen = rng.choice(moves(now.engine.flow, node.id))
    action = MoveCase(case.pk, case.row_version, node.id, chosen.key, "原因", fields, photos)
    actor = rng.choice(acting(people, case, now, node))
    floor = floor_of(now.clocks, node.id, when, now.work) if chosen.verb == "forward" and not chosen.aside else None
    if isinstance(floor, Explained) and when < floor.value:
        with pytest.raises(Invalid, match="还不到办理的时候"), transaction.atomic():
            perform(action, Context(actor, floor.value - datetime.timedelta(microseconds=1)))
        when = floor.value
        # Files of the refused form were read.
        action = replace(action, photos={one.name: [photo()] for one in asked if one.is_file})
    perform(action, Context(actor, when))
    return when


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("pack", sorted(library().packs))
def test_a_random_walk_loses_no_case_and_each_of_its_steps_has_an_owner(
    desk: Desk, people: list[Actor], pack: str, seed: int
) -> None:
    rng = random.Random(seed)
    code = rng.choice([row.code for row in library().classes(pack)])
    case = perform(OpenCase(pack, code, "情况", "云岭路", source="hotline"), desk.context("desk", at(3)))
    case.place = desk.county.places.get(WHERE[seed % 3])
    case.save()
    if GIVEN[(seed + 1) % 3]:
        unit = desk.county.unit(GIVEN[(seed + 1) % 3])
        perform(GiveCase(case.pk, case.row_version, unit.pk, "指定"), desk.context("desk", at(3)))
    when = at(3)
    for _n in range(STEPS):
        case.refresh_from_db()
        now = standing(case)
        assert {name: getattr(case, name) for name in SUMMARY} == summary(now)
        told = oracle_of(now.engine, case.flow.text, now.case)
        assert told.in_doubt or (told.open, told.data) == (now.state.open, now.state.data)
        assert bool(now.state.open) != (case.ended_at is not None)
        for open_step in now.state.open:
            assert acting(people, case, now, now.engine.flow.by_id[open_step]), open_step
        assert not Case.objects.filter(ownerless(people[0])).exists()
        if case.ended_at is not None:
            break
        for clock in (one for one in now.clocks if one.open):
            reading, floor = now.read(clock, when), clock.floor(when, now.work)
            if isinstance(floor, Explained) and reading is not None and isinstance(reading.due, Explained):
                assert floor.value <= reading.due.value, "there is a time that is neither too early nor late"
        when = step(desk, case, now, people, when + datetime.timedelta(hours=1), rng)


@pytest.mark.parametrize("place", WHERE)
@pytest.mark.parametrize("unit", GIVEN)
def test_the_filter_over_cases_and_the_answer_for_one_say_the_same(desk: Desk, place: str, unit: str) -> None:
    """`held_by` and `posts_of`, for every account, every post of every pack."""
    for pack in sorted(library().packs):
        code = library().classes(pack)[0].code
        case = perform(OpenCase(pack, code, "情况", "云岭路", source="hotline"), desk.context("desk", at(3)))
        case.place, case.unit = desk.county.places.get(place), desk.county.units.get(unit)
        case.save()
        for user in desk.county.users.values():
            actor = Actor(user, at(3).date(), grants_of(user, at(3).date()))
            for post in posts_of_pack(pack).rows:
                held = Case.objects.filter(held_by(actor, pack, post.id), pk=case.pk).exists()
                assert held == bool(posts_of(actor, case, {post.id})), (pack, post.id, user.username)


def test_a_case_whose_unit_has_no_account_is_in_the_list_of_those_without_an_owner(desk: Desk) -> None:
    case = desk.assigned("县财政局")
    actor = desk.context("desk", at(3)).actor
    assert not Case.objects.filter(ownerless(actor)).exists()
    RoleGrant.objects.filter(unit=desk.county.unit("县财政局")).delete()
    assert list(Case.objects.filter(ownerless(actor))) == [case]


@pytest.mark.parametrize("gone", ["flow", "step", "account"])
def test_a_case_in_which_nobody_can_act_is_in_the_list_whatever_the_reason(desk: Desk, gone: str) -> None:
    case = desk.assigned("县财政局")
    if gone == "flow":
        FlowVersion.objects.filter(pk=case.flow_id).update(version="unread", text="<x/>")
    elif gone == "step":
        Case.objects.filter(pk=case.pk).update(open_steps="")
    else:
        User.objects.filter(grants__unit=desk.county.unit("县财政局")).update(is_active=False)
    assert list(Case.objects.filter(ownerless(desk.context("desk", at(3)).actor))) == [case]


@pytest.mark.parametrize("unit", GIVEN)
def test_whoever_may_act_in_a_case_may_see_it(desk: Desk, monkeypatch: pytest.MonkeyPatch, unit: str) -> None:
    """Of a post that is nobody's in particular too, where a role has it that sees its own cases alone."""
    roles: tuple[CountyRole, ...] = ("village", "collector", "responsible")
    post = Post(id="watch", zh="看护", en="watch", roles=roles)
    monkeypatch.setattr("guatu.web.cases.posts.posts_of_pack", lambda pack: Posts((post,)))
    case = perform(OpenCase("disputes", "land", "情况", "云岭路", source="hotline"), desk.context("desk", at(3)))
    Case.objects.filter(pk=case.pk).update(opened_by=None, unit=desk.county.units.get(unit), confidential=False)
    case.refresh_from_db()
    acting = 0
    for user in desk.county.users.values():
        actor = Actor(user, at(3).date(), grants_of(user, at(3).date()))
        if posts_of(actor, case, {post.id}):
            acting += 1
            assert sight(actor).sees(case), user.username
        assert Case.objects.filter(held_by(actor, "disputes", post.id)).exists() == bool(
            posts_of(actor, case, {post.id})
        )
    assert acting


def test_every_post_of_every_flow_is_declared_and_held_by_a_role_of_the_county() -> None:
    for pack, loaded in library().packs.items():
        posts: Any = posts_of_pack(pack).by_id
        for engine in loaded.engines.values():
            for one in engine.flow.steps:
                assert set(one.roles) <= set(posts)
        assert all(set(post.roles) <= set(RoleGrant.Role.values) for post in posts.values())
