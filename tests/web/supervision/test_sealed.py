"""A closed period comes out the same for ever: names, hierarchy, tasks, targets and lights of the day of its closing."""

from __future__ import annotations

import datetime
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guatu.adapters.writers.official import official_document, table_book
from guatu.web.base.actions import perform
from guatu.web.base.models import Setting
from guatu.web.base.problems import Problem
from guatu.web.directory.actions.change_unit import ChangeUnit
from guatu.web.directory.actions.end_unit import EndUnit
from guatu.web.directory.actions.merge_units import MergeUnits
from guatu.web.directory.actions.rename_unit import RenameUnit
from guatu.web.directory.actions.split_unit import Part, SplitUnit
from guatu.web.directory.models import PlaceVersion, RoleGrant, Unit, UnitVersion
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.values import UnitValues, unit_values
from guatu.web.dispatch.actions.close_period import ClosePeriod
from guatu.web.dispatch.actions.compute_lights import ComputeLights
from guatu.web.dispatch.actions.reopen_period import ReopenPeriod
from guatu.web.dispatch.models import Circular, Figure, Light, Period, Report, Seal
from guatu.web.dispatch.selectors.campaign import campaign
from guatu.web.dispatch.selectors.circular_figures import figures
from guatu.web.dispatch.selectors.circular_texts import document, first_texts, shown_tables
from guatu.web.dispatch.selectors.sealing import changed_by_hand
from guatu.web.dispatch.system import system_context
from guatu.web.ledger.models import Allocation, Duty, Target, Task
from tests.web.dispatch.conftest import Board, at
from tests.web.supervision.conftest import Office

pytestmark = pytest.mark.django_db
CLOSED = at(6, 26)
LATER = at(7, 3)
DAY = datetime.date(2024, 7, 3)
SQUARE = [[116.0, 30.0], [116.1, 30.0], [116.1, 30.1], [116.0, 30.1], [116.0, 30.0]]


def close(board: Board, key: str, when: datetime.datetime = CLOSED) -> Period:
    return perform(ClosePeriod(board.period(key).pk), board.context("supervision", when))


@pytest.fixture
def sealed(year: Office) -> Office:
    """May and the months before it are closed; an order and a problem stand open."""
    for place in PlaceVersion.objects.filter(level="town"):
        shift = place.pk / 10
        place.boundary = {"type": "Polygon", "coordinates": [[[x + shift, y] for x, y in SQUARE]]}
        place.save()
    year.issue()
    everywhere = {"user": year.board.users["reporter"], "role": "responsible", "valid_from": DAY}
    RoleGrant.objects.create(**everywhere)
    for month in range(1, 6):
        close(year.board, f"2024-{month:02d}")
    return year


def page(client: Client, address: str) -> str:
    """What the page says, without the frame around it and what is of the request alone."""
    text = client.get(address).content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r"<(select|form|nav|details).*?</\1>", "", text, flags=re.DOTALL)
    return re.search(r"<main.*?</main>", text, re.DOTALL)[0]  # type: ignore[index]


def file(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def _addresses(period: Period) -> Iterator[str]:
    yield f"{reverse('campaign_map')}?period={period.key}"
    yield f"{reverse('campaign_map')}?period={period.key}&plan={period.rule.plan_id}"
    yield reverse("period_detail", args=[period.pk])
    yield f"{reverse('light_list')}?period={period.key}&level=all"
    lights = Light.objects.filter(period=period).order_by("pk").values_list("pk", flat=True)
    yield from (reverse("light_detail", args=[pk]) for pk in lights[:4])
    reports = Report.objects.filter(period=period).order_by("pk").values_list("pk", flat=True)
    yield from (reverse("report_edit", args=[pk]) for pk in reports[:4])


def _files(period: Period) -> Iterator[str]:
    yield f"{reverse('period_export', args=[period.pk])}?format=csv"
    yield f"{reverse('light_export')}?period={period.key}&level=all&format=csv"
    yield f"/api/lights?period={period.key}&level=all"
    yield f"/api/reports?period={period.key}"
    yield f"/api/periods/{period.pk}/deliveries"


def drawn(office: Office, client: Client, period: Period, today: datetime.date) -> dict[str, bytes]:
    """All that is drawn from a period, by what it is."""
    found = {address: page(client, address).encode() for address in _addresses(period)}
    found |= {address: file(client, address) for address in _files(period)}
    town = Client()
    town.force_login(office.board.users["reporter"])
    own = f"{reverse('report_export')}?period={period.key}&group=all&format=csv"
    found[own] = file(town, own)
    for kind in Circular.Kind.values:
        body = figures(period, kind, today)
        one = Circular(kind=kind, plan=period.rule.plan, period=period, title="x", body=body)
        one.texts = first_texts(kind, body, CLOSED.date())
        found[f"{kind}.json"] = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
        found[f"{kind}.docx"] = official_document(document(one, CLOSED.date()))
        found[f"{kind}.xlsx"] = table_book("x", shown_tables(one), CLOSED.date())
    return found


def same(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    assert before.keys() == after.keys()
    for name, content in before.items():
        first = next(
            (at for at, pair in enumerate(zip(content, after[name], strict=False)) if pair[0] != pair[1]), None
        )
        around = slice(max(0, (first or 0) - 300), (first or 0) + 100)
        said = [one[around].decode(errors="replace") for one in (content, after[name])]
        assert after[name] == content, "\n".join([name, *said])


@pytest.fixture
def supervision(client_of: Callable[[str], Client]) -> Client:
    return client_of("supervision")


def values(unit: int, **changes: Any) -> UnitValues:
    fields = unit_values(UnitVersion.objects.filter(unit=unit).latest("valid_from")).as_fields()
    return UnitValues(**(fields | changes))


def merge(office: Office, old: str, into: str) -> None:
    pair = {pk: Unit.objects.get(pk=pk).row_version for pk in (office.unit(old), office.unit(into))}
    perform(MergeUnits(pair, office.unit(into), DAY), office.context("admin", LATER))


def test_a_town_that_is_merged_stands_in_the_closed_month_by_its_name_and_place(
    sealed: Office, supervision: Client
) -> None:
    period = sealed.board.period("2024-05")
    before = drawn(sealed, supervision, period, CLOSED.date())
    merge(sealed, "柳林镇", into="石门镇")
    PlaceVersion.objects.filter(name="柳林镇").update(valid_to=DAY)
    same(before, drawn(sealed, supervision, period, DAY))
    found = campaign(sealed.context("leader", LATER).actor, key="2024-05")
    assert "柳林镇" in {town.name for town in found.towns if town.row and town.row.lights.total}
    assert not [row.name for row in found.units if row.name.startswith("#")]


def test_tasks_targets_rules_and_shares_that_change_leave_the_closed_month(sealed: Office, supervision: Client) -> None:
    board, period = sealed.board, sealed.board.period("2024-05")
    before = drawn(sealed, supervision, period, CLOSED.date())
    Task.objects.filter(pk=board.pipes.pk).update(
        title="新建供水管网(二期)", domain="另一领域", order=99, due=datetime.date(2026, 1, 1), path=["九", "9"]
    )
    Task.objects.filter(pk=board.quality.pk).update(state=Task.State.DROPPED)
    Target.objects.filter(pk=board.length.pk).update(metric="管网长度", unit_text="千米", value=80)
    Allocation.objects.filter(target=board.length).update(value=40)
    Duty.objects.filter(task=board.pipes).delete()
    board.plan.title = "另一个方案"
    board.plan.save()
    board.rule.name, board.rule.due_day = "另一规则", 9
    board.rule.save()
    Setting.objects.create(name="dispatch.light-rules", value=[], valid_from=datetime.date(2024, 1, 1))
    for key in ("2024-04", "2024-05"):
        done = perform(ComputeLights(board.period(key).pk, DAY), system_context(LATER))
        assert (done.count, done.changed) == (0, 0)
    same(before, drawn(sealed, supervision, sealed.board.period("2024-05"), DAY))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_units_become_between_periods_the_closed_ones_stay(
    sealed: Office, supervision: Client, seed: int
) -> None:
    lot = random.Random(seed)
    periods = [sealed.board.period("2024-04"), sealed.board.period("2024-05")]
    before = {one.pk: drawn(sealed, supervision, one, CLOSED.date()) for one in periods}
    done = 0
    for n in range(40):
        try:
            perform(_by_lot(lot, n), sealed.context("admin", LATER))
            done += 1
        except Problem:
            continue
    assert done >= 8
    for one in periods:
        same(before[one.pk], drawn(sealed, supervision, one, DAY))
    assert not changed_by_hand()


def _by_lot(lot: random.Random, n: int) -> Any:
    nodes = sorted(unit_tree(DAY).nodes)
    one, other = lot.sample(nodes, 2)
    seen = {pk: Unit.objects.get(pk=pk).row_version for pk in (one, other)}
    new = values(other, name=f"新设单位{n}", short_name="")
    return lot.choice(
        (
            RenameUnit(one, seen[one], f"更名单位{n}", f"更{n}", DAY, ""),
            MergeUnits(seen, one, DAY),
            MergeUnits(seen, None, DAY, f"m{n}", new),
            SplitUnit(one, seen[one], (Part(f"s{n}", new),), True, DAY),
            SplitUnit(
                one, seen[one], (Part(f"s{n}", new), Part(f"t{n}", values(other, name=f"新设{n}乙"))), False, DAY
            ),
            ChangeUnit(one, seen[one], values(one, parent_id=other, order=lot.randrange(200)), DAY),
            EndUnit(one, seen[one], DAY),
        )
    )


def test_a_review_after_closing_counts_from_the_next_open_period_on(office: Office, supervision: Client) -> None:
    board = office.board
    report = Report.objects.get(period__key="2024-05", task=board.pipes, unit=office.unit("柳林镇"))
    Report.objects.filter(pk=report.pk).update(state="submitted")
    june = board.open(at(6, 26))
    assert june
    period = close(board, "2024-05")
    before = drawn(office, supervision, period, CLOSED.date())
    after = board.review(report, at(6, 28), role="lead")
    assert (after.state, after.sealed) == ("locked", "submitted")
    changed = drawn(office, supervision, period, DAY)
    own = reverse("report_edit", args=[report.pk])
    # The report's own page tells its history, and its row in the API has another version.
    for name in [own, "/api/reports?period=2024-05"]:
        before.pop(name)
        changed.pop(name)
    same(before, changed)
    assert "关闭时本期填报还在待审核" in page(
        supervision, reverse("light_detail", args=[office.light(board.pipes, "柳林镇").pk])
    )
    assert not changed_by_hand()


def test_closing_judges_on_its_own_day_and_seals_and_opening_again_takes_the_seal_away(office: Office) -> None:
    board = office.board
    period = close(board, "2024-05")
    assert set(Light.objects.filter(period=period).values_list("on", flat=True)) == {CLOSED.date()}
    first = Seal.objects.get(period=period)
    perform(ReopenPeriod(period.pk, datetime.date(2024, 7, 1), "补报"), board.context("supervision", at(6, 27)))
    assert not Seal.objects.filter(period=period).exists()
    assert set(Report.objects.filter(period=period).values_list("sealed", flat=True)) == {""}
    close(board, "2024-05", at(6, 27))
    assert Seal.objects.get(period=period).digest != first.digest


@pytest.mark.parametrize("hand", ["light", "report", "figure", "seal"])
def test_rows_that_were_changed_beside_the_actions_are_named(sealed: Office, hand: str) -> None:
    period = sealed.board.period("2024-05")
    assert changed_by_hand() == []
    if hand == "light":
        Light.objects.filter(pk=Light.objects.filter(period=period, colour="red").first().pk).update(colour="green")  # type: ignore[union-attr]
    elif hand == "report":
        Report.objects.filter(period=period, task=sealed.board.patrol).update(submitted_at=at(6, 1))
    elif hand == "figure":
        Figure.objects.filter(report__period=period).update(value=40)
    else:
        seal = Seal.objects.get(period=period)
        seal.facts = seal.facts.replace("柳林镇", "石门镇")
        seal.save()
    assert [one.key for one in changed_by_hand()] == ["2024-05"]
