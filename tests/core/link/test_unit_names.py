"""Names of units in plans, against a small invented county."""

import pytest

from guatu.core.link.unit_names import NamedUnit, UnitNames, group_of, is_vague

WATER, HOUSING, PLANNING, FINANCE, MARKET, RIVER_TOWN, HILL_TOWN, EAST_STREET = range(1, 9)

NAMES = UnitNames(
    [
        NamedUnit(WATER, "青禾县水利局"),
        NamedUnit(HOUSING, "青禾县住房和城乡建设局", ("县住建局",)),
        NamedUnit(PLANNING, "青禾县自然资源和规划局"),
        NamedUnit(FINANCE, "青禾县财政局"),
        NamedUnit(MARKET, "青禾县市场监督管理局"),
        NamedUnit(RIVER_TOWN, "临溪镇", town=True),
        NamedUnit(HILL_TOWN, "麦岭乡人民政府", town=True),
        NamedUnit(EAST_STREET, "东关街道办事处", town=True),
    ]
)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("青禾县水利局", WATER),
        ("县水利局", WATER),
        ("水利局", WATER),
        ("县住建局", HOUSING),
        ("县住房城乡建设局", HOUSING),
        ("县市场监督管理局", MARKET),
        ("市场监督管理局", MARKET),
        ("临溪镇人民政府", RIVER_TOWN),
        ("麦岭乡", HILL_TOWN),
        ("东关街道", EAST_STREET),
    ],
)
def test_a_name_that_differs_only_in_its_county_level_or_ending_is_known(text: str, unit: int) -> None:
    assert NAMES.known(text) == unit


@pytest.mark.parametrize("text", ["县自规局", "市财政局", "县水利利局", "各镇", "某某公司", ""])
def test_a_name_that_is_only_alike_or_of_another_level_is_not_taken_as_known(text: str) -> None:
    assert NAMES.known(text) is None


def test_a_name_that_two_units_bear_is_not_taken_as_known() -> None:
    both = UnitNames([NamedUnit(1, "青禾县水利局", ("水办",)), NamedUnit(2, "青禾县农业农村局", ("水办",))])
    assert both.known("水办") is None
    assert {s.id for s in both.suggest("水办")} == {1, 2}


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("县自规局", PLANNING, "abbreviation"),
        ("县水利利局", WATER, "similar"),
        ("市财政局", FINANCE, "ending"),
        ("县住建局", HOUSING, "alias"),
    ],
)
def test_the_first_suggestion_is_the_likeliest_and_says_why(text: str, unit: int, why: str) -> None:
    first = NAMES.suggest(text)[0]
    assert (first.id, first.why) == (unit, why)


def test_a_unit_of_another_level_is_suggested_with_less_confidence() -> None:
    assert NAMES.suggest("市财政局")[0].score < NAMES.suggest("县财政局")[0].score


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("各镇", "townships"),
        ("各乡镇", "townships"),
        ("各乡镇人民政府", "townships"),
        ("各镇（街道）", "towns"),
        ("各乡（镇）人民政府、街道办事处", "towns"),
        ("各镇街", "towns"),
        ("各街道办事处", "streets"),
        ("全县各乡镇", "townships"),
        ("各相关部门", None),
        ("城关镇", None),
        ("各镇有关部门", None),
    ],
)
def test_collective_names_of_towns_are_told_apart(text: str, kind: str | None) -> None:
    assert group_of(text) == kind


@pytest.mark.parametrize(
    "text", ["各相关部门", "有关单位", "相关镇", "县直各有关部门", "各行业主管部门", "领导小组成员单位"]
)
def test_a_name_that_stands_for_nobody_in_particular_is_vague(text: str) -> None:
    assert is_vague(text)


@pytest.mark.parametrize("text", ["各镇", "县水利局", "东关街道办事处", "县自来水公司"])
def test_a_name_of_somebody_is_not_vague(text: str) -> None:
    assert not is_vague(text)
