"""Choosing rules by code and by name."""

import msgspec
import pytest

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.lint import registry, rules

TEXT = "青禾县2024年绿化工作方案\n\n一、主要任务\n（一）近一步扩大绿化,,建立台帐。\n"


def codes(**choice: list[str]) -> list[str]:
    return [finding.code for finding in compile_text(TEXT, **choice).findings]  # type: ignore[arg-type]


def test_rules_stand_in_the_order_of_their_names() -> None:
    names = [rule.name for rule in rules()]
    assert names == sorted(names)


def test_without_a_choice_all_rules_run() -> None:
    assert codes() == ["plan.wrong-word", "plan.doubled-character", "plan.nonstandard-word"]


def test_a_kind_that_is_off_speaks_only_where_it_is_selected(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = tuple(msgspec.structs.replace(r, off=r.kinds[:1]) if r.name == "wrong_word" else r for r in rules())
    monkeypatch.setattr(registry, "rules", lambda: quiet)
    assert codes() == ["plan.doubled-character", "plan.nonstandard-word"]
    assert codes(select=["wrong_word"]) == ["plan.wrong-word", "plan.nonstandard-word"]


def test_a_code_selects_one_kind_of_finding_of_a_rule() -> None:
    assert codes(select=["plan.nonstandard-word"]) == ["plan.nonstandard-word"]


def test_the_name_of_a_rule_selects_all_its_kinds() -> None:
    assert codes(select=["wrong_word"]) == ["plan.wrong-word", "plan.nonstandard-word"]


def test_what_is_ignored_is_not_reported_even_where_it_is_selected() -> None:
    assert codes(select=["wrong_word"], ignore=["plan.wrong-word"]) == ["plan.nonstandard-word"]


def test_a_code_that_no_rule_has_is_misuse() -> None:
    with pytest.raises(ValueError, match=r"plan\.no-such-rule"):
        compile_text(TEXT, select=["plan.no-such-rule"])
