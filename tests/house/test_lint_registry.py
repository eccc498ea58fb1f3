"""A lint rule is a file, a test and a heading in the docs: each has the other two."""

import re

from guatu.core.plan.lint import rules
from tests.house.project import ROOT, texts

LINT = "src/guatu/core/plan/lint/"
TESTS = "tests/core/plan/lint/"
PAGE = "docs/reference/lint.md"
EXAMPLES = "docs/lint.md"
# Modules of the package that serve the rules are no rules; they hold no KIND and need no page.
CODE = re.compile(r"plan\.[a-z]+(?:-[a-z0-9]+)*")


def rule_names() -> set[str]:
    return {rule.name for rule in rules()}


def codes() -> set[str]:
    return {kind.code for rule in rules() for kind in rule.kinds}


def test_there_are_rules() -> None:
    assert rule_names()


def test_each_rule_has_its_file_and_each_file_that_declares_a_kind_is_a_rule() -> None:
    declares = re.compile(r"^KINDS?\b.*=", re.MULTILINE)
    declared = {
        name.removeprefix(LINT).removesuffix(".py")
        for name, text in texts().items()
        if name.startswith(LINT) and "/" not in name.removeprefix(LINT) and declares.search(text)
    }
    assert declared == rule_names()


def test_each_rule_has_its_test_and_each_test_of_a_rule_its_rule() -> None:
    tested = {
        name.removeprefix(TESTS + "test_").removesuffix(".py")
        for name in texts()
        if name.startswith(TESTS + "test_") and "/" not in name.removeprefix(TESTS)
    }
    # Tests of the package as a whole are named after its other modules.
    helpers = {path.stem for path in (ROOT / LINT).glob("*.py")} - rule_names() | {"lint"}
    assert rule_names() - tested == set(), "rules without a test"
    assert tested - rule_names() - helpers == set(), "tests without a rule"


def test_each_code_has_its_heading_in_the_docs_and_each_heading_its_code() -> None:
    headings = set(re.findall(r"^#{2,4} .*?`?(plan\.[a-z0-9-]+)`?", texts()[PAGE], re.MULTILINE))
    assert headings == codes()


def test_each_rule_has_its_article_with_an_example_and_each_article_its_rule() -> None:
    assert set(re.findall(r"^## (\w+)$", texts()[EXAMPLES], re.MULTILINE)) == rule_names()


def test_codes_are_words_and_no_two_rules_share_one() -> None:
    all_codes = [kind.code for rule in rules() for kind in rule.kinds]
    assert [code for code in all_codes if not CODE.fullmatch(code)] == []
    assert len(all_codes) == len(set(all_codes))


def test_each_rule_says_in_its_first_lines_why_it_exists() -> None:
    assert [rule.name for rule in rules() if len(rule.reason) < 20] == []


def test_each_message_is_there_in_both_languages_with_the_same_parameters() -> None:
    slot = re.compile(r"\{(\w+)")
    for rule in rules():
        for kind in rule.kinds:
            assert re.search("[\u4e00-\u9fff]", kind.zh), kind.code
            assert len(re.findall(r"\b[a-z]+\b", slot.sub("", kind.en))) >= 3, f"{kind.code}: hardly any English"
            plain = [
                {name.removesuffix("_zh").removesuffix("_en") for name in slot.findall(m)} for m in (kind.zh, kind.en)
            ]
            assert plain[0] == plain[1], f"{kind.code}: the messages name different parameters"
