"""Whom an MDC takes besides its diagnoses: a condition over the stay, in the one language of conditions.

The published tables write `sex=1`, `sex=2`, `age=0` and `valid_proc`, which the language reads as they are. A condition
is judged once for each sex, age and main procedure that there can be; grouping a million stays only looks that up, and
the readable form looks into the same table: one evaluation, not two.
"""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from guatu.core.rules import Expression, Term, Vocabulary, judge, names, parse

OLDEST: Final = 150
"""Whole years; who is older is as old as this."""
STAY: Final = Vocabulary(
    (
        Term("sex", "number", "性别(1 男 2 女)", "sex (1 male, 2 female)"),
        Term("age", "number", "周岁", "age in whole years", "year"),
        Term("valid_proc", "boolean", "主要手术有效", "the main procedure is valid"),
    )
)


def condition_of(text: str) -> Expression:
    """The condition; without a text every stay is taken. Raises RuleError."""
    return parse(text.strip() or "true", STAY)


@cache
def taken(text: str) -> npt.NDArray[np.bool_]:
    """Whether a stay is taken, by sex (0: not known), whole years up to OLDEST, and whether its main procedure is
    valid."""
    condition = condition_of(text)
    made = np.ones((3, OLDEST + 1, 2), np.bool_)
    asked = names(condition)
    for sex in range(3) if "sex" in asked else (0,):
        for age in range(OLDEST + 1) if "age" in asked else (0,):
            for valid in (False, True) if "valid_proc" in asked else (False,):
                # Of a sex that is not known nobody says which it is: neither of the two conditions holds.
                facts = {"sex": sex or None, "age": age, "valid_proc": valid}
                holds = judge(condition, facts, STAY).verdict == "yes"
                place = tuple(
                    value if name in asked else slice(None)
                    for name, value in (("sex", sex), ("age", age), ("valid_proc", int(valid)))
                )
                made[place] = holds
    return made


@cache
def facts_of(text: str) -> tuple[str, ...]:
    """What the condition asks of."""
    return names(condition_of(text))


def years(age: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Whole years as places of the table; an age that is missing or no age stands at 0, and its stay is refused."""
    whole: npt.NDArray[np.int64] = np.clip(np.nan_to_num(age), 0, OLDEST).astype(np.int64)
    return whole


@cache
def asks_for(text: str, sex: int) -> bool:
    """Whether the condition takes stays of this sex and none of the other."""
    table = taken(text)
    return bool(table[sex].any() and not table[3 - sex].any())
