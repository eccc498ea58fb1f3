"""The example county has cases of every pack that has a flow, at many stages."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from guatu.core.cases.case import MoveEntry
from guatu.web.cases.history import standing
from guatu.web.cases.library import library
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.cases.posts import posts_of_pack
from guatu.web.cases.selectors.ownerless import ownerless
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.example import directory
from guatu.web.example.cases import load_cases
from guatu.web.example.courses import COURSES
from guatu.web.example.duties import load_duties
from guatu.web.example.people import People, add_reporters

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2024, 6, 12)


@pytest.fixture
def cases(settings: Any, tmp_path: Path) -> list[Case]:
    settings.MEDIA_ROOT = tmp_path
    users = directory.build()
    add_reporters()
    people = People(users, TODAY)
    load_duties(people, TODAY)
    return load_cases(people, TODAY)


def test_each_pack_with_a_flow_has_cases_and_each_of_them_an_owner(cases: list[Case]) -> None:
    with_flow = {name for name, pack in library().packs.items() if pack.engines}
    assert {case.pack for case in cases} == with_flow
    assert all((case.place is not None and case.unit_id) or case.pack == "urban_management" for case in cases)
    now = timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time(12)))
    somebody = People({}, TODAY).actor(directory.User.objects.get(username="ducha"))
    assert not Case.objects.filter(ownerless(somebody)).exists()
    assert not CaseEvent.objects.filter(at__gt=now).exists()


def test_they_are_open_late_sent_back_closed_and_rated(cases: list[Case]) -> None:
    ended = [case for case in cases if case.ended_at]
    assert len({case.pack for case in ended}) >= 4
    assert {case.pack for case in cases if not case.ended_at} == {case.pack for case in cases}
    now = timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time(12)))
    assert {case.pack for case in cases if case.late} >= {"illegal_construction", "stock_problems"}
    assert {case.pack for case in cases if case.due and case.due < now} >= {"disputes", "illegal_construction"}
    back = set(CaseEvent.objects.filter(verb="return").values_list("case__pack", flat=True))
    assert back == {case.pack for case in cases} - {"urban_management"}
    assert CaseEvent.objects.get(kind="rate").stars == 5


def test_those_of_a_village_find_it_by_their_position_and_its_bodies_act_each_for_itself(cases: list[Case]) -> None:
    tree = place_tree(TODAY)
    for case, course in zip(cases, COURSES, strict=True):
        assert tree.name(case.place_id) == course.where
        posts, moves = posts_of_pack(case.pack), [e for e in standing(case).case.history if isinstance(e, MoveEntry)]
        for at, move in enumerate(moves):
            assert posts.kept_apart(moves[:at], move.actor, move.role) is None
    whole = cases[[course.pack for course in COURSES].index("open_meetings") + 2]
    assert len({e.actor for e in standing(whole).case.history if isinstance(e, MoveEntry)}) == 4
