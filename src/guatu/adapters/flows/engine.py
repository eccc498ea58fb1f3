"""One flow in one version with its decision tables, ready for cases.

What a case's history gives is worked out by the core (`core/cases/tokens.py`), here as everywhere; the files of flows
and decisions are read here.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from guatu.core.cases.case_fields import COMMON, CaseFields
from guatu.core.cases.flow import Flow
from guatu.core.cases.parameters import Parameter
from guatu.core.rules import Decision, names, parse


def version_of(text: str, *tables: str) -> str:
    """The version of a flow file with its decision tables: twelve hexadecimal digits of their content."""
    whole = "\0".join((text, *sorted(tables)))
    return hashlib.sha256(whole.encode("utf-8")).hexdigest()[:12]


class FlowEngine:
    """A checked flow, its version, its decisions by their ids, and the fields that its steps ask for."""

    def __init__(
        self, flow: Flow, decisions: Mapping[str, Decision], version: str, fields: CaseFields | None = None
    ) -> None:
        self.flow, self.version = flow, version
        self.decisions = dict(decisions)
        self.fields = fields or CaseFields(COMMON)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The names by which its conditions and its tables go."""
        return frozenset(self._asked())

    def _asked(self) -> Iterator[str]:
        for arrow in self.flow.arrows:
            yield from names(parse(arrow.condition)) if arrow.condition else ()
        for decision in self.decisions.values():
            yield from decision.asked

    def unset(self, day: date) -> tuple[Parameter, ...]:
        """Parameters that it goes by and that have no value on a day."""
        return tuple(row for row in self.flow.parameters.unset(day) if row.name in self.asked)

    def decide(self, decision: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The fields that a decision sets."""
        return self.decisions[decision].decide(data, self.flow.words).outputs
