"""What villages owe the public: who is shown what is missing, and since when it counts."""

from __future__ import annotations

import datetime

import pytest

from guatu.web.public.selectors.disclosing import duties
from tests.web.public.conftest import Board

pytestmark = pytest.mark.django_db
MAY = "2026-05"


def of(board: Board, role: str, kind: str = "finance_monthly") -> dict[tuple[str, str], str]:
    found = duties(board.context(role).actor)
    return {(one.village.name, one.period): one.state for one in found if one.kind.of.name == kind}


def test_nothing_is_owed_before_the_county_says_since_when(board: Board) -> None:
    board.hung()
    assert duties(board.context().actor) == []
    assert "还没有设置从哪一天起统计" in board.as_("supervision").get("/disclosure/").content.decode()


def test_what_is_missing_is_shown_to_the_village_its_town_and_the_supervision_office(board: Board) -> None:
    board.setting("public.since", "2026-04-01")
    county = of(board, "supervision")
    assert len(county) == 20 and set(county.values()) == {"late", "open"}
    assert county["柳林东村", "2026-04"] == "late" and county["柳林东村", MAY] == "open"
    assert {village for village, _period in of(board, "town")} == {"柳林东村", "柳林西村"}
    assert {village for village, _period in of(board, "village")} == {"柳林东村"}
    # The first quarter began before; the second is not over.
    assert of(board, "supervision", "party_affairs") == {}
    page = board.as_("town").get("/disclosure/?state=late").content.decode()
    assert "柳林西村" in page and "城关东村" not in page


def test_it_is_done_when_it_hangs_and_owed_again_when_it_was_withdrawn(board: Board) -> None:
    board.setting("public.since", "2026-04-01")
    table = "2026-05-03\t卖树\t1200\t\t"
    rows = [
        board.put_up(board.of_village("finance_monthly", period=period, text="", table=table), "town")
        for period in ("2026-04", MAY)
    ]
    found = of(board, "village")
    assert found == {("柳林东村", "2026-04"): "done-late", ("柳林东村", MAY): "done"}
    board.withdraw(rows[1])
    assert of(board, "village")["柳林东村", MAY] == "open"
    board.day += datetime.timedelta(days=1)
    assert of(board, "village")["柳林东村", MAY] == "late"
