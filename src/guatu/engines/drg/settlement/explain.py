"""A hospital's or a stay's figures as text: down to each stay, computed by the readable form."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from guatu.core.kernel.explained import Explained, Unknown, explain
from guatu.core.kernel.finding import Language
from guatu.engines.drg.points.one import points_of
from guatu.engines.drg.settlement.year import Year


def stay_points(year: Year, at: int) -> "Explained[Any] | Unknown":
    """The points of the stay at a position, with everything that went in."""
    case = year.case(at)
    again = bool(year.readmitted[at])
    return points_of(
        case, year.weights, year.terms_of(at), readmitted=again, review=year.reviews.get(case.id)
    )  # fmt: skip


def rows_of(year: Year, code: str) -> list[int]:
    """The positions of a hospital's stays."""
    words = year.stays.hospital.words
    if code not in words:
        return []
    return np.flatnonzero(year.stays.hospital.at == words.index(code)).tolist()


def explained_hospital(year: Year, code: str, language: Language) -> Iterator[str]:
    """The clearing of a hospital with all that it is made of, then one line for each of its stays. Nothing if
    unknown."""
    figures = year.settlement.of(code)
    if figures is None:
        return
    yield f"{figures.code} {figures.name}".rstrip()
    yield explain(figures.clearing, language)
    yield explain(figures.entitlement, language)
    for at in rows_of(year, code):
        yield f"{year.stays.id[at]}: {stay_points(year, at).sentence(language)}"


def explained_stay(year: Year, id_: str, language: Language) -> str | None:
    """The points of a stay with all that they are made of; None when no valid stay has the id."""
    found = np.flatnonzero(year.stays.id == id_)
    return explain(stay_points(year, int(found[0])), language) if len(found) else None
