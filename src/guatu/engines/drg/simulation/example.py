"""The files of the region that does not exist: history of two years, a year of stays, hospitals, approved
parameters."""

import re
from datetime import date
from typing import Any

from guatu.engines.drg.content import PARAMETERS
from guatu.engines.drg.parameters import digest_of, load_set
from guatu.engines.drg.simulation.region import hospitals_table, stays_table

YEAR = 2026
BASE_YEARS = 2
APPROVERS = ("示例审批人甲", "示例审批人乙")
_FUND_SHARE = 95
"""The budget in hundredths of what the stays claim: a little less than they ask for, as budgets are."""


def example_tables(stays: int, hospitals: int, seed: int) -> dict[str, Any]:
    """Arrow tables by the names of their files; the history has as many stays as the year."""
    import pyarrow as pa

    years = [stays_table(stays // BASE_YEARS, hospitals, YEAR - n, seed) for n in range(BASE_YEARS, 0, -1)]
    return {
        "history": pa.concat_tables(years, promote_options="default").unify_dictionaries().combine_chunks(),
        "stays": stays_table(stays, hospitals, YEAR, seed),
        "hospitals": hospitals_table(hospitals, seed),
    }


def example_parameters(stays: Any) -> str:
    """The text of the example set, with a budget that fits the stays, approved by two people who do not exist."""
    import pyarrow as pa
    import pyarrow.compute as pc

    claims = pc.sum(stays.column("fund").cast(pa.decimal128(18, 2))).as_py()
    budget = int(claims) * _FUND_SHARE // 100
    text = PARAMETERS.read_text(encoding="utf-8")
    text = re.sub(r"(\[\[parameters\.budget\]\]\nvalue = )\d+", rf"\g<1>{budget}", text)
    chosen, findings = load_set(text, PARAMETERS.name)
    assert chosen is not None, findings
    digest = digest_of(chosen)
    on = date(YEAR - 1, 12, 25).isoformat()
    rows = (f'\n[[approval]]\nby = "{name}"\non = {on}\ndigest = "{digest}"\n' for name in APPROVERS)
    return text + "".join(rows)
