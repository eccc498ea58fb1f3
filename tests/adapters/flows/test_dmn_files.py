"""Decision files of other editors: several decisions that need each other, names as people write them, and what is not
understood, named at its place."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.flows.dmn import MOST_DEPTH, decision_ids, read_decisions_of
from guatu.adapters.flows.dmn_rows import RuleRow, read_rows, with_rules
from guatu.adapters.flows.dmn_spelling import converted, of_python
from guatu.core.kernel.explained import Word
from guatu.core.rules import Decision, RuleError, parse, parse_cell
from tests.adapters.flows.dmn_texts import NAMESPACES, fact, literal, model, need, table
from tests.adapters.flows.running import watched
from tests.adapters.flows.tck import expected


def read(text: str) -> dict[str, Decision]:
    decisions, found = read_decisions_of(text, "x.dmn")
    assert [one.text("en") for one in found] == []
    return {one.id: one for one in decisions}


FAMILY = model(
    fact("家庭 月收入", "number"),
    fact("Family's head age", "number"),
    fact("Residence/County", "string"),
    literal("per_head", "人均 收入", "家庭 月收入 / members"),
    table(
        "level", "救助 档次", ("人均 收入", "Family's head age"), ("<output/>",),
        ("< 500", "-", '"A"'), ("[500..800)", ">= 60", '"A"'), ("[500..800)", "< 60", '"B"'), (">= 800", "", '"none"'),
        needs=need("Decision", "per_head"),
    ),
    table(
        "grant", "Grant", ("救助 档次", "Residence/County"),
        ('<output name="amount"/>', '<output name="why"/>'),
        ('"A"', '"Qinghe"', "人均 收入 * 2", '"低收入"'), ('"B"', "-", "200", '"边缘"'), ("-", "-", "0", "null"),
        head='hitPolicy="FIRST"', needs=need("Decision", "level") + need("Decision", "per_head"),
    ),
    literal("told", "Told", 'Grant.why + "户"', need("Decision", "grant")),
)  # fmt: skip


def test_decisions_go_by_what_they_need() -> None:
    decisions = read(FAMILY)
    facts = {"家庭 月收入": 2000, "members": 5, "Family's head age": 40, "Residence/County": "Qinghe"}
    assert decisions["per_head"].decide(facts).value == Decimal(400)
    assert decisions["level"].decide(facts).value == "A"
    assert decisions["grant"].decide(facts).value == {"amount": Decimal(800), "why": "低收入"}
    assert decisions["grant"].decide(facts).outputs == {"amount": 800, "why": "低收入"}
    assert decisions["told"].decide(facts).value == "低收入户"
    assert decisions["grant"].asked == facts.keys()
    assert [one.id for one in decisions["told"].whole()] == ["per_head", "level", "grant", "told"]


def test_what_a_needed_decision_lacks_is_what_is_told() -> None:
    decided = read(FAMILY)["grant"].decide({"家庭 月收入": 2000, "Family's head age": 40, "Residence/County": "Qinghe"})
    assert (decided.value, decided.lacking()) == (None, Word("members", "members"))


def test_a_null_in_a_needed_decision_is_not_silent_where_it_is_asked_for() -> None:
    facts = {"家庭 月收入": 9000, "members": 1, "Family's head age": 40, "Residence/County": "x"}
    assert read(FAMILY)["grant"].decide(facts).value == {"amount": Decimal(0), "why": None}
    assert read(FAMILY)["told"].decide(facts).lacking() == Word("Grant.why", "Grant.why")


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_version_of_the_standard_is_read(namespace: str) -> None:
    text = model(table("t", "t", ("a",), ("<output/>",), ("> 1", '"x"')), namespace=namespace)
    assert read(text)["t"].decide({"a": 2}).value == "x"


def test_facts_are_of_the_types_that_the_file_says() -> None:
    structure = (
        '<itemDefinition name="tVisit"><itemComponent name="day"><typeRef>date</typeRef></itemComponent>'
        '<itemComponent name="place"><itemComponent name="km"><typeRef>feel:number</typeRef></itemComponent>'
        '</itemComponent></itemDefinition><itemDefinition name="tDay"><typeRef>date</typeRef></itemDefinition>'
    )
    rules = ('> date("2026-06-01")', "< 3", '"late"'), ("-", "-", '"fine"')
    asked = ("visit.day", "visit.place.km")
    text = model(
        structure, fact("visit", "tVisit"), table("t", "t", asked, ("<output/>",), *rules, head='hitPolicy="FIRST"')
    )
    decide = read(text)["t"].decide
    assert decide({"visit.day": "2026-06-02", "visit.place.km": 2}).value == "late"
    assert decide({"visit.day": "2026-05-02", "visit.place.km": 2}).value == "fine"
    assert decide({"visit.day": "next week", "visit.place.km": 2}).lacking() == Word(
        "visit.day (不是日期)", "visit.day (is no day)"
    )


def test_the_order_of_output_values_may_stand_in_the_type() -> None:
    item = '<itemDefinition name="tLevel"><typeRef>string</typeRef><allowedValues><text>"high", "low"</text></allowedValues></itemDefinition>'
    rows = ("> 1", '"low"'), ("> 2", '"high"')
    text = model(item, table("t", "t", ("a",), ('<output typeRef="tLevel"/>',), *rows, head='hitPolicy="PRIORITY"'))
    assert read(text)["t"].decide({"a": 3}).value == "high"
    without = text.replace('typeRef="tLevel"', "")
    assert [one.code for one in read_decisions_of(without, "x.dmn")[1]] == ["decision.no-order"]


def test_a_decision_without_logic_is_made_by_somebody() -> None:
    text = model('<decision id="o" name="群众 意见"/>', literal("t", "t", '群众 意见 + "!"', need("Decision", "o")))
    assert read(text)["t"].decide({"群众 意见": "同意"}).value == "同意!"
    assert read(text)["t"].decide({}).lacking() == Word("群众 意见", "群众 意见")


CONTEXT = '<context><contextEntry><variable name="x"/><literalExpression><text>1</text></literalExpression></contextEntry></context>'
T = table("t", "t", ("a",), ("<output/>",), ("> 1", '"x"'))


@pytest.mark.parametrize(
    ("parts", "codes", "readable"),
    [
        ((f'<decision id="c" name="c">{CONTEXT}</decision>', T), ["decision.not-supported"], {"t"}),
        (("<import name='m' namespace='n' importType='x'/>", T), ["decision.not-supported"], {"t"}),
        ((literal("c", "c", "1", need("Knowledge", "k")), T), ["decision.not-supported"], {"t"}),
        ((literal("c", "c", "a + 1", need("Decision", "gone")), T), ["decision.no-need"], {"t"}),
        ((literal("c", "c", "max(a, 1)"), T), ["decision.bad-cell"], {"t"}),
        ((literal("c", "c", "1"), literal("c", "again", "1"), T), ["decision.same-id"], {"c", "t"}),
        ((T.replace("<decisionTable ", '<decisionTable hitPolicy="BEST" '),), ["decision.bad-policy"], set()),
        ((T.replace("<decisionTable ", '<decisionTable hitPolicy="COLLECT" aggregation="AVG" '),), ["decision.bad-policy"], set()),
        ((T.replace("<literal", "<x"), literal("c", "c", "a == 'x'")), ["decision.python-cell"], {"t"}),
        (
            (literal("a", "a", "b", need("Decision", "b")), literal("b", "b", "a", need("Decision", "a"))),
            ["decision.circle", "decision.no-need"],
            set(),
        ),
        (
            (
                table("c", "c", ("a",), ('<output name="x"/>', '<output name="y"/>'), ("1", "2", "3"), head='hitPolicy="COLLECT" aggregation="SUM"'),
                T,
            ),
            ["decision.one-output"],
            {"t"},
        ),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named_and_the_rest_is_read(
    parts: tuple[str, ...], codes: list[str], readable: set[str]
) -> None:
    decisions, found = read_decisions_of(model(*parts), "x.dmn")
    assert [one.code for one in found] == codes and all(one.line for one in found)
    assert {one.id for one in decisions} == readable


@pytest.mark.parametrize(
    "language", ["http://www.java.com/java", "javascript", "groovy", "http://www.w3.org/1999/XPath"]
)
def test_another_language_is_named_and_nothing_of_it_is_run(language: str) -> None:
    text = model(T.replace("<decisionTable ", f'<decisionTable expressionLanguage="{language}" '))
    decisions, found = read_decisions_of(text, "x.dmn")
    assert (decisions, [one.code for one in found]) == ((), ["decision.other-language"]) and language in found[
        0
    ].message("en")


@pytest.mark.parametrize(
    "language",
    ["https://www.omg.org/spec/DMN/20191111/FEEL/", "http://www.omg.org/spec/FEEL/20140401", "feel", "S-FEEL"],
)
def test_feel_is_read_by_every_name_it_has(language: str) -> None:
    assert read(model(T).replace("<definitions ", f'<definitions expressionLanguage="{language}" '))["t"]


def test_a_chain_of_needs_is_bounded() -> None:
    chain = [literal("d0", "d0", "1")]
    chain += [literal(f"d{n}", f"d{n}", f"d{n - 1} + 1", need("Decision", f"d{n - 1}")) for n in range(1, 3000)]
    _decisions, found = read_decisions_of(model(*reversed(chain)), "x.dmn")
    assert "decision.too-deep" in {one.code for one in found}
    diamond = [literal("d0", "d0", "1"), literal("e0", "e0", "1")]
    for n in range(1, MOST_DEPTH):
        both = need("Decision", f"d{n - 1}"), need("Decision", f"e{n - 1}")
        diamond += [literal(f"{which}{n}", f"{which}{n}", f"d{n - 1} + e{n - 1}", *both) for which in "de"]
    last = f"d{MOST_DEPTH - 1}"
    assert read(model(*diamond))[last].decide({}).value == 2 ** (MOST_DEPTH - 1)


# Spelling as in Python.


@pytest.mark.parametrize(
    ("was", "right"),
    [
        ("== 'a'", '"a"'), ("!= 'a'", 'not("a")'), ("in ['a', 'b']", '"a", "b"'), ("not in ('a',)", 'not("a")'),
        ("? == 'a' or ? == 'b'", '"a", "b"'), ("1 <= ? < 5", "[1..5)"), ("True", "true"), ("is None", "null"),
        ("'it\\'s'", '"it\'s"'), (">= days_left * 2", None), ("f(?)", ""), ("__import__('os')", ""), ("lambda: 1", ""),
        ("[x for x in y]", ""), ("{'a': 1}", ""), ("x.y()", ""), ("a if b else c", ""), ("(" * 900, ""), ("-" * 1900 + "1", ""),
    ],
)  # fmt: skip
def test_a_cell_as_in_python_has_a_spelling_or_none(was: str, right: str | None) -> None:
    found = of_python(was, cell=True)
    if right is None:
        assert parse_cell(found) is not None
    else:
        assert found == right
        assert not found or parse_cell(found)


@given(st.text(st.sampled_from("ab12 ='\"<>!()[],.?not inandor+-*/"), max_size=30), st.booleans())
def test_a_spelling_is_readable_and_nothing_else_happens(text: str, cell: bool) -> None:
    if found := of_python(text, cell):
        (parse_cell if cell else parse)(found)


def test_a_file_is_spelled_anew_once() -> None:
    rows = ("in ['x', 'y']", "> 2", "'far'"), ("-", "not ?", "True")
    text = model(table("t", "t", ("kind", "km"), ("<output/>",), *rows))
    now, changed = converted(text, "x.dmn")
    assert changed == [("in ['x', 'y']", '"x", "y"'), ("'far'", '"far"'), ("True", "true")]
    assert converted(now, "x.dmn") == (now, [])
    assert converted(FAMILY, "x.dmn") == (FAMILY, [])
    found = read_decisions_of(now, "x.dmn")[1]
    assert [one.params["part"] for one in found] == ["not ?"]


# Rows of files with several tables.


def test_every_table_of_a_file_is_changed_by_itself() -> None:
    rows, found = read_rows(FAMILY, "x.dmn")
    assert found == [] and [(one.id, one.policy, one.width) for one in rows] == [
        ("level", "UNIQUE", 3),
        ("grant", "FIRST", 4),
    ]
    text = with_rules(FAMILY, "grant", [RuleRow(("-", "-", "7", '"全"'))])
    assert read_rows(text, "x.dmn")[0] == (rows[0], *(one for one in read_rows(text, "x.dmn")[0][1:]))
    facts = {"家庭 月收入": 1, "members": 1, "Family's head age": 40, "Residence/County": "x"}
    assert read(text)["grant"].decide(facts).value == {"amount": Decimal(7), "why": "全"}
    assert decision_ids(text) == {"per_head", "level", "grant", "told"} and decision_ids("<a") == frozenset()
    with pytest.raises(ValueError, match="no table"):
        with_rules(FAMILY, "told", [])


# Nothing is ever run.

PROGRAM = "__import__('os').system('touch /tmp/ran')"
MUTATED = {
    "cell": T.replace("&gt; 1", PROGRAM),
    "python cell": T.replace("&gt; 1", "== open('/etc/passwd').read()"),
    "output": T.replace('"x"', PROGRAM, 1),
    "lambda": T.replace('"x"', "(lambda: 1)()", 1),
    "format": T.replace('"x"', "f'{open(0)}'", 1),
    "input": T.replace("<text>a</text>", f"<text>{PROGRAM}</text>"),
    "literal": literal("t", "t", PROGRAM),
    "juel": literal("t", "t", "${execution.exec('x')}"),
    "java": '<decision id="t" name="t"><functionDefinition kind="Java"><context/></functionDefinition></decision>',
    "script": T.replace("<decisionTable ", "<decisionTable scriptFormat='python' script='1' "),
    "groovy": T.replace("<decisionTable ", '<decisionTable expressionLanguage="groovy" '),
    "extension": T.replace("<decisionTable ", "<extensionElements><script>import os</script></extensionElements><decisionTable "),
    "default": T.replace("<output/>", f"<output><defaultOutputEntry><text>{PROGRAM}</text></defaultOutputEntry></output>"),
    "values": T.replace("<output/>", f"<output><outputValues><text>{PROGRAM}</text></outputValues></output>"),
    "include": f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>{T}',
    "import": f'<import namespace="n" locationURI="http://127.0.0.1:9/x.dmn" importType="x"/>{T}',
    "style": f'<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>{T}',
    "powers": literal("t", "t", "9 ** 9 ** 9 ** 9"),
    "long": literal("t", "t", "9" * 100_000),
}  # fmt: skip


@pytest.mark.parametrize("what", MUTATED)
def test_nothing_of_a_file_is_run(what: str) -> None:
    text = model(MUTATED[what])
    read_decisions_of(model(T), "x.dmn")
    with watched() as run:
        decisions, found = read_decisions_of(text, "x.dmn")
        for one in decisions:
            one.decide({"a": 2})
        converted(text, "x.dmn")
    assert run == []
    assert found or what in ("script", "extension", "include", "style", "powers")


def test_what_is_run_would_be_seen() -> None:
    with watched() as run:
        eval("1 + 1")
    assert run and run[0].startswith("exec")


# The compatibility kit.

MET = 27
"""Folders of which every result is met, of 39. The rest goes by functions, contexts, invocations or lists."""


def test_the_compatibility_kit_of_the_standard(shared: Path) -> None:
    folders = sorted((shared / "outside" / "dmn_tck").iterdir())
    met, results, silent = 0, [], []
    for folder in folders:
        file = next(folder.glob("*.dmn"))
        decisions, found = read_decisions_of(file.read_text(encoding="utf-8"), file.name)
        given_ = [one.met(decisions) for tests in folder.glob("*-test-*.xml") for one in expected(tests)]
        results += given_
        met += all(given_)
        if not all(given_) and not found:
            silent.append(folder.name)
    assert (len(folders), met, silent) == (39, MET, [])
    assert (sum(results), len(results)) == (151, 251)


def test_a_rule_error_is_no_surprise() -> None:
    with pytest.raises(RuleError):
        parse("a == 'x'")
