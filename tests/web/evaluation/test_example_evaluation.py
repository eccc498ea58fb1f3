"""The example county has two months to evaluate and a draw to look at."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from guatu.core.cases.sampling.draw import draw
from guatu.core.kernel.explained import Explained
from guatu.web.evaluation.selectors.results import read
from guatu.web.example import directory
from guatu.web.example.evaluation import load_evaluation
from guatu.web.example.inspection import load_inspection
from guatu.web.example.people import People
from guatu.web.inspection.lists import order_of
from guatu.web.inspection.models import Draw

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", [datetime.date(2024, 6, 12), datetime.date(2024, 3, 1)])
def test_the_example_county_has_published_evaluations_with_late_and_exempted_cases(
    settings: Any, tmp_path: Any, today: datetime.date
) -> None:
    settings.MEDIA_ROOT = tmp_path
    areas, units = load_evaluation(People(directory.build(), today), today, directory.SEED)
    found = read(units)
    assert found.total.counts["to_handle"] >= 10
    assert {name for name in ("overdue_unhandled", "handled_late", "reworked") if found.total.counts[name]} >= {
        "handled_late"
    }
    assert all(isinstance(row.score, Explained) for row in found.rows if row.key and row.counts["to_close"])
    assert len(read(areas).rows) >= 5


def test_the_example_county_has_a_draw_that_repeats_and_one_that_is_promised(db: None) -> None:
    today = datetime.date(2024, 6, 12)
    row = load_inspection(People(directory.build(), today), today)
    kept = [[one.object.code, *one.team] for one in row.drawn.select_related("object").order_by("place")]
    assert kept == [[one.name, *one.inspectors] for one in draw(order_of(row.inputs, row.seed)).drawn]
    assert "QH-103" not in {line[0] for line in kept}
    assert Draw.objects.filter(state="planned").count() == 1
