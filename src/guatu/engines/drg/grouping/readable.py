"""The grouper as one reads it: MDCs in order, in each its ADRGs in order, in the ADRG its DRGs; every test is traced.

Source: the algorithm of the national grouping scheme CHS-DRG 1.1, as its published rule tables describe it. The fast
form in `columnar.py` gives the same.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.grouping import problems
from guatu.engines.drg.grouping.record import record_of
from guatu.engines.drg.grouping.rules import Stay, failure
from guatu.engines.drg.grouping.trace import Trace
from guatu.engines.drg.scheme.entry import OLDEST, facts_of, taken
from guatu.engines.drg.scheme.layout import NEVER_EXCLUDED
from guatu.engines.drg.scheme.model import Adrg, Drg, Mdc, Scheme

UNGROUPED = "0000"
_NEEDED = {"mcc": "MCC", "mcc_or_cc": "MCC | CC"}


@dataclass(frozen=True, slots=True)
class Grouping:
    """Where a stay belongs; `0000` in all three where nowhere. `trace` says why, `findings` what is wrong with it."""

    id: str
    mdc: str
    adrg: str
    drg: str
    findings: tuple[RowFinding, ...]
    trace: Trace

    @property
    def problems(self) -> str:
        return problems.shown(problems.bits_of(finding.code for finding in self.findings))


def group_row(row: Mapping[str, str], scheme: Scheme) -> Grouping:
    """The group of one row of text, with the columns of `record.COLUMNS`."""
    record, findings = record_of(row, scheme)
    trace = Trace()
    if any(finding.severity == "error" for finding in findings):
        trace.say("-", False, "refused")
        return Grouping(record.id, UNGROUPED, UNGROUPED, UNGROUPED, tuple(findings), trace)
    stay = Stay.of(record, scheme, trace)
    mdc, adrg, drg = _group(stay, trace)
    if drg == UNGROUPED and not any(finding.code == problems.GREY.code for finding in findings):
        findings.append(row_finding(problems.NO_GROUP, record.id, "dx", None, value=record.dx[0]))
    elif drg == f"{mdc}QY":
        findings.append(row_finding(problems.QY, record.id, "procs", None, value=drg))
    return Grouping(record.id, mdc, adrg, drg, tuple(findings), trace)


def _group(stay: Stay, trace: Trace) -> tuple[str, str, str]:
    for mdc in stay.scheme.mdcs:
        if not _enters(mdc, stay, trace):
            continue
        trace.say(f"MDC {mdc.code}", True, "enter")
        found = _adrg(mdc, stay, trace)
        if isinstance(found, Adrg):
            return mdc.code, found.code, _drg(found, stay, trace).code
        if found:
            return mdc.code, found, found
        trace.say(f"MDC {mdc.code}", False, "leave")
    trace.say("-", False, "none")
    return UNGROUPED, UNGROUPED, UNGROUPED


def _enters(mdc: Mdc, stay: Stay, trace: Trace) -> bool:
    why = _not_entered(mdc, stay)
    if why:
        word, params = why
        trace.say(f"MDC {mdc.code}", False, word, **params)
    return why is None


def _not_entered(mdc: Mdc, stay: Stay) -> tuple[str, dict[str, object]] | None:
    """Why a stay does not enter an MDC; None when it does."""
    record = stay.record
    if mdc.entry != "none" and stay.principal not in mdc.dx:
        return "entry", {"code": stay.principal}
    if mdc.entry == "multi_trauma":
        regions = {mdc.regions[code] for code in stay.dx if code in mdc.regions}
        if len(regions) < 2:
            return "trauma", {"n": len(regions)}
    # Most MDCs take whoever has one of their diagnoses.
    if not mdc.condition:
        return None
    valid = stay.main in stay.scheme.valid_proc
    if taken(mdc.condition)[record.sex, min(math.floor(record.age), OLDEST), int(valid)]:
        return None
    # The first fact that it asks of says why, as in the published tables there is only one.
    asked = facts_of(mdc.condition)[0]
    if asked == "sex":
        return "sex", {"wanted": mdc.condition.rpartition("=")[2].strip()}
    return ("age", {"age": f"{record.age:g}"}) if asked == "age" else ("valid-main", {"code": stay.main or "-"})


def _adrg(mdc: Mdc, stay: Stay, trace: Trace) -> Adrg | str | None:
    """The first ADRG whose rule holds, or the code of the QY group, or None."""
    for n, adrg in enumerate((*mdc.adrgs, None)):
        if n == mdc.qy_at and _unrelated(mdc, stay, trace):
            return mdc.qy_code
        if adrg is None:
            break
        why = failure(adrg, stay)
        if why is None:
            trace.say(f"ADRG {adrg.code}", True, "adrg", rule=adrg.rule_text)
            return adrg
        trace.say(f"ADRG {adrg.code}", False, why[0], **why[1])
    return None


def _unrelated(mdc: Mdc, stay: Stay, trace: Trace) -> bool:
    looked_at = stay.procs[:1] if mdc.qy == "main" else stay.procs
    held = any(code in stay.scheme.valid_proc for code in looked_at)
    trace.say(mdc.qy_code, held, "qy" if held else "qy-no")
    return held


def _drg(adrg: Adrg, stay: Stay, trace: Trace) -> Drg:
    """The first DRG whose condition holds; the loader made sure that there is one."""
    levels = set(_levels(stay, trace)) if any(drg.condition != "any" for drg in adrg.drgs) else set()
    for drg in adrg.drgs:
        wanted = {"mcc": {"MCC"}, "mcc_or_cc": {"MCC", "CC"}}.get(drg.condition)
        if wanted is None or wanted & levels:
            trace.say(f"DRG {drg.code}", True, "drg", condition=drg.condition)
            return drg
        trace.say(f"DRG {drg.code}", False, "drg-no", wanted=_NEEDED[drg.condition])
    raise AssertionError(f"{adrg.code} has no DRG for every stay")


def _levels(stay: Stay, trace: Trace) -> Iterator[str]:
    """MCC or CC for each secondary diagnosis that counts as one."""
    scheme = stay.scheme
    own = scheme.exclusion.get(stay.principal)
    for code in stay.dx[1:]:
        level = "MCC" if code in scheme.mcc else "CC" if code in scheme.cc else ""
        if not level:
            continue
        table = (scheme.mcc if level == "MCC" else scheme.cc)[code]
        excluded = table == own and table != NEVER_EXCLUDED
        trace.say("CC/MCC", not excluded, "excluded" if excluded else "counts", code=code, level=level, table=table)
        if not excluded:
            yield level
