"""The example county has cases at every stage."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from guatu.web.cases.models import Case, CaseEvent
from guatu.web.example import directory
from guatu.web.example.cases import load_cases
from guatu.web.example.people import People

pytestmark = pytest.mark.django_db


def test_the_example_county_has_a_case_at_each_stage_and_one_that_was_rated(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    today = datetime.date(2024, 6, 12)
    load_cases(People(directory.build(), today), today)
    steps = sorted(Case.objects.values_list("open_steps", flat=True))
    assert steps == ["", "assign", "check", "file", "handle"]
    assert all(case.place is not None for case in Case.objects.select_related("place"))
    assert CaseEvent.objects.get(kind="rate").stars == 5
