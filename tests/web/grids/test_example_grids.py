"""The example county has grids, people and a published month, made by the actions that people use."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from guatu.core.grids.boundary import check_shape
from guatu.web.example import directory
from guatu.web.example.grids import load_grids
from guatu.web.example.months import context_at
from guatu.web.example.people import People, add_reporters
from guatu.web.grids.models import GridVersion, RatingRun, StaffPay
from guatu.web.grids.selectors.lists import checks
from guatu.web.grids.selectors.staffing import teams
from guatu.web.grids.selectors.standing import forget, standing

TODAY = datetime.date(2025, 3, 18)


@pytest.mark.django_db
def test_the_example_county_has_sound_grids_with_people_and_a_published_month(settings: Any, tmp_path: Any) -> None:
    from shapely.geometry import shape

    settings.MEDIA_ROOT = tmp_path
    forget()
    users = directory.build()
    add_reporters()
    people = People(users, TODAY)
    run = load_grids(people, TODAY, context_at(people, TODAY).at)
    duty = list(standing(TODAY).filter(grid__kind="duty"))
    assert len({one.grid.unit_id for one in duty}) == 2 and len(duty) > 15
    assert standing(TODAY).filter(grid__kind="large").count() == 4
    assert all(check_shape(shape(one.boundary)) is None for one in GridVersion.objects.all())
    assert [words for one in duty for severity, words in checks(one, TODAY) if severity == "error"] == []
    rows = teams(people.office(context_at(people, TODAY).at).actor, TODAY)
    assert sum(row.gaps for row in rows) > 0 and all(len(row.heads) == 1 for row in rows)
    assert run.state == RatingRun.State.PUBLISHED and run.month == datetime.date(2025, 2, 1)
    assert StaffPay.objects.filter(fen__isnull=False).count() > len(duty) * 3
