"""A date that lies outside the stage of the work in which it stands: 2020年底 in a stage of April to June 2021."""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.dates import first_day, last_day
from guatu.core.plan.lint.view import LintView
from guatu.core.plan.model import Phase
from guatu.core.plan.outline.model import Node, OutlineDocument

KIND = Kind(
    "plan.date-outside-phase",
    "error",
    zh="“{text}”不在本阶段（{phase}）之内，请核对",
    en="{text} lies outside this stage ({phase}): check the date",
)

# Dates that open a clause: what is to happen then happens in this stage.
_DATE = regex(
    r"20(?<=[。,;:!\n ]20)(?P<y>\d\d)年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?(?P<part>[底末])?(?:前|之前)?(?=[,"
    r"在完全各组开启实召集进]|$)"
)


def check(view: LintView) -> Iterator[Finding]:
    for outline, document in zip(view.outline.documents, view.documents, strict=True):
        if document.phases:
            nodes = _by_path(outline)
            for phase in document.phases:
                node = nodes.get(tuple(phase.path))
                if node is not None:
                    yield from _in_phase(view, phase, node)


def _by_path(outline: OutlineDocument) -> dict[tuple[str, ...], Node]:
    return {node.path: node for node in outline.nodes()}


def _in_phase(view: LintView, phase: Phase, node: Node) -> Iterator[Finding]:
    begin, end = first_day(phase.iso), last_day(phase.iso)
    yield from _without_year(view, phase, node)
    for match in _DATE.finditer(view.norm, node.title_end, node.end):
        first, last = _interval(match)
        if (begin and last < begin) or (end and first > end):
            yield view.at(KIND, match.start(), match.end(), text=view.raw[match.start() : match.end()], phase=phase.iso)


def _without_year(view: LintView, phase: Phase, node: Node) -> Iterator[Finding]:
    """5月底前 in a stage of one year: the year is that of the stage."""
    bounds = _MONTHS.findall(phase.iso)
    years = {year for year, _, _ in bounds}
    if len(bounds) != 2 or len(years) != 1:
        return
    first, last = ((int(month), int(day or default)) for (_, month, day), default in zip(bounds, (1, 31), strict=True))
    for match in _MONTH_ONLY.finditer(view.norm, node.title_end, node.end):
        month, day = int(match["m"]), int(match["d"]) if match["d"] else None
        if (month, day or 31) < first or (month, day or 1) > last:
            yield view.at(KIND, match.start(), match.end(), text=view.raw[match.start() : match.end()], phase=phase.iso)


_MONTHS = regex(r"(\d{4}|-)-(\d\d)(?:-(\d\d))?(?=/|$)")
_MONTH_ONLY = regex(
    r"(?<=[。,;:!\n])(?P<m>1[0-2]|[1-9])月(?:(?P<d>\d{1,2})日|底)?前(?=[,在完全各组开启实召集进制形报建])"
)


def _interval(match: re.Match[str]) -> tuple[str, str]:
    year = f"20{match['y']}"
    if not match["m"]:
        return (f"{year}-12-01" if match["part"] else f"{year}-01-01"), f"{year}-12-31"
    month = f"{year}-{int(match['m']):02d}"
    if not match["d"]:
        return f"{month}-01", f"{month}-31"
    day = f"{month}-{int(match['d']):02d}"
    return day, day
