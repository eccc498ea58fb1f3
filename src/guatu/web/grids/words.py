"""Findings of the core in the language of the page, and as both languages where they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from guatu.core.kernel.row_finding import RowFinding
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid


def said(finding: RowFinding) -> str:
    return finding.message(language())


def stored(findings: Iterable[RowFinding]) -> list[dict[str, str]]:
    return [{"severity": one.severity, "zh": one.message("zh"), "en": one.message("en")} for one in findings]


def shown(rows: Iterable[dict[str, str]]) -> list[tuple[str, str]]:
    """Severity and words of stored findings."""
    return [(row["severity"], row[language()]) for row in rows]


def refuse(findings: Sequence[RowFinding], field: str = "") -> list[RowFinding]:
    """Raises `Invalid` with all errors, at the field of the first; gives back the warnings."""
    errors = [one for one in findings if one.severity == "error"]
    if errors:
        lines = dict.fromkeys(said(one) for one in errors)
        raise Invalid("\n".join(lines), field=field or errors[0].field, code=errors[0].code)
    return [one for one in findings if one.severity != "error"]


def sentence(figure: dict[str, Any]) -> str:
    """The reason of an explained value that was stored as JSON."""
    import msgspec

    from guatu.core.kernel.explained import Explained, Unknown

    found: Explained[Any] | Unknown = msgspec.convert(figure, Explained[Any] | Unknown)
    return found.sentence(language())
