"""The parameters that hold on a day: complete, typed, each with its source if nobody has checked it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from guatu.core.kernel.explained import Label, Part
from guatu.core.kernel.money import Money
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.parameters.catalogue import PARAMETERS
from guatu.engines.drg.parameters.findings import NOT_SET, UNVERIFIED
from guatu.engines.drg.parameters.model import ParameterSet
from guatu.engines.drg.parameters.values import Band, Discount, RatioBand, Share, Threshold, shown_value

__all__ = ["Band", "Terms", "Threshold", "segments", "terms_on"]


class Terms(msgspec.Struct, frozen=True):
    """All parameters of one day; the fields are those of the catalogue."""

    base_years: int
    year_weights: tuple[int, ...]
    trim_rule: str
    trim_low: Decimal
    trim_high: Decimal
    min_cases: int
    cv_limit: Decimal
    cv_denominator: str
    coefficient_by: str
    coefficient_exempt: tuple[str, ...]
    coefficient_min: Decimal
    coefficient_max: Decimal
    coefficient_min_cases: int
    bed_day_groups: tuple[str, ...]
    low_threshold: Decimal
    low_rule: str
    high_rule: str
    high_by: str
    high_thresholds: tuple[Threshold, ...]
    ratio_bands: tuple[RatioBand, ...]
    cost_discount: tuple[Discount, ...]
    outside_up_to_days: int
    outside_from_days: int
    readmission_days: int
    readmission_share: Decimal
    readmission_scope: str
    readmission_exempt: tuple[str, ...]
    review_cap: Decimal
    budget: Money
    month_spread: str
    month_weights: tuple[int, ...]
    reserve_share: Decimal
    prepay_share: tuple[Share, ...]
    value_basis: str
    value_cap: Decimal
    deposit_share: Decimal
    incentive_share: Decimal
    incentive_score: Decimal
    claim_bands: tuple[Band, ...]
    signal_z: Decimal
    signal_min_cases: int
    split_days: int
    severe_weight: Decimal
    time_index_limit: Decimal
    edge_width: Decimal
    unverified: dict[str, str] = {}
    """Source lines of the parameters that nobody has checked, by name."""

    def part(self, name: str, value: Any = None) -> Part:
        """A parameter as a part of a figure, marked when it is unverified; `value` where it was picked from a table."""
        spec = PARAMETERS[name]
        shown = getattr(self, name) if value is None else value
        return Label(name, spec.zh, spec.en).of(shown_value(shown), spec.unit, self.unverified.get(name, ""))

    def high_threshold(self, level: str, base_points: Decimal) -> Decimal | None:
        """The threshold of a high outlier; None where the table has no row for the level or the base points."""
        for row in self.high_thresholds:
            if self.high_by == "flat":
                return row.value
            if self.high_by == "level" and row.level in ("", level):
                return row.value
            if self.high_by == "tier" and (row.up_to is None or base_points <= row.up_to):
                return row.value
        return None

    def discount(self, state: str) -> Decimal:
        """Of points from cost, for a state of `values.STATES`."""
        return next(row.value for row in self.cost_discount if row.of in ("", state))

    def prepaid_share(self, hospital: str, level: str) -> Decimal:
        """A row for the hospital goes before one for its level."""
        rows = sorted(self.prepay_share, key=lambda row: (not row.hospital, not row.level))
        return next(row.value for row in rows if row.hospital in ("", hospital) and row.level in ("", level))


def terms_on(parameters: ParameterSet, day: date) -> tuple[Terms | None, list[RowFinding]]:
    """The parameters of a day, with a warning for each that is unverified; none when one has no value that day."""
    values: dict[str, Any] = {}
    unverified: dict[str, str] = {}
    found = []
    for name, spec in PARAMETERS.items():
        entry = parameters.entry_on(name, day)
        if entry is None:
            where = parameters.name or parameters.version
            words = {"key": name, "zh": spec.zh, "en": spec.en, "day": day.isoformat()}
            found.append(row_finding(NOT_SET, where, name, None, **words))
            continue
        values[name] = entry.value
        if entry.unverified:
            unverified[name] = entry.unverified
            where = f"{parameters.name}:{entry.line}"
            words = {"key": name, "zh": spec.zh, "en": spec.en, "source": entry.source}
            found.append(row_finding(UNVERIFIED, where, name, None, **words))
    if any(finding.severity == "error" for finding in found):
        return None, found
    return Terms(**values, unverified=unverified), found


def segments(parameters: ParameterSet) -> Iterator[tuple[date, date]]:
    """Stretches of days, first and last, in which no parameter changes; together they are the time of the set."""
    starts = {parameters.start}
    for rows in parameters.entries.values():
        for row in rows:
            starts |= {row.start, row.to + timedelta(days=1)}
    ordered = sorted(day for day in starts if parameters.start <= day <= parameters.to)
    for first, after in zip(ordered, [*ordered[1:], parameters.to + timedelta(days=1)], strict=True):
        yield first, after - timedelta(days=1)
