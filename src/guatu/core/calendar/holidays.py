"""The holidays that the law itself fixes, for years whose notice has not come yet.

Source: 全国年节及纪念日放假办法, art. 2, as amended by State Council decree 644 (from 2014) and decree 795 (from
2025-01-01: 除夕 and 2 May were added). Which days around them are off and which weekends are worked is said by the yearly
notice alone; the days below are off in every year, whatever it says.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from guatu.core.calendar.working import DayRow

# By year the first day of the lunar year, of which 春节 begins, 端午节 (5th of the 5th month) and 中秋节 (15th of the
# 8th). Computed from new moons and solar terms in Beijing time (GB/T 33661-2017) with PyEphem 4.2.1, and equal to the
# tables of two other programs but for 中秋节 of 2089, whose new moon falls within minutes of midnight.
_LUNAR: Final = """
    2020 0125 0625 1001   2021 0212 0614 0921   2022 0201 0603 0910   2023 0122 0622 0929   2024 0210 0610 0917
    2025 0129 0531 1006   2026 0217 0619 0925   2027 0206 0609 0915   2028 0126 0528 1003   2029 0213 0616 0922
    2030 0203 0605 0912   2031 0123 0624 1001   2032 0211 0612 0919   2033 0131 0601 0908   2034 0219 0620 0927
    2035 0208 0610 0916   2036 0128 0530 1004   2037 0215 0618 0924   2038 0204 0607 0913   2039 0124 0527 1002
    2040 0212 0614 0920   2041 0201 0603 0910   2042 0122 0622 0928   2043 0210 0611 0917   2044 0130 0531 1005
    2045 0217 0619 0925   2046 0206 0608 0915   2047 0126 0529 1004   2048 0214 0615 0922   2049 0202 0604 0911
    2050 0123 0623 0930   2051 0211 0613 0919   2052 0201 0601 0907   2053 0219 0620 0926   2054 0208 0610 0916
    2055 0128 0530 1005   2056 0215 0617 0924   2057 0204 0606 0913   2058 0124 0625 1002   2059 0212 0614 0921
    2060 0202 0603 0909   2061 0121 0622 0928   2062 0209 0611 0917   2063 0129 0601 1006   2064 0217 0619 0925
    2065 0205 0608 0915   2066 0126 0528 1003   2067 0214 0616 0923   2068 0203 0604 0911   2069 0123 0623 0929
    2070 0211 0613 0919   2071 0131 0602 0908   2072 0219 0620 0926   2073 0207 0610 0916   2074 0127 0530 1005
    2075 0215 0617 0924   2076 0205 0606 0912   2077 0124 0624 1001   2078 0212 0614 0920   2079 0202 0604 0910
    2080 0122 0622 0928   2081 0209 0611 0917   2082 0129 0601 1006   2083 0217 0619 0926   2084 0206 0607 0914
    2085 0126 0527 1003   2086 0214 0615 0922   2087 0203 0605 0911   2088 0124 0623 0929   2089 0210 0613 0918
    2090 0130 0602 0908   2091 0218 0621 0927   2092 0207 0609 0916   2093 0127 0529 1005   2094 0215 0617 0924
    2095 0205 0606 0913   2096 0125 0624 0930   2097 0212 0614 0920   2098 0201 0604 0909   2099 0121 0623 0929
    2100 0209 0612 0918
"""
_DAYS: Final = {
    int(row[0]): tuple(date(int(row[0]), int(text[:2]), int(text[2:])) for text in row[1:])
    for row in zip(*[iter(_LUNAR.split())] * 4, strict=True)
}
FIRST_YEAR, LAST_YEAR = min(_DAYS), max(_DAYS)
"""Years for which the lunar days are known here."""
_SINCE_2025: Final = 2025
_ONE: Final = timedelta(days=1)


@lru_cache(maxsize=200)
def fixed_holidays(year: int) -> tuple[DayRow, ...]:
    """The days off of a year by the law, in order. Raises `KeyError` for a year without lunar days here."""
    return tuple(sorted((DayRow(day, False, name) for day, name in _named(year)), key=lambda row: row.day))


def missing_days(year: int, rows: Iterable[DayRow]) -> list[DayRow]:
    """The holidays that the law fixes and of which no row speaks: a notice of the whole year names each of them."""
    # A row that says a fixed day is worked speaks of it too: the notice decides.
    named = {row.day for row in rows}
    return [row for row in fixed_holidays(year) if row.day not in named]


def _named(year: int) -> Iterator[tuple[date, str]]:
    new_year, dragon_boat, mid_autumn = _DAYS[year]
    yield date(year, 1, 1), "元旦"
    if year >= _SINCE_2025:
        yield new_year - _ONE, "除夕"
        yield date(year, 5, 2), "劳动节"
    for n in range(3):
        yield new_year + n * _ONE, "春节"
        yield date(year, 10, 1 + n), "国庆节"
    yield qingming(year), "清明节"
    yield date(year, 5, 1), "劳动节"
    yield dragon_boat, "端午节"
    yield mid_autumn, "中秋节"


def qingming(year: int) -> date:
    """The day on which the sun stands at 15 degrees, 2001 to 2100: 4 or 5 April.

    The rule of thumb of almanacs for one century, checked against the computed term for every year of the table. 2100
    is no leap year, which the rule does not know.
    """
    of_century = year % 100
    return date(year, 4, 5 if year == 2100 else int(of_century * 0.2422 + 4.81) - of_century // 4)
