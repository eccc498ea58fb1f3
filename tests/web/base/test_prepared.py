"""A prepared query answers as the queryset it was built from; prepared writes store what the ORM would."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guatu.web.base.models import AuditEntry, Setting
from guatu.web.base.prepared import Prepared, Variants, insert, update
from guatu.web.directory.models import RoleGrant, UnitVersion
from guatu.web.ledger.models import Plan, PlanVersion, Target, Task

DAY = datetime.date(2026, 3, 1)


def fields_of(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_with_their_related_ones_come_as_from_the_queryset(county: Any) -> None:
    def versions(unit: int) -> Any:
        return UnitVersion.objects.select_related("unit", "parent", "place").filter(unit=unit)

    asked: Prepared[UnitVersion] = Prepared(versions, unit=int)
    for unit in county.units.values():
        (wanted,) = versions(unit.pk)
        with CaptureQueriesContext(connection) as queries:
            (found,) = asked(unit=unit.pk)
            parts = [(row and fields_of(row)) for row in (found, found.unit, found.parent, found.place)]
        assert len(queries) == 1, "related rows came with the row"
        assert parts == [(row and fields_of(row)) for row in (wanted, wanted.unit, wanted.parent, wanted.place)]


def test_values_are_converted_as_the_queryset_converts_them(county: Any) -> None:
    for n, day in enumerate((DAY, DAY + datetime.timedelta(1))):
        Setting.objects.create(name="a", value={"n": n, "字": ["甲", None]}, valid_from=day)
    Setting.objects.create(name="b", value=3, valid_from=DAY)

    def valid(name: str, day: datetime.date) -> Any:
        rows = Setting.objects.filter(name=name, valid_from__lte=day).order_by("-valid_from")
        return rows.values_list("value", "valid_from")

    asked: Prepared[tuple[Any, ...]] = Prepared(valid, name=str, day=datetime.date)
    for name in ("a", "b", "none", "a' OR 1=1 --"):
        for late in (-1, 0, 1, 400):
            day = DAY + datetime.timedelta(late)
            assert asked(name=name, day=day) == list(valid(name, day))


def test_decimals_and_truths_keep_their_kind(county: Any) -> None:
    plan = Plan.objects.create(title="方案", created_at=timezone.now())
    version = PlanVersion.objects.create(plan=plan, number=1, uploaded_at=timezone.now())
    task = Task.objects.create(plan=plan, version=version, title="任务", path=["1"], order=0)
    Target.objects.create(plan=plan, version=version, task=task, metric="新建", value=Decimal("2.5"), tracked=True)

    def rows(task: int) -> Any:
        return Target.objects.filter(task=task, tracked=True)

    (found,) = Prepared(rows, task=int)(task=task.pk)
    assert fields_of(found) == fields_of(rows(task.pk).get())


def test_a_query_that_forgets_a_parameter_is_refused() -> None:
    asked: Prepared[Any] = Prepared(lambda name, day: Setting.objects.filter(name=name), name=str, day=datetime.date)
    with pytest.raises(ValueError, match="day"):
        asked(name="a", day=DAY)


def test_inserted_rows_hold_what_the_orm_would_have_stored(county: Any) -> None:
    def line(n: int) -> AuditEntry:
        return AuditEntry(
            at=timezone.now(),
            user=county.users["admin"] if n % 2 else None,
            action="a.b",
            object_type="x",
            object_id=str(n),
            before=None,
            after={"文": n, "列": [1, None, True, "'\"%s"]},
        )

    lines = [line(n) for n in range(1203)]
    insert(lines)
    for wanted in lines[:3] + lines[-3:]:
        found = AuditEntry.objects.get(object_id=wanted.object_id)
        assert {**fields_of(found), "id": None} == fields_of(wanted)
    assert AuditEntry.objects.filter(action="a.b").count() == 1203
    insert([])


def test_an_update_writes_the_named_fields_and_only_while_the_row_stands_as_seen(county: Any) -> None:
    grant = RoleGrant.objects.order_by("id").first()
    assert grant is not None
    others = [fields_of(row) for row in RoleGrant.objects.exclude(pk=grant.pk).order_by("id")]
    kept = grant.role
    grant.valid_to, grant.role = DAY, "never-written"
    assert update(grant, ["valid_to"], valid_from=grant.valid_from) == 1
    found = RoleGrant.objects.get(pk=grant.pk)
    assert (found.valid_to, found.role) == (DAY, kept)
    grant.valid_to = None
    assert update(grant, ["valid_to"], valid_from=DAY) == 0
    assert RoleGrant.objects.get(pk=grant.pk).valid_to == DAY
    assert [fields_of(row) for row in RoleGrant.objects.exclude(pk=grant.pk).order_by("id")] == others


def of_any(units: list[int]) -> Any:
    return UnitVersion.objects.filter(unit__any=units).order_by("pk").values_list("unit_id", "name", named=True)


def test_any_finds_what_in_finds_in_numbers_and_in_texts(county: Any) -> None:
    some = [unit.pk for unit in county.units.values()][::2]
    for wanted in ([], some[:1], some, [*some, *some, 10**12, -1], list(range(5000))):
        assert set(of_any(wanted)) == set(UnitVersion.objects.filter(unit__in=wanted).values_list("unit_id", "name"))
    for names in ([], ["县水利局"], ["县水利局", "' OR 1=1 --", "%s", '"', "{}", "a,b"]):
        rows = UnitVersion.objects.filter(name__any=names)
        assert set(rows) == set(UnitVersion.objects.filter(name__in=names))
    assert UnitVersion.objects.filter(unit__code__any=[county.unit("县水利局").code]).count() == 1


def test_a_prepared_query_takes_a_list_of_any_length_as_one_parameter(county: Any) -> None:
    asked: Prepared[Any] = Prepared(of_any, units=list)
    some = [unit.pk for unit in county.units.values()]
    for wanted in (some, some[:2], [], list(range(100_000))):
        assert asked(units=wanted) == list(of_any(wanted))
    (row,) = asked(units=some[:1])
    assert (row.unit_id, row.name) == tuple(row), "rows have the names of the columns, as the queryset's"


def test_variants_narrow_by_what_is_given_alone(county: Any) -> None:
    def rows(units: list[int] | None = None, since: datetime.date | None = None) -> Any:
        found = UnitVersion.objects.order_by("pk").values_list("unit_id")
        found = found if units is None else found.filter(unit__any=units)
        return found if since is None else found.filter(valid_from__gte=since)

    asked: Variants[Any] = Variants(rows, units=list, since=datetime.date)
    some = [unit.pk for unit in county.units.values()][:3]
    for given in (
        {},
        {"units": some},
        {"units": []},
        {"since": DAY},
        {"units": some, "since": datetime.date(2020, 1, 1)},
    ):
        for _again in range(2):
            assert asked(**{"units": None, "since": None, **given}) == list(rows(**given)), given
