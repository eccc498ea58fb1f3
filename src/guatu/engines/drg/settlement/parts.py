"""A province's year in parts: each file of stays on its own, on this machine or on a cluster, and the sums together.

A hospital's stays are in one part, since readmissions and the cap of special review count within it; what would need to
see all stays at once is refused. Only whole numbers come back from a part, and the ids, which must not repeat between
parts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.parameters import ParameterSet
from guatu.engines.drg.points.model import Review
from guatu.engines.drg.points.review import NO_STAY, OVER_CAP
from guatu.engines.drg.settlement.figures import HospitalTerms, Settlement
from guatu.engines.drg.settlement.partial import MONTHS, Partial
from guatu.engines.drg.settlement.settle import settle
from guatu.engines.drg.settlement.year import NO_STAYS, RUNNING_YEAR, months_of, settle_year, times_of
from guatu.engines.drg.stays import COLUMNS, OPTIONAL
from guatu.engines.drg.stays.findings import LINE_BROKEN
from guatu.engines.drg.weights.record import weights_from_bytes

SPREAD = Kind(
    "drg.parts-hospital",
    "error",
    "医院 {hospital} 的病例分在多个文件中（{parts}）；请把一家医院的病例放在一个文件里",
    "stays of hospital {hospital} are in several files ({parts}); put those of a hospital into one",
)
REPEATED = Kind(
    "drg.parts-duplicate",
    "error",
    "有 {count} 个病例号在不同文件中重复（如 {id}）；请核对后重算",
    "{count} ids stand in more than one file ({id} for one); correct them and run again",
)
SCOPE = Kind(
    "drg.parts-scope",
    "error",
    "再入院范围为全地区（readmission_scope = region）时不能分文件结算；请合并为一个文件",
    "readmissions count in the whole region (readmission_scope = region): settle one file, not parts",
)


# What one part finds may be no fault of the year.
_OF_A_PART = (NO_STAYS.code, NO_STAY.code, RUNNING_YEAR.code)


@dataclass(frozen=True)
class Job:
    """One part: the file of its stays, and what all parts share. Small enough to be sent to another process."""

    stays: str
    weights: str
    parameters: ParameterSet
    hospitals: tuple[HospitalTerms, ...]
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True)
class Part:
    """What comes back of a part; no sums when a finding is an error."""

    name: str
    partial: Partial | None
    problems: dict[str, int]
    findings: list[RowFinding]
    hospitals: tuple[str, ...]
    ids: Any
    """A pyarrow array of the ids that counted."""


def settle_part(job: Job) -> Part:
    """The sums of one file. Raises TableError when it cannot be read. Running it again gives the same."""
    import pyarrow as pa

    from guatu.engines.drg.tables import TableReader

    name = Path(job.stays).name
    weights, findings = weights_from_bytes(Path(job.weights).read_bytes(), job.weights)
    if weights is None:
        return Part(name, None, {}, findings, (), None)
    reader = TableReader(Path(job.stays), COLUMNS, OPTIONAL)
    batches = list(reader)
    empty = pa.table({column: pa.array([], pa.string()) for column in reader.columns})
    table = pa.Table.from_batches(batches) if batches else empty
    year, problems, findings = settle_year(table, weights, job.parameters, job.hospitals, job.reviews, simulated=True)
    counts = Counter(problems.by_code()) + Counter({LINE_BROKEN.code: len(reader.bad_lines)})
    if year is None:
        return Part(name, None, dict(counts), findings, (), None)
    used = sorted(year.stays.hospital.words[at] for at in set(year.stays.hospital.at.tolist()))
    return Part(name, year.partial, dict(counts), findings, tuple(used), pa.array(year.stays.id, pa.string()))


def settle_parts(
    parts: Iterable[Part], parameters: ParameterSet, hospitals: Sequence[HospitalTerms], *, simulated: bool = False
) -> tuple[Settlement | None, dict[str, int], list[RowFinding]]:
    """The settlement of all parts, problems by code, and findings; no settlement when one is an error.

    A part without a single stay that counts adds nothing.
    """
    found = sorted(parts, key=lambda part: part.name)
    times, findings = times_of(parameters, simulated=simulated)
    problems: Counter[str] = Counter()
    for part in found:
        problems += Counter(part.problems)
        findings += [one for one in part.findings if one not in findings and one.code not in _OF_A_PART]
    findings += [*_reviews(found), *_spread(found), *_repeated(found)]
    if times and times[-1][2].readmission_scope != "hospital":
        findings.append(row_finding(SCOPE, parameters.name, "readmission_scope"))
    sums = [part.partial for part in found if part.partial is not None]
    if not sums:
        findings.append(row_finding(NO_STAYS, "", "drg"))
    if any(finding.severity == "error" and finding.code != OVER_CAP.code for finding in findings) or not times:
        return None, dict(problems), findings
    total = sums[0]
    for more in sums[1:]:
        total += more
    # The last month in which anybody had points: parts may end earlier than the whole.
    through = int(total.month_units.sum(0).nonzero()[0].max()) + 1
    if through < MONTHS:
        findings.append(row_finding(RUNNING_YEAR, "", "discharged", through=through))
    return settle(total, times[-1][2], hospitals, months_of(times), through), dict(problems), findings


def _reviews(parts: Sequence[Part]) -> Iterable[RowFinding]:
    """Reviews of stays that no part has: as a warning to the year, whose stays do not need them."""
    without = [{one.params["id"] for one in part.findings if one.code == NO_STAY.code} for part in parts]
    for id_ in sorted(set.intersection(*without) if without else set(), key=str):
        yield row_finding(NO_STAY, "", "id", "warning", id=id_)


def _spread(parts: Sequence[Part]) -> Iterable[RowFinding]:
    places: dict[str, list[str]] = {}
    for part in parts:
        for hospital in part.hospitals:
            places.setdefault(hospital, []).append(part.name)
    for hospital, names in sorted(places.items()):
        if len(names) > 1:
            yield row_finding(SPREAD, hospital, "hospital", hospital=hospital, parts=", ".join(names))


def _repeated(parts: Sequence[Part]) -> Iterable[RowFinding]:
    import pyarrow as pa
    import pyarrow.compute as pc

    arrays = [part.ids for part in parts if part.ids is not None]
    ids = pa.chunked_array(arrays, pa.string())
    if len(pc.unique(ids)) < len(ids):
        counts = pc.value_counts(ids)
        again = counts.filter(pc.greater(counts.field("counts"), 1)).field("values")
        yield row_finding(REPEATED, "", "id", count=len(again), id=str(pc.min(again).as_py()))
