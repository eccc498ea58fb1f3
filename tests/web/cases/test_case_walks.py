"""Random walks through every shipped flow: no case is lost, no open step is without an owner, history replays to the same state."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest

from guatu.core.cases.flow import Move, Node, moves
from guatu.web.base.actions import perform
from guatu.web.base.models import Setting
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.history import SUMMARY, Standing, standing, summary
from guatu.web.cases.library import library
from guatu.web.cases.models import Case
from guatu.web.cases.posts import DESK, holders, posts_of
from guatu.web.cases.wording import is_file
from guatu.web.directory.models import RoleGrant
from tests.adapters.flows.oracle import oracle_of
from tests.web.cases.conftest import Desk, at, photo

pytestmark = pytest.mark.django_db
STEPS = 14


def filled(node: Node, case: Case, unit: int, rng: random.Random) -> dict[str, str]:
    """Something for each field that is typed."""
    known = {"unit": str(unit), "class_code": case.class_code}
    return {
        need.name: known.get(need.name, rng.choice(["3", "0.9", "同意", "village"]))
        for need in node.fields
        if not is_file(need.name)
    }


def step(desk: Desk, case: Case, now: Standing, when: datetime.datetime, rng: random.Random) -> None:
    node = now.engine.flow.by_id[rng.choice(now.state.open)]
    chosen: Move = rng.choice(moves(now.engine.flow, node.id))
    fields = filled(node, case, desk.county.unit("县水利局").pk, rng)
    photos = {need.name: [photo()] for need in node.fields if is_file(need.name)}
    action = MoveCase(case.pk, case.row_version, node.id, chosen.key, "原因", fields, photos)
    perform(action, desk.context("desk", when))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("pack", sorted(library().packs))
def test_a_random_walk_loses_no_case_and_its_history_gives_its_state(desk: Desk, pack: str, seed: int) -> None:
    posts = {
        post: ["desk"]
        for engine in library().packs[pack].engines.values()
        for s in engine.flow.steps
        for post in s.roles
    }
    Setting.objects.create(name="cases.posts", value=posts, valid_from=datetime.date(2020, 1, 1))
    rng = random.Random(seed)
    classes = library().packs[pack].pack.classes
    action = OpenCase(pack, classes[0].code if classes else "", "情况", "云岭路", source="hotline")
    case = perform(action, desk.context("desk", at(3)))
    for n in range(STEPS):
        case.refresh_from_db()
        now = standing(case)
        assert {name: getattr(case, name) for name in SUMMARY} == summary(now)
        told = oracle_of(now.engine, case.flow.text, now.case)
        assert told.in_doubt or (told.open, told.data) == (now.state.open, now.state.data)
        assert bool(now.state.open) != (case.ended_at is not None)
        for open_step in now.state.open:
            roles = set(now.engine.flow.by_id[open_step].roles)
            assert posts_of(desk.context("desk", at(3)).actor, case, roles)
        if case.ended_at is not None:
            break
        step(desk, case, now, at(3) + datetime.timedelta(hours=n), rng)


def test_every_post_of_every_flow_is_held_by_a_role_of_the_county() -> None:
    held: dict[str, Any] = dict(holders())
    for loaded in library().packs.values():
        for engine in loaded.engines.values():
            for one in engine.flow.steps:
                for post in one.roles:
                    assert set(held.get(post, DESK)) <= set(RoleGrant.Role.values), post
