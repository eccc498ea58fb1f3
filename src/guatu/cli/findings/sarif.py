"""SARIF 2.1.0, the exchange format of static analysis (OASIS standard)."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, TextIO
from urllib.parse import quote

import msgspec

from guatu import __version__
from guatu.adapters.writers.ledger import Ledger
from guatu.cli.findings import Checked
from guatu.core.plan.lint import rules
from guatu.core.plan.model import ReportedFinding

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LONGEST_SNIPPET = 500
_MORE = re.compile(r"\{more_\w+\}")
_SLOT = re.compile(r"\{\w+\}")


def write(checked: Sequence[Checked], out: TextIO) -> None:
    language = next((file.ledger.language for file in checked if file.ledger), "zh")
    described = _rules(language)
    index = {rule["id"]: n for n, rule in enumerate(described)}
    results = [
        _result(file, file.ledger, finding, index)
        for file in checked
        if file.ledger
        for finding in file.ledger.plan.findings
    ]
    run = {
        "tool": {"driver": {"name": "guatu", "version": __version__, "rules": described}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(file.path)}} for file in checked],
        "invocations": [_invocation(checked)],
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    out.write(msgspec.json.format(msgspec.json.encode(log), indent=1).decode() + "\n")


def _rules(language: str) -> list[dict[str, Any]]:
    """Every rule that could have spoken, its message as a template."""
    return [
        {
            "id": kind.code,
            "name": "".join(word.capitalize() for word in kind.code.split(".")[-1].split("-")),
            "shortDescription": {"text": _general(kind.zh if language == "zh" else kind.en)},
            "fullDescription": {"text": rule.reason or kind.en},
            "defaultConfiguration": {"level": kind.severity},
        }
        for rule in rules()
        for kind in rule.kinds
    ]


def _general(template: str) -> str:
    """A message as it reads before anything is filled in; a slot that says how often it repeats is left out."""
    return _SLOT.sub("…", _MORE.sub("", template))


def _result(file: Checked, ledger: Ledger, finding: ReportedFinding, index: dict[str, int]) -> dict[str, Any]:
    end_line, end_column = ledger.line_and_column(finding.span.end)
    region: dict[str, Any] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": end_line,
        "endColumn": end_column,
    }
    snippet = ledger.quote(finding.span, _LONGEST_SNIPPET)
    if snippet:
        region["snippet"] = {"text": snippet}
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": _uri(file.path)}, "region": region}}
    place["message"] = {"text": ledger.place(finding.span)}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": {"text": finding.message},
        "locations": [place],
    }
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    return result


def _invocation(checked: Sequence[Checked]) -> dict[str, Any]:
    notifications = [
        {
            "level": "error",
            "message": {"text": file.problem},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(file.path)}}}],
        }
        for file in checked
        if not file.ledger
    ]
    return {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())
