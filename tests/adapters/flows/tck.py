"""Test cases as the technology compatibility kit of DMN writes them: what goes in, and what must come out."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from guatu.core.rules import temporal
from guatu.core.rules.decisions import Decision

TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class Expected:
    """One result of one test case: its facts, and what a decision must give."""

    def __init__(self, case: str, facts: dict[str, Any], decision: str, value: Any) -> None:
        self.case, self.facts, self.decision, self.value = case, facts, decision, value

    def met(self, decisions: tuple[Decision, ...]) -> bool:
        """Whether the decision of this name gives it."""
        found = next((one for one in decisions if one.name == self.decision), None)
        return found is not None and same(found.decide(self.facts).value, self.value)


def expected(file: Path) -> Iterator[Expected]:
    """All results that a file of test cases states."""
    root = etree.fromstring(file.read_bytes())
    for case in root.iterfind("{*}testCase"):
        facts: dict[str, Any] = {}
        for node in case.iterfind("{*}inputNode"):
            facts.update(_flat(node.get("name") or "", _value(node)))
        for node in case.iterfind("{*}resultNode"):
            found = node.find("{*}expected")
            yield Expected(
                case.get("id") or "", facts, node.get("name") or "", None if found is None else _value(found)
            )


def same(given: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return (
            isinstance(given, dict) and given.keys() == wanted.keys() and all(same(given[k], wanted[k]) for k in wanted)
        )
    if isinstance(wanted, list):
        pairs = zip(given, wanted, strict=True) if isinstance(given, tuple) and len(given) == len(wanted) else ()
        return isinstance(given, tuple) and len(given) == len(wanted) and all(same(*pair) for pair in pairs)
    return type(given) is type(wanted) and given == wanted


def _flat(name: str, value: Any) -> dict[str, Any]:
    """A structure as the facts of its parts."""
    if not isinstance(value, dict):
        return {name: value}
    return {key: one for part, inner in value.items() for key, one in _flat(f"{name}.{part}", inner).items()}


def _value(node: etree._Element) -> Any:
    lists, parts, values = (list(node.iterfind(f"{{*}}{kind}")) for kind in ("list", "component", "value"))
    if lists:
        return [_value(item) for item in lists[0].iterfind("{*}item")]
    if parts:
        return {part.get("name") or "": _value(part) for part in parts}
    if not values or values[0].get(NIL) == "true":
        return None
    return _typed((values[0].get(TYPE) or "").rpartition(":")[2], values[0].text or "")


def _typed(kind: str, text: str) -> Any:
    if kind == "boolean":
        return text == "true"
    if kind in ("decimal", "double", "integer", "int", "float"):
        return Decimal(text)
    if kind == "duration":
        return temporal.read("duration", text)
    if kind in ("date", "time", "dateTime"):
        read = {"date": date, "time": time, "dateTime": datetime}[kind]
        return read.fromisoformat(re.sub("Z$", "+00:00", text))
    return text
