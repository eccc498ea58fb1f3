"""What the example county is to exercise, each promise by itself: a demonstration must not hide a fault."""

from __future__ import annotations

import datetime

from django.db.models import Count

from guatu.core.kernel.codes import check_division_code, check_statistical_code
from guatu.web.base.actors import Actor
from guatu.web.base.models import AuditEntry, Setting
from guatu.web.cases.library import library
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.cases.position import position_of
from guatu.web.cases.selectors.ownerless import ownerless
from guatu.web.directory.models import Place, PlaceVersion, Reorganisation, RoleGrant, UnitVersion
from guatu.web.dispatch.models import Appeal, Light, PeriodRule
from guatu.web.duties.models import Duty
from guatu.web.duties.selectors.duties import duty_list, faults
from guatu.web.example.cases import point_in
from guatu.web.ledger.models import Milestone, PlanVersion


def promised(day: datetime.date) -> None:
    """Everything that the example is to have on a day."""
    villages(day)
    directory()
    duties(day)
    plans()
    cases(day)
    appeals(day)


def villages(day: datetime.date) -> None:
    rows = PlaceVersion.objects.filter(level="village")
    assert len(set(rows.values_list("parent", flat=True))) >= 3
    assert all(position_of(*point_in(row.name), day) == row.place_id for row in rows)
    accounts = RoleGrant.objects.filter(role="village", user__is_active=True).values("unit").annotate(n=Count("user"))
    units = UnitVersion.objects.filter(category="village")
    assert {row["unit"] for row in accounts} == set(units.values_list("unit", flat=True))
    assert sorted(row["n"] for row in accounts)[-2:] == [5, 5]


def directory() -> None:
    """Codes that the product itself accepts, and a past."""
    for code in Place.objects.values_list("code", flat=True):
        assert (check_division_code(code) if len(code) == 6 else check_statistical_code(code)) is None
    assert Place.objects.filter(code=Setting.objects.get(name="county.code").value, versions__level="county").exists()
    assert set(Reorganisation.objects.values_list("kind", flat=True)) == {"rename", "merge"}
    gone = UnitVersion.objects.filter(valid_to__isnull=False, unit__successors__reorganisation__kind="merge")
    assert [row.unit.successors.get().new.code for row in gone] == ["fgj"]
    assert not RoleGrant.objects.filter(unit__in=gone.values("unit")).exists()


def duties(day: datetime.date) -> None:
    with_flow = {name for name, pack in library().packs.items() if pack.engines}
    assert set(Duty.objects.values_list("pack", flat=True)) == with_flow
    assert Duty.objects.filter(place__isnull=False).exclude(pack="disputes").exists(), "some differ by town"
    assert not Duty.objects.filter(source="").exists()
    assert list(faults(duty_list(day), "zh")) == []


def plans() -> None:
    second = PlanVersion.objects.get(number=2)
    assert second.state == PlanVersion.State.CONFIRMED
    merged = AuditEntry.objects.get(action="ledger.merge-version", after__has_key="closed")
    assert merged.after and merged.after["changed"] >= 2 and merged.after["same"] > 10
    assert set(PeriodRule.objects.values_list("every", flat=True)) == {"month", "quarter"}
    planned = Milestone.objects.filter(planned_end__isnull=False)
    assert planned.values("task").distinct().count() >= 3


def cases(day: datetime.date) -> None:
    with_flow = {name for name, pack in library().packs.items() if pack.engines}
    assert set(Case.objects.values_list("pack", flat=True)) == with_flow
    assert set(Case.objects.filter(ended_at__isnull=True).values_list("pack", flat=True)) == with_flow
    assert Case.objects.filter(ended_at__isnull=False).values("pack").distinct().count() >= 4
    assert Case.objects.filter(late=True).exists() and CaseEvent.objects.filter(kind="rate").exists()
    assert CaseEvent.objects.filter(verb="return").values("case__pack").distinct().count() >= 6
    assert not Case.objects.filter(ownerless(Actor(None, day))).exists()


def appeals(day: datetime.date) -> None:
    asked = CaseEvent.objects.filter(kind="ask")
    decided = CaseEvent.objects.filter(asked__in=asked)
    assert set(decided.values_list("kind", flat=True)) == {"clock", "refuse"} and len(asked) > len(decided)
    behind = Light.objects.filter(colour__in=("red", "amber"), target=None).values("unit").distinct().count()
    assert behind >= 3 or day.day < 14, "in the first days of a month nobody has looked at the reports yet"
    wanted = sorted(Appeal.State.values) if behind >= 3 else []
    assert sorted(Appeal.objects.values_list("state", flat=True)) == wanted
