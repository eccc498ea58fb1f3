"""Names that stand for all units of a kind, against a small invented county."""

import pytest

from guatu.core.link.collectives import Kind, Member, collectives_of, members

COUNTY, WATER, RIVER, HILL, EAST, NORTH_VILLAGE, EAST_COMMUNITY = range(1, 8)
UNITS = [
    Member(COUNTY, "青禾县人民政府", "county"),
    Member(WATER, "青禾县水利局", "other"),
    Member(RIVER, "临溪镇人民政府", "town"),
    Member(HILL, "麦岭乡人民政府", "town"),
    Member(EAST, "东关街道办事处", "town"),
    Member(NORTH_VILLAGE, "北塘村", "village"),
    Member(EAST_COMMUNITY, "东关社区", "village"),
]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("各镇", ("townships",)),
        ("各镇（街道）", ("towns",)),
        ("各村", ("villages",)),
        ("各行政村", ("villages",)),
        ("各村（社区）", ("villages",)),
        ("各村居", ("villages",)),
        ("各村民委员会", ("villages",)),
        ("各村“两委”", ("villages",)),
        ("各社区", ("communities",)),
        ("各县（市、区）", ("counties",)),
        ("各县市区", ("counties",)),
        ("各县（市、区）人民政府", ("counties",)),
        ("各区县", ("counties",)),
        ("各镇、各村", ("townships", "villages")),
        ("各乡镇人民政府、各街道办事处", ("townships", "streets")),
    ],
)
def test_a_collective_name_says_which_kinds_it_means(text: str, kinds: tuple[Kind, ...]) -> None:
    assert collectives_of(text) == kinds


@pytest.mark.parametrize(
    "text", ["北塘村", "各村集体经济组织", "县水利局", "各相关部门", "各镇、县水利局", "各县直部门", "各市", "", "各"]
)
def test_any_other_name_is_not_collective(text: str) -> None:
    assert collectives_of(text) == ()
    assert members(text, UNITS) is None


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("各乡镇", [RIVER, HILL]),
        ("各镇(街道)", [RIVER, HILL, EAST]),
        ("各街道", [EAST]),
        ("各村(社区)", [NORTH_VILLAGE, EAST_COMMUNITY]),
        ("各社区", [EAST_COMMUNITY]),
        ("各县(市、区)", [COUNTY]),
        ("各街道、各社区", [EAST, EAST_COMMUNITY]),
    ],
)
def test_a_collective_name_becomes_the_real_units_in_their_order(text: str, ids: list[int]) -> None:
    assert members(text, UNITS) == ids


def test_a_collective_name_without_such_units_is_empty_and_not_unknown() -> None:
    assert members("各村", UNITS[:3]) == []
