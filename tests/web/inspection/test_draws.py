"""A draw keeps its promise: nobody chooses its seed, its lists do not change, anybody draws the same."""

from __future__ import annotations

import datetime
import hashlib
import json
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.core.cases.sampling.draw import draw
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow
from guatu.web.inspection.actions.close_lists import CloseLists
from guatu.web.inspection.actions.enter_result import EnterResult
from guatu.web.inspection.actions.exclude_object import ExcludeObject
from guatu.web.inspection.actions.plan_draw import PlanDraw
from guatu.web.inspection.actions.run_draw import RunDraw
from guatu.web.inspection.actions.save_inspector import SaveInspector
from guatu.web.inspection.actions.set_conflict import SetConflict
from guatu.web.inspection.lists import digest_of, order_of
from guatu.web.inspection.models import Draw, DrawnObject, InspectionObject, Inspector
from tests.web.inspection.conftest import Office, at, csv_of, objects, workbook

pytestmark = pytest.mark.django_db


def public(address: str) -> Any:
    return Client().get(address)


def test_the_digest_of_the_seed_is_public_before_the_draw_and_the_seed_only_after(office: Office) -> None:
    office.lists()
    row = office.planned()
    page = f"/inspections/{row.pk}/"
    assert hashlib.sha256(row.seed.encode()).hexdigest() == row.commitment
    for step in (None, CloseLists, RunDraw):
        if step:
            row.refresh_from_db()
            office.act(step(row.pk, row.row_version), when=at(5))
        shown = public(page).content.decode()
        assert row.commitment in shown
        assert (row.seed in shown) == (step is RunDraw)
    audited = [json.dumps(line.after) for line in AuditEntry.objects.order_by("pk")]
    assert [row.seed in line for line in audited].count(True) == 1
    assert row.seed in audited[-1]


def test_no_page_file_or_answer_shows_the_seed_before_the_draw(office: Office) -> None:
    office.lists()
    row = office.closed()
    client = Client()
    client.force_login(office.county.users["supervision"])
    for address in (
        f"/inspection/draws/{row.pk}/",
        "/inspection/",
        f"/inspections/{row.pk}/inputs.json",
        "/inspections/",
    ):
        assert row.seed not in client.get(address).content.decode()
    assert public(f"/inspections/{row.pk}/script.py").status_code == 404


def test_anybody_draws_the_same_with_the_published_script_and_lists(office: Office) -> None:
    office.lists()
    row = office.drawn()
    script = public(f"/inspections/{row.pk}/script.py").content.decode()
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, env={"PYTHONIOENCODING": "utf-8"}
    )
    printed = [line.split("\t") for line in done.stdout.decode().splitlines()]
    kept = [
        [one.object.code, one.digest[:16], *one.team] for one in row.drawn.select_related("object").order_by("place")
    ]
    assert printed == kept
    inputs = public(f"/inspections/{row.pk}/inputs.json").content
    assert hashlib.sha256(inputs).hexdigest() == row.inputs_digest
    assert [one.name for one in draw(order_of(json.loads(inputs), row.seed)).drawn] == [line[0] for line in kept]


def test_each_class_of_risk_gives_its_share_and_conflicts_are_kept(office: Office) -> None:
    people = office.lists()
    office.act(SetConflict(people[4].pk, "QH-000", "配偶在该单位任职"))
    row = office.drawn(percent={"high": 100, "medium": 50, "low": 25})
    drawn = list(row.drawn.select_related("object"))
    assert Counter(one.object.risk for one in drawn) == {"high": 4, "medium": 2, "low": 1}
    by_code = {one.object.code: one.team for one in drawn}
    assert "ZF-04" not in by_code["QH-000"]
    assert not {"ZF-00", "ZF-01"} & set(by_code["QH-003"]), "the water office does not inspect its own"
    work = Counter(number for team in by_code.values() for number in team)
    assert max(work.values()) - min(work.values()) <= 2


def test_who_is_on_leave_or_was_inspected_recently_or_is_excluded_takes_no_part_and_the_reason_is_public(
    office: Office,
) -> None:
    people = office.lists()
    away = people[2]
    june = datetime.date(2024, 6, 1), datetime.date(2024, 6, 5)
    office.act(SaveInspector(away.pk, away.row_version, 0, away.number, *june))
    first = office.drawn(percent={"high": 100})
    one = first.drawn.order_by("place")[0]
    office.act(EnterResult(one.pk, one.row_version, "none", "", datetime.date(2024, 6, 6)), when=at(6))
    row = office.act(
        PlanDraw(
            "第二次",
            "安全生产",
            office.county.unit("县政府督查室").pk,
            datetime.date(2024, 6, 20),
            {"high": 100},
            2,
            90,
        ),
        when=at(10),
    )
    office.act(ExcludeObject(row.pk, row.row_version, "QH-001", "停业整顿"), when=at(10))
    row.refresh_from_db()
    office.act(CloseLists(row.pk, row.row_version), when=at(10))
    row.refresh_from_db()
    reasons = {line["name"]: line["zh"] for line in row.inputs["excluded"]}
    assert reasons == {one.object.code: "近期已检查(2024-06-06)", "QH-001": "停业整顿"}
    office.act(RunDraw(row.pk, row.row_version), when=at(20))
    row.refresh_from_db()
    assert one.object.code not in {found.object.code for found in row.drawn.select_related("object")}
    assert row.findings[0][0] == "排除后“高风险”只有 3 个对象,少于应抽的 4 个;已全部抽取"
    assert "停业整顿" in public(f"/inspections/{row.pk}/").content.decode()
    assert "ZF-02" not in {number for found in first.drawn.all() for number in found.team}


def test_the_public_sees_numbers_and_units_and_no_name_or_telephone(office: Office) -> None:
    people = office.lists()
    office.act(SetConflict(people[0].pk, "QH-000", "曾在该单位任职"))
    row = office.drawn(percent={"high": 100})
    for address in (
        f"/inspections/{row.pk}/",
        f"/inspections/{row.pk}/inputs.json",
        f"/inspections/{row.pk}/script.py",
    ):
        shown = public(address).content.decode()
        assert "ZF-02" in shown, address
        for secret in ("江岚", "方晴", "13900001234", "曾在该单位任职"):
            assert secret not in shown, address


def test_closed_lists_do_not_change_with_what_they_were_made_of(office: Office) -> None:
    office.lists()
    row = office.closed()
    before = row.inputs_digest
    office.take(csv_of("QH-000,改了名,,高风险,,,否"), "改.csv")
    Inspector.objects.update(active=False)
    row.refresh_from_db()
    office.act(RunDraw(row.pk, row.row_version), when=at(5))
    row.refresh_from_db()
    assert digest_of(row.inputs) == row.inputs_digest == before
    assert "企业00" in public(f"/inspections/{row.pk}/").content.decode()


def test_steps_are_done_once_in_order_and_not_before_their_day(office: Office) -> None:
    office.lists()
    row = office.planned()
    with pytest.raises(NotNow):
        office.act(RunDraw(row.pk, row.row_version), when=at(5))
    office.act(CloseLists(row.pk, row.row_version))
    with pytest.raises(NotNow):
        office.act(CloseLists(row.pk, row.row_version))
    row.refresh_from_db()
    with pytest.raises(NotNow, match="还没有到抽取日期"):
        office.act(RunDraw(row.pk, row.row_version), when=at(4))
    with pytest.raises(Conflict):
        office.act(RunDraw(row.pk, row.row_version - 1), when=at(5))
    with pytest.raises(NotNow):
        office.act(ExcludeObject(row.pk, row.row_version, "QH-001", "来不及了"))


def test_a_list_with_wrong_rows_is_not_imported_and_each_row_is_named(office: Office) -> None:
    office.take(csv_of("QH-001,企业,,高风险,,,"), "a.csv")
    wrong = csv_of(
        "QH-001,改名,,高风险,,,", "QH-001,又一个,,低风险,,,", "QH|2,竖线,,低风险,,,", "QH-003,没有等级,,特高,,,",
        "QH-004,单位不对,,低风险,没有,,", ",没有编号,,低风险,,,",
    )  # fmt: skip
    found = office.take(wrong, "b.csv")
    assert not found.written
    assert [(error["row"], error["column"]) for error in found.errors] == [
        (3, "对象编号"), (4, "对象编号"), (5, "风险等级"), (6, "所属单位编码"), (7, "对象编号"),
    ]  # fmt: skip
    assert list(InspectionObject.objects.values_list("name", flat=True)) == ["企业"]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b'"', b"PK\x03\x04broken", "没有表头".encode()])
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_file_that_is_none_gets_a_message(office: Office, data: bytes, name: str) -> None:
    with pytest.raises(Invalid) as found:
        office.take(data, name)
    assert found.value.field == "file"


def test_xlsx_is_read_as_csv_is_and_what_is_the_same_changes_nothing(office: Office) -> None:
    def counts(data: bytes, name: str) -> tuple[int, int, int]:
        found = office.take(data, name)
        return found.created, found.changed, found.same

    assert counts(workbook(["QH-1", "企业", "", "高风险", "", "", ""]), "a.xlsx") == (1, 0, 0)
    assert counts(csv_of("QH-1,企业,,高风险,,,"), "a.csv") == (0, 0, 1)
    assert counts(csv_of("QH-1,企业,,低风险,,,否"), "a.csv") == (0, 1, 0)
    assert not InspectionObject.objects.get().active


def test_results_are_entered_by_the_units_of_the_inspectors_and_by_the_office_alone(office: Office) -> None:
    office.lists()
    row = office.drawn(percent={"high": 100})
    day = datetime.date(2024, 6, 6)
    mine = row.drawn.filter(inspectors__unit=office.county.unit("县水利局")).first()
    others = row.drawn.exclude(inspectors__unit=office.county.unit("县水利局")).first()
    assert mine is not None and others is not None
    office.act(EnterResult(mine.pk, mine.row_version, "corrected", "灭火器过期", day), "lead", at(6))
    with pytest.raises(Denied):
        office.act(EnterResult(others.pk, others.row_version, "none", "", day), "lead", at(6))
    with pytest.raises(Denied):
        office.act(EnterResult(mine.pk, mine.row_version, "none", "", day), "leader", at(6))
    with pytest.raises(Conflict):
        office.act(EnterResult(mine.pk, mine.row_version, "none", "", day), when=at(6))
    with pytest.raises(Invalid):
        office.act(EnterResult(others.pk, others.row_version, "none", "", datetime.date(2024, 6, 1)), when=at(6))
    assert "灭火器过期" in public(f"/inspections/{row.pk}/").content.decode()


def test_a_unit_plans_draws_of_its_own_and_only_the_office_keeps_the_lists(office: Office) -> None:
    office.lists()
    own, other = office.county.unit("县水利局").pk, office.county.unit("县财政局").pk
    plan = {"title": "水利抽查", "matter": "取水许可", "draw_on": datetime.date(2024, 6, 5), "percent": {"low": 10}}
    office.act(PlanDraw(unit=own, **plan), "lead")
    for role, unit in (("lead", other), ("town", own), ("auditor", own), ("desk", own)):
        with pytest.raises(Denied):
            office.act(PlanDraw(unit=unit, **plan), role)
    with pytest.raises(Denied):
        office.take(objects(), "a.csv", "lead")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", {"title": " "}), ("matter", {"matter": ""}), ("unit", {"unit": 0}), ("draw_on", {"draw_on": None}),
        ("draw_on", {"draw_on": datetime.date(2024, 6, 2)}), ("percent", {"percent": {"high": 101}}),
        ("percent", {"percent": {}}), ("inspectors_each", {"inspectors_each": 0}), ("recent_days", {"recent_days": -1}),
    ],
)  # fmt: skip
def test_a_plan_that_means_nothing_is_refused_at_its_field(office: Office, field: str, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as found:
        office.planned(**values)
    assert found.value.field == field


@given(st.sets(st.integers(0, 11)), st.integers(0, 100), st.integers(0, 100))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_excluded_is_never_drawn_and_the_draw_repeats(
    office: Office, out: set[int], high: int, low: int
) -> None:
    if not InspectionObject.objects.exists():
        office.lists()
    row = office.planned(percent={"high": high, "medium": 1, "low": low})
    for n in sorted(out):
        row.refresh_from_db()
        office.act(ExcludeObject(row.pk, row.row_version, f"QH-{n:03}", "停业"))
    row.refresh_from_db()
    row = office.act(CloseLists(row.pk, row.row_version))
    row = office.act(RunDraw(row.pk, row.row_version), when=at(5))
    drawn = list(DrawnObject.objects.filter(draw=row).select_related("object").order_by("place"))
    assert not {one.object.code for one in drawn} & {f"QH-{n:03}" for n in out}
    again = draw(order_of(Draw.objects.get(pk=row.pk).inputs, row.seed))
    assert [(one.name, list(one.inspectors)) for one in again.drawn] == [(one.object.code, one.team) for one in drawn]
    counts = Counter(one.object.risk for one in drawn)
    assert all(counts[risk] <= row.inputs["wanted"][risk] for risk in ("high", "medium", "low"))
