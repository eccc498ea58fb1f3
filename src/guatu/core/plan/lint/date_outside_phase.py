"""A date that lies outside the stage of the work in which it stands: 2020年底 in a stage of April to June 2021."""

import re
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
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
_DATE = re.compile(
    r"20(?<=[。,;:!\n ]20)(?P<y>\d\d)年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?(?P<part>[底末])?(?:前|之前)?(?=[,在完全各组开启实召集进]|$)"
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
    for match in _DATE.finditer(view.norm, node.title_end, node.end):
        first, last = _interval(match)
        if (begin and last < begin) or (end and first > end):
            yield view.at(KIND, match.start(), match.end(), text=view.raw[match.start() : match.end()], phase=phase.iso)


def _interval(match: re.Match[str]) -> tuple[str, str]:
    year = f"20{match['y']}"
    if not match["m"]:
        return (f"{year}-12-01" if match["part"] else f"{year}-01-01"), f"{year}-12-31"
    month = f"{year}-{int(match['m']):02d}"
    if not match["d"]:
        return f"{month}-01", f"{month}-31"
    day = f"{month}-{int(match['d']):02d}"
    return day, day
