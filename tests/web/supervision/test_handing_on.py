"""A unit that goes leaves nothing to nobody: whatever it had in hand passes to its heirs, and sums stay what they were."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from django.urls import reverse

from guatu.web.base.actions import perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import NotNow, Problem
from guatu.web.directory.actions.end_unit import EndUnit
from guatu.web.directory.actions.merge_units import MergeUnits
from guatu.web.directory.actions.rename_unit import RenameUnit
from guatu.web.directory.actions.split_unit import Part, SplitUnit
from guatu.web.directory.hooks import holdings
from guatu.web.directory.models import Reorganisation, Unit, UnitVersion
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.values import UnitValues, unit_values
from guatu.web.dispatch.models import Figure, Order, Report, ReportEvent
from guatu.web.dispatch.tick import tick
from guatu.web.ledger.models import Allocation, Duty
from tests.web.dispatch.conftest import at
from tests.web.supervision.conftest import Office

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 6, 12)


def version(pk: int) -> int:
    return int(Unit.objects.get(pk=pk).row_version)


def merged(office: Office, old: str, into: str, day: datetime.date = DAY) -> Reorganisation:
    pair = {office.unit(name): version(office.unit(name)) for name in (old, into)}
    return perform(MergeUnits(pair, office.unit(into), day), office.context("admin"))


def in_hand(unit: int) -> dict[str, int]:
    return {one.key: count for one in holdings if (count := one.count(unit))}


def due() -> set[tuple[int, int, int]]:
    return set(Report.objects.filter(period__state="open").values_list("period", "task", "unit"))


def without_owner() -> list[Any]:
    """Due reports of open periods whose unit does not stand."""
    return [row for row in due() if row[2] not in unit_tree(DAY).nodes]


def test_a_merged_towns_reports_orders_shares_and_duties_are_those_of_its_heir(office: Office) -> None:
    order = office.issue()
    old, heir = office.unit("柳林镇"), office.unit("石门镇")
    had = in_hand(old)
    assert had["report"] == 5
    assert {"duty", "share", "order"} < set(had)
    total = Allocation.objects.filter(target=office.board.length).aggregate(n=Sum("value"))["n"]
    merged(office, "柳林镇", "石门镇")
    assert in_hand(old) == {}
    assert without_owner() == []
    share = Allocation.objects.get(target=office.board.length)
    assert (share.unit_id, share.value, total) == (heir, Decimal(40), Decimal(40))
    order.refresh_from_db()
    assert order.unit_id == heir
    assert set(Duty.objects.filter(task=office.board.pipes, role="responsible").values_list("unit", flat=True)) == {
        heir
    }
    assert AuditEntry.objects.filter(action="directory.merge-units").count() > had["report"]


def test_two_reports_on_one_task_become_one_and_nothing_written_is_lost(office: Office) -> None:
    """柳林镇 has reported 5 km and 石门镇 15: together 20, which are to be looked at and handed in again."""
    keys = {"period__key": "2024-05", "task": office.board.pipes}
    old = Report.objects.get(unit=office.unit("柳林镇"), **keys)
    own = Report.objects.get(unit=office.unit("石门镇"), **keys)
    merged(office, "柳林镇", "石门镇")
    assert not Report.objects.filter(pk=old.pk).exists()
    own.refresh_from_db()
    assert Figure.objects.get(report=own).value == 20
    assert "柳林镇人民政府:征地受阻。" in own.problems
    assert own.state == "returned"
    said = ReportEvent.objects.filter(report=own).latest("pk")
    assert "柳林镇人民政府 的填报并入" in said.reason


def test_until_the_day_has_come_everything_stays_and_then_the_hourly_run_hands_it_on(office: Office) -> None:
    old = office.unit("柳林镇")
    had = in_hand(old)
    made = merged(office, "柳林镇", "石门镇", datetime.date(2024, 6, 14))
    assert in_hand(old) == had
    tick(at(6, 13))
    # The run closes months whose time is over; all that is open stays where it was.
    assert in_hand(old) == {**had, "report": 1}
    tick(at(6, 14))
    made.refresh_from_db()
    assert (in_hand(old), made.handed_on) == ({}, datetime.date(2024, 6, 14))


def test_a_unit_with_something_open_is_not_dissolved_without_an_heir_and_the_list_says_what(office: Office) -> None:
    old = office.unit("县财政局")
    end = EndUnit(old, version(old), DAY)
    with pytest.raises(NotNow, match="任务分工 2、开放期次的填报 5") as refused:
        perform(end, office.context("admin"))
    assert refused.value.code == "unit.holds"
    perform(EndUnit(old, version(old), DAY, office.unit("县住建局"), "青编〔2024〕8号"), office.context("admin"))
    assert in_hand(old) == {}
    assert Reorganisation.objects.get().kind == "end"
    assert without_owner() == []


def test_of_a_split_each_kind_goes_to_the_part_that_was_chosen_for_it(office: Office) -> None:
    old = office.unit("县财政局")
    had = in_hand(old)
    gov = office.unit("青禾县人民政府")
    parts = (Part("f1", UnitValues("县预算局", parent_id=gov)), Part("f2", UnitValues("县国资局", parent_id=gov)))
    split = SplitUnit(old, version(old), parts, False, DAY, heirs={"report": 1})
    perform(split, office.context("admin"))
    first, second = (Unit.objects.get(code=code).pk for code in ("f1", "f2"))
    assert in_hand(first) == {"duty": had["duty"]}
    assert in_hand(second) == {"report": had["report"]}
    assert in_hand(old) == {}


def values(unit: int, **changes: Any) -> UnitValues:
    fields = unit_values(UnitVersion.objects.filter(unit=unit).latest("valid_from")).as_fields()
    return UnitValues(**(fields | changes))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_reorganised_each_due_report_has_one_living_owner_and_sums_stay(office: Office, seed: int) -> None:
    lot = random.Random(seed)
    office.issue()
    shared = _shared(office)
    asked = {(period, task) for period, task, _unit in due()}
    done = 0
    for n in range(30):
        with_work = [pk for pk in sorted(unit_tree(DAY).nodes) if in_hand(pk)]
        one = lot.choice(with_work if lot.random() < 0.6 else sorted(unit_tree(DAY).nodes))
        other = lot.choice([pk for pk in sorted(unit_tree(DAY).nodes) if pk != one])
        pair = {pk: version(pk) for pk in (one, other)}
        new = [Part(f"s{n}{k}", values(one, name=f"新设单位{n}{k}", short_name="")) for k in range(2)]
        kinds = {one.key: lot.randrange(2) for one in holdings if lot.random() < 0.3}
        acts: tuple[Any, ...] = (
            RenameUnit(one, pair[one], f"更名单位{n}", f"更{n}", DAY, ""),
            MergeUnits(pair, other, DAY),
            MergeUnits(pair, None, DAY, f"m{n}", values(other, name=f"合并单位{n}", short_name="")),
            SplitUnit(one, pair[one], tuple(new), bool(lot.randrange(2)), DAY, lot.randrange(2), kinds),
            EndUnit(one, pair[one], DAY, lot.choice([None, other])),
        )
        try:
            perform(lot.choice(acts), office.context("admin"))
            done += 1
        except Problem:
            continue
        assert without_owner() == []
        assert _shared(office) == shared
    assert done >= 8
    assert {(period, task) for period, task, _unit in due()} == asked
    alive = set(unit_tree(DAY).nodes)
    assert set(Order.objects.exclude(state__in=("closed", "withdrawn")).values_list("unit", flat=True)) <= alive
    assert set(Duty.objects.filter(task__state="open", unit__isnull=False).values_list("unit", flat=True)) <= alive
    for gone in set(Unit.objects.values_list("pk", flat=True)) - alive:
        assert in_hand(gone) == {}


def _shared(office: Office) -> Decimal | None:
    return Allocation.objects.filter(target=office.board.length).aggregate(n=Sum("value"))["n"]


def test_the_page_of_a_merger_shows_what_passes_on_before_it_is_confirmed(office: Office, client_of: Any) -> None:
    client = client_of("admin")
    ids = [office.unit("石门镇"), office.unit("柳林镇")]
    shown = client.get(f"{reverse('unit_merge')}?units={ids[0]},{ids[1]}").content.decode()
    assert "<li>开放期次的填报 5</li>" in shown
    given = {"unit_1": "石门镇", "unit_2": "柳林镇", "into": "first", "day": "2099-01-01", "agreed": ""}
    asked = client.post(reverse("unit_merge"), given)
    assert not Reorganisation.objects.exists()
    page = asked.content.decode()
    assert "请核对后再次提交" in page
    agreed = page.split('name="agreed" value="')[1].split('"')[0]
    assert "report:5" in agreed
    done = client.post(reverse("unit_merge"), {**given, "agreed": agreed})
    assert done.status_code == 302
    assert Reorganisation.objects.get().kind == "merge"


def test_the_pages_of_a_split_and_of_an_end_list_what_the_unit_has_in_hand(office: Office, client_of: Any) -> None:
    client, unit = client_of("admin"), office.unit("县财政局")
    split = client.get(reverse("unit_split", args=[unit])).content.decode()
    assert "<li>任务分工 2</li>" in split
    assert 'name="to_report"' in split
    assert "任务分工 2、开放期次的填报 5" in client.get(reverse("unit_end", args=[unit])).content.decode()
