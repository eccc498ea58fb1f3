"""Lights by declared rules: which rule, with which numbers.

Rules stand in order and the first that holds decides. A rule that cannot be judged because a fact is unknown may be the
one that decides; where the lights still possible are not all of one colour, the light is grey and names what is
missing. So nothing unknown is ever green, and what is red either way is red.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from guatu.core.dispatch.vocabulary import FACTS, Fact, Facts, check_condition, condition, judged
from guatu.core.kernel.explained import Explained, Label, Rule, Word
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.official import said
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.core.rules import Judgement, fact_parts, names, told_lacks

Colour = Literal["green", "amber", "red", "grey"]

WORDS: dict[Colour, Word] = {
    "green": Word("绿灯", "green"),
    "amber": Word("黄灯", "amber"),
    "red": Word("红灯", "red"),
    "grey": Word("灰灯", "grey"),
}

_COLOUR = Label("colour", "亮灯", "light")
_RULE = Label("rule", "规则", "rule")
_TESTS = Label("tests", "条件与数值", "conditions and numbers")
_OPEN = Label("open", "未知", "unknown")
_POSSIBLE = Label("possible", "可能的亮灯", "lights still possible")

_BY_RULE = Rule("light.by-rule", "{colour}:{rule}({tests})", "{colour}: {rule} ({tests})")
_UNKNOWN = Rule(
    "light.unknown",
    "{colour}:{open}未知,可能是{possible},不能判定",
    "{colour}: {open} unknown; it may be {possible}, which cannot be decided",
    official="{open}未知，不能判定",
)
_NO_RULE = Rule("light.no-rule", "{colour}:没有一条规则适用", "{colour}: no rule applies", official="没有适用的规则")

SAME_ID = Kind("light.same-id", "error", "有两条规则都叫“{rule}”;请改名", "two rules are called “{rule}”; rename one")
NEVER_REACHED = Kind(
    "light.never-reached",
    "warning",
    "规则“{rule}”排在无条件的“{before}”之后,永远用不到;请调整顺序",
    "rule “{rule}” stands after “{before}”, which always holds: it is never reached; change the order",
)
NO_END = Kind(
    "light.no-end",
    "warning",
    "最后一条规则“{rule}”有条件,可能有任务一条规则都不适用而亮灰灯;请在末尾加一条无条件的规则",
    "the last rule, “{rule}”, has conditions: where none applies the light is grey; end with a rule without conditions",
)


class LightRule(msgspec.Struct, frozen=True):
    """One rule: the light it gives when its condition holds, and its name in both languages; without one it always
    holds."""

    id: str
    colour: Colour
    zh: str
    en: str
    when: str = ""


_Judged = tuple[LightRule, Judgement]
# The texts of a condition that always holds.
_ALWAYS = ("", "true")


def light(rules: Sequence[LightRule], facts: Facts) -> Explained[Colour]:
    """The light of one task, target or unit on one day."""
    open_rules: list[_Judged] = []
    for rule in rules:
        found = judged(rule.when, facts)
        if found.verdict == "yes":
            if {one.colour for one, _ in open_rules} <= {rule.colour}:
                return _by_rule(rule, found)
            return _grey([*open_rules, (rule, found)], facts)
        if found.verdict == "unknown":
            open_rules.append((rule, found))
    if open_rules:
        return _grey(open_rules, facts)
    return _NO_RULE.gives("grey", _COLOUR.of(WORDS["grey"]), word=WORDS["grey"])


def settled(rules: Sequence[LightRule], met: Fact) -> Explained[Colour]:
    """The light of what is finished, by the rules that go by `met` alone: no later milestone, report or rule counts."""
    asked = [rule for rule in rules if set(names(condition(rule.when))) <= {"met"}]
    return light(asked, {"met": met})


def check_light_rules(rules: Sequence[LightRule]) -> list[RowFinding]:
    """What is wrong with a table of rules: unknown facts, equal names, rules that are never reached, no last resort."""
    found: list[RowFinding] = []
    always: LightRule | None = None
    ids: set[str] = set()
    for rule in rules:
        found += check_condition(rule.id, rule.when)
        if rule.id in ids:
            found.append(row_finding(SAME_ID, rule.id, "id", rule=rule.id))
        if always:
            found.append(row_finding(NEVER_REACHED, rule.id, "when", rule=rule.id, before=always.id))
        ids.add(rule.id)
        always = always or (None if rule.when.strip() not in _ALWAYS else rule)
    if rules and not always:
        found.append(row_finding(NO_END, rules[-1].id, "when", rule=rules[-1].id))
    return found


def _by_rule(rule: LightRule, found: Judgement) -> Explained[Colour]:
    facts = found.parts()
    # A paper says what is so, fact by fact; what a rule is called and compares with is for the page.
    words = msgspec.structs.replace(_BY_RULE, official=said(found.decided_by, tuple(facts)) or "{rule}")
    return words.gives(
        rule.colour,
        _COLOUR.of(WORDS[rule.colour]),
        _RULE.of(Word(rule.zh, rule.en)),
        _TESTS.of(found.words),
        *facts,
        word=WORDS[rule.colour],
    )


def _grey(possible: list[_Judged], facts: Facts) -> Explained[Colour]:
    lacks = [lack for _, found in possible for lack in found.lacks]
    colours = [WORDS[colour] for colour in dict.fromkeys(rule.colour for rule, _ in possible)]
    return _UNKNOWN.gives(
        "grey",
        _COLOUR.of(WORDS["grey"]),
        _OPEN.of(told_lacks(lacks, FACTS)),
        _POSSIBLE.of(Word("或".join(one.zh for one in colours), " or ".join(one.en for one in colours))),
        *fact_parts([lack.fact for lack in lacks if lack.fact], facts, FACTS),
        word=WORDS["grey"],
    )
