"""Who works where, and what a month's rating and pay come from."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from guatu.web.base.models import Setting
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow
from guatu.web.cases.models import Case, FlowVersion
from guatu.web.grids.actions.rate_month import PublishRatings, RateMonth
from guatu.web.grids.actions.split_grid import SplitGrid
from guatu.web.grids.actions.staff import Appoint, EndService, Replace
from guatu.web.grids.models import Grid, GridRating, RatingRun, Service, StaffPay
from guatu.web.grids.scheme import EXAMPLE, scheme_of
from guatu.web.grids.selectors.ratings import ratings, visible_runs
from guatu.web.grids.selectors.staffing import chains, services_of, teams
from guatu.web.grids.words import sentence
from tests.web.grids.conftest import BEIJING, FIRST, SIDE, SOUTH, TODAY, WEST, Town, square

pytestmark = pytest.mark.django_db
MAY = datetime.date(2024, 5, 1)


def moment(day: int, month: int = 5) -> datetime.datetime:
    return datetime.datetime(2024, month, day, 9, tzinfo=BEIJING)


def case(column: float = 0.5, row: float = 0.5, **values: Any) -> Case:
    """A case in a square of the lattice, reported on 2 May and closed in time on the 3rd."""
    flow, _new = FlowVersion.objects.get_or_create(
        flow="f", version="1", defaults={"pack": "p", "text": "", "published_at": moment(1)}
    )
    given = {"opened_at": moment(2), "ended_at": moment(3), "due": None, "late": False, "returns": 0, **values}
    return Case.objects.create(
        code=f"c{Case.objects.count()}", flow=flow, pack="p", class_code="C", source="public", text="x",
        lon=WEST + column * SIDE, lat=SOUTH + row * SIDE, changed_at=moment(3), **given,
    )  # fmt: skip


def rated(town: Town, month: datetime.date = MAY) -> dict[str, GridRating]:
    run = town.do(RateMonth(month), "supervision")
    return {one.version.grid.code: one for one in run.ratings.select_related("version__grid")}


@pytest.mark.parametrize(
    ("cases", "colour", "why"),
    [
        ([], "green", "没有到期案件"),
        ([{}] * 9 + [{"late": True}], "green", "均达标"),
        ([{}] * 8 + [{"late": True}] * 2, "yellow", "低于 90%"),
        ([{}] * 6 + [{"late": True}] * 4, "red", "低于 70%"),
        ([{}] * 2 + [{"ended_at": None, "due": moment(20)}], "red", "低于 70%"),
        ([{}] * 7 + [{"returns": 1}] * 3, "yellow", "三成以上被退回"),
        ([{"confidential": True, "late": True}] * 5, "green", "没有到期案件"),
    ],
)
def test_the_colour_of_a_grid_comes_from_its_cases(town: Town, cases: list[Any], colour: str, why: str) -> None:
    town.draw("A", square(0, 0))
    for values in cases:
        case(**values)
    found = rated(town)["A"]
    assert (found.colour, why in sentence(found.rating)) == (colour, True)


def test_a_case_counts_for_the_grid_that_stood_when_it_was_reported(town: Town) -> None:
    grid = town.draw("A", square(0, 0))
    line = {"type": "LineString", "coordinates": [[WEST + SIDE / 2, SOUTH - 1], [WEST + SIDE / 2, SOUTH + 1]]}
    town.do(SplitGrid(grid.pk, 1, line, ("A1", "A2"), None, datetime.date(2024, 5, 10)))
    case(0.2, opened_at=moment(2))
    case(0.2, opened_at=moment(12), ended_at=moment(13))
    case(0.8, opened_at=moment(12), ended_at=moment(13))
    found = rated(town)
    assert {code: one.figures["reported"]["value"] for code, one in found.items()} == {"A": 1, "A1": 1, "A2": 1}


def test_pay_goes_by_tier_and_days_with_its_reason(town: Town) -> None:
    grid = town.draw("A", square(0, 0))
    town.do(Appoint(grid.pk, "head", "赵一", "", FIRST))
    member = town.do(Appoint(grid.pk, "member", "钱二", "", FIRST))
    town.do(Replace(member.pk, 1, "孙三", "", datetime.date(2024, 5, 11)))
    rated(town)
    pays = {pay.service.person: pay for pay in StaffPay.objects.select_related("service")}
    assert {name: (pay.days, pay.fen) for name, pay in pays.items()} == {
        "赵一": (31, 60000), "钱二": (10, 19355), "孙三": (21, 40645),
    }  # fmt: skip
    assert "10" in sentence(pays["钱二"].pay) and "60,000" in sentence(pays["钱二"].pay)


def test_a_month_is_computed_anew_until_it_is_published_and_then_locked(town: Town) -> None:
    town.draw("A", square(0, 0))
    run = town.do(RateMonth(MAY), "supervision")
    case(late=True)
    assert town.do(RateMonth(MAY), "supervision").pk == run.pk
    run.refresh_from_db()
    with pytest.raises(Conflict):
        town.do(PublishRatings(run.pk, 1), "supervision")
    town.do(PublishRatings(run.pk, run.row_version), "supervision")
    case(late=False)
    with pytest.raises(NotNow):
        town.do(RateMonth(MAY), "supervision")
    assert run.ratings.get().colour == "red"


def test_a_month_that_runs_is_not_rated_and_only_the_office_rates(town: Town) -> None:
    town.draw("A", square(0, 0))
    with pytest.raises(Invalid):
        town.do(RateMonth(TODAY), "supervision")
    for role in ("town", "leader", "auditor", "desk"):
        with pytest.raises(Denied):
            town.do(RateMonth(MAY), role)


def test_a_town_sees_published_months_and_its_own_grids_alone(town: Town) -> None:
    town.draw("A", square(0, 0))
    town.draw("B", square(-5, 0), unit=town.county.unit("城关镇").pk, role="supervision")
    run = town.do(RateMonth(MAY), "supervision")
    own, office = town.context("town").actor, town.context("supervision").actor
    assert (visible_runs(own).count(), visible_runs(office).count()) == (0, 1)
    run.refresh_from_db()
    town.do(PublishRatings(run.pk, run.row_version), "supervision")
    assert [row.rating.version.grid.code for row in ratings(RatingRun.objects.get()).all_lines(own, {})] == ["A"]
    assert [row.rating.version.grid.code for row in ratings(RatingRun.objects.get()).all_lines(office, {})] == [
        "A",
        "B",
    ]


def test_the_example_rules_have_a_source_each_and_say_that_nobody_checked_them() -> None:
    scheme = scheme_of(EXAMPLE.read_text(encoding="utf-8"))
    assert all(one.source and one.unverified for one in (*scheme.rules, *scheme.tiers))
    assert {tier.colour for tier in scheme.tiers} == {"red", "yellow", "green"}
    assert scheme.rules[-1].when == ""


def test_a_county_sets_its_own_rules_from_a_day_on_and_broken_ones_are_told(town: Town) -> None:
    town.draw("A", square(0, 0))
    own = 'version = "x"\ntiers = []\n[[rules]]\ncolour = "red"\nzh = "一律红牌"\nen = "always red"\n'
    Setting.objects.create(name="grids.rating", value=own, valid_from=MAY)
    assert rated(town)["A"].colour == "red"
    assert rated(town, datetime.date(2024, 4, 1))["A"].colour == "green"
    Setting.objects.update(value="rules = 3")
    with pytest.raises(Invalid) as refused:
        town.do(RateMonth(MAY), "supervision")
    assert refused.value.field == "rules"
    Setting.objects.update(value=own + 'when = "in_time < 70%"\n')
    with pytest.raises(Invalid) as refused:
        town.do(RateMonth(MAY), "supervision")
    assert "[1] 规则第 13 个字符“%”处读不懂,此处应为小数(80% 写作 0.8)" in str(refused.value)


def test_gaps_and_the_order_of_replacement_are_told(town: Town) -> None:
    grid = town.draw("A", square(0, 0))
    head = town.do(Appoint(grid.pk, "head", "赵一", "", FIRST))
    second = town.do(Replace(head.pk, 1, "钱二", "", TODAY))
    town.do(Replace(second.pk, 1, "孙三", "", TODAY + datetime.timedelta(days=5)))
    row = teams(town.context().actor, TODAY)[0]
    assert ([one.person for one in row.heads], row.gaps) == (["钱二"], 3)
    assert [severity for severity, _words in row.findings] == ["warning"]
    assert [[one.person for one in chain] for chain in chains(services_of([grid.pk]))] == [["赵一", "钱二", "孙三"]]


def test_a_second_head_a_fourth_member_and_the_same_person_twice_are_refused(town: Town) -> None:
    grid = town.draw("A", square(0, 0))
    for n, post in enumerate(("head", "member", "member", "member")):
        town.do(Appoint(grid.pk, post, f"人{n}", "", FIRST))
    for post, person, field in (("head", "x", "post"), ("member", "x", "post"), ("member", "人1", "person")):
        with pytest.raises(Invalid) as refused:
            town.do(Appoint(grid.pk, post, person, "", TODAY))
        assert refused.value.field == field
    one = Service.objects.get(person="人1")
    town.do(EndService(one.pk, 1, TODAY))
    with pytest.raises(Conflict):
        town.do(EndService(one.pk, 1, TODAY))
    with pytest.raises(NotNow):
        town.do(EndService(one.pk, 2, TODAY))
    town.do(Appoint(grid.pk, "member", "新人", "", TODAY + datetime.timedelta(days=1)))


def test_nobody_is_appointed_in_the_grid_of_another_town(town: Town) -> None:
    other = town.draw("B", square(-5, 0), unit=town.county.unit("城关镇").pk, role="supervision")
    with pytest.raises(Denied):
        town.do(Appoint(other.pk, "head", "赵一", "", FIRST))
    assert Grid.objects.count() == 1
