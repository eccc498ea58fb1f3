from guatu.core.dispatch.peers import unlike_peers

COVER = {"东岭镇": 91.0, "西河镇": 92.5, "南坪乡": 90.0, "北山镇": 93.0, "石桥镇": 91.5, "云台乡": 92.0, "青林镇": 55.0}


def test_a_town_unlike_the_others_is_named_with_its_numbers() -> None:
    (found,) = unlike_peers("覆盖率", COVER, "%")
    assert found.message() == "青林镇“覆盖率”55%,7 个单位的中位数为 91.5%,偏离度 -24.6 超过 3.5;请复核"
    assert found.message("en") == (
        "青林镇: “覆盖率” is 55% where the median of 7 is 91.5%; its score -24.6 exceeds 3.5; have it checked"
    )


def test_one_odd_town_does_not_hide_another() -> None:
    assert {one.row for one in unlike_peers("覆盖率", COVER | {"石桥镇": 20.0})} == {"青林镇", "石桥镇"}


def test_with_fewer_than_six_towns_nobody_is_called_odd() -> None:
    assert unlike_peers("覆盖率", dict(list(COVER.items())[-5:])) == []


def test_towns_that_are_all_alike_are_left_alone() -> None:
    assert unlike_peers("覆盖率", dict.fromkeys(COVER, 90.0)) == []
