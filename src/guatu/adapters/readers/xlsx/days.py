"""Days that a sheet shows as numbers: 46203 under 完成时限 is 2026年6月30日 whose cell lost its format."""

import datetime
import re
from collections.abc import Iterator, Sequence

from guatu.adapters.readers.xlsx.values import date_text

_HEAD = re.compile(r".{0,12}(?:时限|时间|日期|期限|截止|节点)(?:要求)?")
_NUMBER = re.compile(r"\d{5}")
_FIRST, _LAST = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
"""Plans are for days of this century; a number of another day is a number."""
_HEAD_ROWS = 4


def days(values: Sequence[Sequence[str]], rows: Sequence[int], day_0: datetime.date) -> Iterator[tuple[int, int, str]]:
    """The cells of a table that hold the number of a day, with that day: row, column, text.

    Only under a head that names a time: elsewhere 46203 may be metres.
    """
    width = max(len(values[row]) for row in rows)
    for column in range(width):
        heads = (index for index, row in enumerate(rows[:_HEAD_ROWS]) if _HEAD.fullmatch(values[row][column]))
        head = next(heads, None)
        for row in () if head is None else rows[head + 1 :]:
            text = values[row][column].strip()
            if _NUMBER.fullmatch(text):
                day = day_0 + datetime.timedelta(days=int(text))
                if _FIRST <= day <= _LAST:
                    yield row, column, date_text(day)
