"""What a case page and a file ask of many rows is asked of all of them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from guatu.web.base.actors import Actor
from guatu.web.base.models import Attachment
from guatu.web.cases.actions.flow_rows import current_version
from guatu.web.cases.models import Case, FlowVersion
from guatu.web.cases.selectors.duplicates import SHOWN, duplicates_of
from guatu.web.cases.selectors.flow_versions import PAGE, version_rows
from guatu.web.cases.selectors.queue import CASES
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.dispatch.file_rights import evidence
from guatu.web.dispatch.models import Evidence, Report
from tests.web.cases.conftest import INSIDE, Desk, at
from tests.web.dispatch.conftest import Board
from tests.web.dispatch.conftest import board as board
from tests.web.dispatch.conftest import may as may

pytestmark = pytest.mark.django_db
PACK = "urban_management"


def actor(county: Any, role: str, day: datetime.date = datetime.date(2024, 6, 10)) -> Actor:
    user = county.users[role]
    return Actor(user, day, grants_of(user, day))


def placed(n: int, metres: float, **values: Any) -> Case:
    """A case so many metres north of the place of the others."""
    lon, lat = INSIDE
    given: dict[str, Any] = {
        "code": f"N{n:09d}", "flow": current_version(PACK, at(3)), "pack": PACK, "class_code": "C0101", "source": "public",
        "text": "井盖缺失", "lon": lon, "lat": lat + metres / 111_195, "opened_at": at(3, 9, n % 60), "changed_at": at(3),
    }  # fmt: skip
    return Case(**{**given, **values})


def test_the_nearest_of_a_hundred_likely_duplicates_is_told_and_how_many_there_are(desk: Desk) -> None:
    """The nearest was reported first: behind the fifty newest."""
    Case.objects.bulk_create([placed(n, 1 if n == 0 else 20) for n in range(100)])
    row = placed(100, 0, opened_at=at(4))
    row.save()
    found = duplicates_of(actor(desk.county, "desk"), row, "zh")
    assert found.rows[0].case.code == "N000000000"
    assert (len(found), found.total) == (SHOWN, 100)


def test_what_two_packs_call_alike_is_no_duplicate(desk: Desk) -> None:
    placed(0, 1, pack="disputes", flow=current_version("disputes", at(3))).save()
    row = placed(1, 0, opened_at=at(4))
    row.save()
    assert duplicates_of(actor(desk.county, "desk"), row, "zh").rows == []


def test_a_case_at_two_steps_is_found_by_either(desk: Desk) -> None:
    placed(0, 0, open_steps="handle,check").save()
    reader = actor(desk.county, "desk")
    for step, count in (("handle", 1), (f"{PACK}/check", 1), ("disputes/check", 0), ("hand", 0), ("close", 0)):
        assert len(CASES.found(reader, {"step": step})) == count, step


def test_every_version_of_a_flow_is_on_a_page_with_what_it_came_from(desk: Desk) -> None:
    first = current_version(PACK, at(3))
    for n in range(PAGE + 5):
        FlowVersion.objects.create(
            flow=first.flow, version=f"v{n}", pack=PACK, text=first.text, tables=first.tables, clocks=first.clocks,
            published_at=at(3), county=True, former=first, clocks_version=first.clocks_version,
        )  # fmt: skip
    pages = [version_rows(PACK, "zh", str(number)) for number in (1, 2)]
    assert pages[0][1].paginator.count == PAGE + 6
    assert {one.row.pk for rows, _page in pages for one in rows} == set(
        FlowVersion.objects.values_list("pk", flat=True)
    )


def test_a_photo_on_many_reports_may_be_read_by_who_may_see_any_of_them(may: Board) -> None:
    photo = Attachment.objects.create(sha256="0" * 64, name="a.jpg", size=1, media_type="image/jpeg", uploaded_at=at(3))
    foreign, own = may.county.unit("城关镇"), may.county.unit("柳林镇")
    periods = list(may.rule.periods.all())
    Report.objects.all().delete()
    tasks = (may.pipes, may.quality, may.patrol)
    others = [Report(period=period, task=task, unit=foreign) for period in periods for task in tasks]
    more = [unit for name, unit in may.county.units.items() if name not in ("城关镇", "柳林镇", "柳林东村", "柳林西村")]
    others += [Report(period=periods[0], task=may.patrol, unit=unit) for unit in more]
    rows = [*others, Report(period=periods[0], task=may.pipes, unit=own)]
    assert len(rows) > 20
    Evidence.objects.bulk_create(Evidence(report=row, file=photo) for row in Report.objects.bulk_create(rows))
    assert evidence(actor(may.county, "town"), photo)
