"""Cases of lint rules: a claim, a text, and for what is reported the place and the whole message."""

from collections.abc import Callable, Mapping

import pytest

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.lint import rules

PLAN = "青禾县2024年绿化工作方案\n\n一、主要任务\n"
"""Head of a plan that a case goes on with."""

Test = Callable[..., None]


def found(rule: str, text: str) -> list[str]:
    """What a rule finds: `code «place» message` for each finding."""
    codes = [kind.code for known in rules() if known.name == rule for kind in known.kinds]
    assert codes, f"no rule is named {rule}"
    findings = compile_text(text, select=codes).plan.findings
    return [f"{finding.code} «{finding.span.text(text)}» {finding.message}" for finding in findings]


def rule_cases(
    rule: str, *, reported: Mapping[str, tuple[str, list[str]]], left_alone: Mapping[str, str]
) -> tuple[Test, Test]:
    """The two tests of a rule: what it must report, word for word, and what looks alike and is right."""

    @pytest.mark.parametrize(("text", "expected"), reported.values(), ids=reported.keys())
    def is_reported(text: str, expected: list[str]) -> None:
        assert found(rule, text) == expected

    @pytest.mark.parametrize("text", left_alone.values(), ids=left_alone.keys())
    def is_left_alone(text: str) -> None:
        assert found(rule, text) == []

    return is_reported, is_left_alone
