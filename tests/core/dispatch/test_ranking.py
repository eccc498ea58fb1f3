"""Units are ranked by their lights, and each place says why."""

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.dispatch.delivery import Delivery
from guatu.core.dispatch.ranking import HOW, Place, Tally, green_share, ranking, tally, total
from guatu.core.kernel.explained import Explained, Unknown

ON = date(2026, 7, 8)

tallies = st.lists(
    st.builds(
        Tally,
        unit=st.text("甲乙丙丁", min_size=1, max_size=3),
        green=st.integers(0, 6),
        amber=st.integers(0, 6),
        red=st.integers(0, 6),
        grey=st.integers(0, 3),
        due=st.integers(3, 6),
        reported=st.integers(0, 3),
    ),
    max_size=12,
)


def ranks(rows: list[Tally]) -> dict[str, int | None]:
    return {p.tally.unit: p.rank.value if isinstance(p.rank, Explained) else None for p in ranking(rows)}


def test_the_larger_share_of_green_comes_first() -> None:
    rows = [Tally("水利局", green=3, red=1), Tally("城关镇", green=9, amber=1), Tally("财政局", red=2)]
    assert ranks(rows) == {"城关镇": 1, "水利局": 2, "财政局": 3}


def test_equal_shares_are_parted_by_the_reports_that_came() -> None:
    rows = [Tally("水利局", green=1, red=1, due=3, reported=2), Tally("城关镇", green=2, red=2, due=3, reported=3)]
    assert ranks(rows) == {"城关镇": 1, "水利局": 2}


def test_equal_units_share_a_place_and_the_next_one_is_left_out() -> None:
    rows = [
        Tally("甲", green=1, red=2, due=3, reported=3),
        Tally("乙", green=2, red=4, due=6, reported=6),
        Tally("丙", green=1),
        Tally("丁", red=1),
    ]
    assert ranks(rows) == {"丙": 1, "甲": 2, "乙": 2, "丁": 4}


def test_a_unit_without_a_judged_light_has_no_place_and_says_why() -> None:
    place = ranking([Tally("水利局", grey=2)])[0]
    assert isinstance(place.rank, Unknown)
    assert place.rank.sentence() == "没有已判定的灯(灰灯 2项),不排名"


def test_a_place_says_why() -> None:
    place = ranking([Tally("水利局", green=5, red=1, due=6, reported=5), Tally("丁", red=1)])[0]
    assert isinstance(place.rank, Explained)
    assert place.rank.sentence() == "绿灯率 83.3333%(5/6),已报 5/应报 6,2个单位中列第 1"
    assert place.rank.source == HOW.zh


def test_grey_lights_do_not_count_in_the_share() -> None:
    share = green_share(Tally("水利局", green=1, grey=9))
    assert isinstance(share, Explained) and share.value == 1.0


def test_reports_are_counted_on_the_day() -> None:
    rows = [
        Delivery("水利局", "2026-06", date(2026, 7, 5), date(2026, 7, 3)),
        Delivery("水利局", "2026-06", date(2026, 7, 5), date(2026, 7, 7)),
        Delivery("水利局", "2026-06", date(2026, 7, 5)),
        Delivery("水利局", "2026-06", date(2026, 7, 20)),
    ]
    assert tally("水利局", ["red", "grey", "red"], rows, ON) == Tally(
        "水利局", red=2, grey=1, due=3, reported=2, in_time=1
    )


@given(tallies)
def test_every_unit_stands_once_and_the_better_never_after_the_worse(rows: list[Tally]) -> None:
    places = ranking(rows)
    assert sorted(map(repr, rows)) == sorted(repr(p.tally) for p in places)
    known = [p for p in places if isinstance(p.rank, Explained)]
    assert places[: len(known)] == known
    shares = [p.tally.green / p.tally.judged for p in known]
    assert shares == sorted(shares, reverse=True)
    for place in known:
        better = sum(_key(other) > _key(place) for other in known)
        assert isinstance(place.rank, Explained) and place.rank.value == better + 1


def _key(place: Place) -> tuple[float, float]:
    row = place.tally
    return round(row.green / row.judged, 9), round(row.reported / row.due, 9)


@given(tallies)
def test_a_sum_is_the_sum_of_its_parts(rows: list[Tally]) -> None:
    whole = total("合计", rows)
    assert whole.judged == sum(row.judged for row in rows)
    assert (whole.grey, whole.reported) == (sum(r.grey for r in rows), sum(r.reported for r in rows))


def test_a_place_survives_json() -> None:
    place = ranking([Tally("水利局", green=1, due=1, reported=1)])[0]
    assert msgspec.json.decode(msgspec.json.encode(place), type=Place) == place
