"""Which stays belong to a time: those discharged in it."""

from datetime import date, timedelta

import numpy as np

from guatu.engines.drg.stays.columns import Stays
from guatu.engines.drg.stays.findings import OUTSIDE_TIME
from guatu.engines.drg.stays.problems import Problems

EPOCH = date(1970, 1, 1)


def within(stays: Stays, problems: Problems, first: date, last: date) -> tuple[Stays, Problems]:
    """The stays discharged from `first` to `last`; each other is a problem."""
    inside = (stays.discharged >= (first - EPOCH).days) & (stays.discharged <= (last - EPOCH).days)
    if inside.all():
        return stays, problems
    rows, days = stays.row[~inside], stays.discharged[~inside]
    # Rows rise, so the place of one is found by search.
    more = Problems()
    more.add(
        OUTSIDE_TIME,
        "discharged",
        rows,
        lambda row: {
            "value": (EPOCH + timedelta(days=int(days[np.searchsorted(rows, row)]))).isoformat(),
            "first": first.isoformat(),
            "last": last.isoformat(),
        },
    )
    return stays.take(inside), problems.extended(more)
