"""How well the lint finds what readers found: recall on a list of faults, and findings on sums that are right.

A fault is found when a finding of an acceptable code overlaps an occurrence of its quote. Faults of a kind for which
there is no rule (a figure that only an expert finds implausible) are counted apart.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from guatu.core.kernel.finding import Finding
from guatu.core.kernel.span import Span

# Kind of fault as readers name it -> codes of rules that may report it.
CODES: dict[str, frozenset[str]] = {
    kind: frozenset(f"plan.{code}" for code in codes.split())
    for kind, codes in {
        "count_mismatch": "count-mismatch step-count sum-mismatch table-sum-mismatch",
        "sum_mismatch": "sum-mismatch table-sum-mismatch count-mismatch",
        "stray_text": "stray-text web-furniture blank-in-word repeated-text misread-character",
        "duplicate_text": "repeated-text doubled-character",
        "ocr": "misread-character misread-number misread-dash wrong-word missing-character",
        "wrong_word": "wrong-word nonstandard-word misread-character missing-character",
        "missing_char": "missing-character wrong-word",
        "duplicate_char": "doubled-character",
        "name_inconsistent": "name-variant unit-incomplete",
        "punctuation": "list-separator unpaired-mark doubled-character role-separator role-separator-missing "
        "unfinished-sentence cut-off",
        "separator": "list-separator role-separator role-separator-missing unpaired-mark",
        "no_responsible_unit": "unit-missing no-units",
        "vague_unit": "unit-vague",
        "missing_deadline": "deadline-missing task-without-deadline",
        "placeholder": "placeholder empty-field",
        "missing_number": "numbering-gap",
        "numbering": "numbering-gap numbering-repeat numbering-style",
        "missing_break": "glued-heading",
        "date_order": "deadline-before-issue date-outside-phase date-impossible",
        "date_conflict": "date-outside-phase target-conflict",
        "broken_sentence": "bracket-in-word cut-off unfinished-sentence missing-character",
        "cut_off": "cut-off unfinished-sentence",
        "missing_annex": "annex-absent",
        "several_documents": "several-documents",
        "duplicate_unit": "unit-repeated unit-in-two-roles",
        "incomplete_unit": "unit-incomplete unit-cut-off",
        "role_conflict": "unit-in-two-roles role-separator",
        "target_conflict": "target-conflict",
        "title_mismatch": "title-mismatch",
        "no_target": "target-missing",
        "value_implausible": "rate-impossible",
        "value_conflict": "target-conflict sum-mismatch",
    }.items()
}


class Fault(msgspec.Struct, frozen=True):
    """One entry of a list of faults."""

    file: str
    kind: str
    quote: str
    severity: str
    explanation: str = ""


class Recall(msgspec.Struct, frozen=True):
    found: list[Fault]
    missed: list[Fault]

    @property
    def share(self) -> float:
        """Share of the faults that were found; 1 where there were none."""
        total = len(self.found) + len(self.missed)
        return len(self.found) / total if total else 1.0


def load_faults(path: Path) -> list[Fault]:
    return [msgspec.convert(entry, Fault) for entry in json.loads(path.read_text(encoding="utf-8"))]


def occurrences(text: str, quote: str) -> list[Span]:
    """Where a quote stands in a text."""
    found, at = [], text.find(quote)
    while at >= 0 and quote:
        found.append(Span(at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def is_found(fault: Fault, text: str, findings: Sequence[Finding]) -> bool:
    codes = CODES.get(fault.kind, frozenset())
    places = occurrences(text, fault.quote)
    return any(f.code in codes and any(f.span.overlaps(place) for place in places) for f in findings)


def recall(
    faults: Sequence[Fault],
    texts: Mapping[str, str],
    findings: Mapping[str, Sequence[Finding]],
    severity: str = "error",
) -> Recall:
    """Recall over the faults of one severity; `texts` and `findings` are by file name."""
    chosen = [fault for fault in faults if fault.severity == severity and fault.file in texts]
    found = [fault for fault in chosen if is_found(fault, texts[fault.file], findings[fault.file])]
    return Recall(found, [fault for fault in chosen if fault not in found])
