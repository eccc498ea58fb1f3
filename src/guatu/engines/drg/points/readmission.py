"""Stays whose patient came back to the same group too soon. Reference, item 9.

The earlier stay keeps a share of its points. Planned stays and exempt groups (courses of radio- or chemotherapy) are no
readmissions; neither are stays without a patient or a group.
"""

import numpy as np
from numpy.typing import NDArray

from guatu.engines.drg.parameters.terms import Terms
from guatu.engines.drg.stays.columns import Ints, Stays


def followed(stays: Stays, terms: Terms) -> Ints:
    """For each stay the position of the stay that was its readmission; -1 where there was none."""
    found = np.full(len(stays), -1, np.int64)
    exempt = np.array([*(word in terms.readmission_exempt for word in stays.group.words), True])[stays.group.at]
    rows = np.flatnonzero(~exempt & (stays.patient.at >= 0) & ~stays.ungrouped)
    by_hospital = terms.readmission_scope == "hospital"
    keys = [stays.patient.at[rows], stays.group.at[rows], *([stays.hospital.at[rows]] if by_hospital else [])]
    rows = rows[_repeated(keys)]
    place = stays.hospital.at[rows] if by_hospital else np.zeros(len(rows), np.int64)
    order = (stays.row[rows], stays.discharged[rows], stays.admitted[rows], stays.group.at[rows], place)
    rows = rows[np.lexsort((*order, stays.patient.at[rows]))]
    before, after = rows[:-1], rows[1:]
    same = (stays.patient.at[before] == stays.patient.at[after]) & (stays.group.at[before] == stays.group.at[after])
    if terms.readmission_scope == "hospital":
        same &= stays.hospital.at[before] == stays.hospital.at[after]
    soon = stays.admitted[after] - stays.discharged[before] <= terms.readmission_days
    taken = same & soon & ~stays.planned[after]
    found[before[taken]] = after[taken]
    return found


def _repeated(keys: list[Ints]) -> NDArray[np.bool_]:
    """Which rows have keys that stand in another row too. Most patients come once: the others are few to sort."""
    found = np.zeros(len(keys[0]), bool)
    at = np.flatnonzero(np.bincount(keys[0])[keys[0]] > 1) if len(found) else np.empty(0, np.int64)
    order = at[np.lexsort([key[at] for key in keys])]
    same = np.ones(max(len(order) - 1, 0), bool)
    for key in keys:
        same &= key[order[1:]] == key[order[:-1]]
    found[order[1:][same]] = True
    found[order[:-1][same]] = True
    return found


def readmitted(stays: Stays, terms: Terms) -> NDArray[np.bool_]:
    """Whether each stay was followed by a readmission. It looks at all stays together: call it before parting them."""
    mask: NDArray[np.bool_] = followed(stays, terms) >= 0
    return mask
