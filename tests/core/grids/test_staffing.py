"""One head and three members on every day; replacements follow each other without a gap."""

from datetime import date

import pytest

from guatu.core.grids.staffing import Service, check_staffing, days_served, replace, team_on

START, DAY = date(2026, 1, 1), date(2026, 3, 15)
FULL = (
    Service("1-01", "head", "江岚", START),
    Service("1-01", "member", "石磊", START),
    Service("1-01", "member", "方晴", START),
    Service("1-01", "member", "杜若", START),
)


def messages(services: tuple[Service, ...], day: date = DAY) -> list[str]:
    return [finding.message("zh") for finding in check_staffing(services, ["1-01"], day)]


def test_a_full_team_has_no_findings() -> None:
    assert messages(FULL) == []
    assert team_on(FULL, "1-01", DAY).heads == ("江岚",)


def test_a_replacement_keeps_the_history_and_the_team() -> None:
    services, new = replace(FULL, "1-01", "石磊", "柳叶", DAY)
    assert new.replaces == "石磊"
    assert team_on(services, "1-01", date(2026, 3, 14)).members == ("方晴", "杜若", "石磊")
    assert team_on(services, "1-01", DAY).members == ("方晴", "杜若", "柳叶")
    assert messages(services) == []
    month = date(2026, 3, 1), date(2026, 3, 31)
    assert sum(days_served(one, *month) for one in services if one.post == "member") == 3 * 31


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        (FULL[1:], ["网格“1-01”在 2026-03-15 没有网格长;请任命"]),
        ((*FULL, Service("1-01", "head", "陆川", START)), ["网格“1-01”在 2026-03-15 有 2 名网格长;请只留一名"]),
        (FULL[:3], ["网格“1-01”在 2026-03-15 有 2 名网格员,应为 3 名;请补齐或调整"]),
        (
            (*FULL, Service("1-01", "head", "石磊", date(2026, 6, 1))),
            ["“石磊”在网格“1-01”的任职时间重叠(自 2026-06-01);请更正日期"],
        ),
        (
            (*FULL[:3], Service("1-01", "member", "柳叶", START, replaces="无名")),
            ["“柳叶”接替的“无名”没有在网格“1-01”任同一岗位;请更正"],
        ),
        (
            (*FULL[:3], Service("1-01", "member", "杜若", START, date(2026, 2, 1)), Service("1-01", "member", "柳叶", date(2026, 2, 5), replaces="杜若")),
            ["网格“1-01”由“柳叶”接替“杜若”时空缺 3 天;请核对交接日期"],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_team_is_said(services: tuple[Service, ...], expected: list[str]) -> None:
    assert messages(services) == expected


def test_who_does_not_serve_cannot_be_replaced() -> None:
    with pytest.raises(ValueError):
        replace(FULL, "1-01", "无名", "柳叶", DAY)
    with pytest.raises(ValueError):
        Service("1-01", "head", "江岚", DAY, START)
