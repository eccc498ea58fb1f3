"""Decisions: DMN 1.1 to 1.5 with S-FEEL in tables and expressions, in the one language of conditions.

What a file holds besides (functions, contexts, invocations, imports) is named where a decision goes by it; its other
decisions are read.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar, cast

from lxml import etree

from guatu.adapters.flows.dmn_names import Names, name_of, type_ref
from guatu.adapters.flows.dmn_spelling import of_python, says_python
from guatu.adapters.flows.xml import local_name, namespace, parse_xml, texts_of
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.rules import Cell, Expression, RuleError, Vocabulary, parse, parse_cell, value_of
from guatu.core.rules.decisions import Decision
from guatu.core.rules.facts import Value
from guatu.core.rules.tables import AGGREGATORS, POLICIES, Aggregator, DecisionTable, Output, Policy, TableRule
from guatu.core.rules.tree import And, Endpoint

NO_TABLE = Kind("decision.no-table", "error", "文件中没有决策表", "there is no decision in this file")
SAME = Kind("decision.same-id", "error", "决策“{element}”出现了两次;请改 id", "decision '{element}' is there twice")
NOT_SUPPORTED = Kind(
    "decision.not-supported",
    "error",
    "“{element}”用到 {kind}({name}),这里不支持;可用:决策表、S-FEEL 表达式",
    "'{element}' goes by a {kind} ({name}), which is not supported; there are decision tables and S-FEEL expressions",
)
OTHER_LANGUAGE = Kind(
    "decision.other-language",
    "error",
    "“{element}”用 {language} 书写,这里不执行程序;请改成 S-FEEL",
    "'{element}' is written in {language}: nothing is executed here; write it in S-FEEL",
)
NO_NEED = Kind(
    "decision.no-need",
    "error",
    "“{element}”要用的决策“{name}”不在文件里或读不出来",
    "'{element}' needs decision '{name}', which is not in this file or cannot be read",
)
CIRCLE = Kind(
    "decision.circle",
    "error",
    "“{element}”绕一圈又要用到自己;请断开",
    "'{element}' needs itself by way of others; cut the circle",
)
TOO_DEEP = Kind(
    "decision.too-deep",
    "error",
    "“{element}”下面一层套一层的决策超过 {most} 层;请合并",
    "more than {most} levels of decisions above '{element}'; join some",
)
BAD_POLICY = Kind(
    "decision.bad-policy",
    "error",
    "决策表“{element}”的命中策略 {policy} 不认识;可用:{known}",
    "hit policy {policy} of '{element}' is unknown; there are {known}",
)
NO_ORDER = Kind(
    "decision.no-order",
    "error",
    "决策表“{element}”的命中策略 {policy} 要按输出值的先后取舍,但没有列出输出值(outputValues)",
    "hit policy {policy} of '{element}' goes by the order of the output values, which are not listed (outputValues)",
)
ONE_OUTPUT = Kind(
    "decision.one-output",
    "error",
    "决策表“{element}”要求 {aggregator},只能有一个输出",
    "'{element}' asks for {aggregator}: it can have one output only",
)
BAD_CELL = Kind(
    "decision.bad-cell",
    "error",
    "“{element}”的单元格“{part}”第 {position} 个字符“{near}”处读不懂,此处应为{expected};请改正",
    "cell '{part}' of '{element}' cannot be read at character {position}, '{near_en}': expected {expected_en};"
    " correct it",
)
PYTHON_CELL = Kind(
    "decision.python-cell",
    "error",
    "“{element}”的单元格“{part}”是 Python 写法;请写成 {right}",
    "cell '{part}' of '{element}' is spelled as in Python; write {right}",
)
BAD_SHAPE = Kind(
    "decision.bad-shape",
    "error",
    "规则“{element}”有 {inputs} 个输入、{outputs} 个输出,表头是 {head};请对齐",
    "rule '{element}' has {inputs} inputs and {outputs} outputs, the head has {head}; make them equal",
)
NO_NAME = Kind(
    "decision.no-name",
    "error",
    "输入“{element}”没有表达式,或输出没有名称;请补上,名称里不能有点",
    "input '{element}' has no expression, or an output no name; give it one, without dots",
)

# What a decision may hold that is no logic of its own.
_ABOUT = (
    "", "description", "extensionElements", "variable", "question", "allowedAnswers", "informationRequirement",
    "authorityRequirement", "knowledgeRequirement", "supportedObjective", "impactedPerformanceIndicator",
    "decisionMaker", "decisionOwner", "usingProcess", "usingTask",
)  # fmt: skip
MOST_DEPTH = 20
"""Levels of decisions that need each other."""
Read = TypeVar("Read", Cell, Expression)
_OURS = ("feel", "s-feel", "sfeel")


def read_decisions_of(text: str, file: str) -> tuple[tuple[Decision, ...], list[FileFinding]]:
    """The decisions of a file that can be read, in its order, and everything that is wrong with it."""
    root, found = parse_xml(text, file)
    if root is None:
        return (), found
    if not namespace(root) or not any(local_name(one) == "decision" for one in root):
        return (), [file_finding(NO_TABLE, file)]
    reader = _Reader(root, file)
    return tuple(reader.read()), reader.found


def decision_ids(text: str) -> frozenset[str]:
    """The ids of all decisions of a file, readable or not."""
    root, _found = parse_xml(text, "decision")
    return frozenset() if root is None else frozenset(map(id_of, parts(root, "decision")))


class _Reader:
    def __init__(self, root: etree._Element, file: str) -> None:
        self.file = file
        self.found: list[FileFinding] = []
        self.names = Names(root)
        self.words = self.names.words()
        self.named = {one.get("id") or "": one.get("name") or "" for one in root}
        self.elements: dict[str, etree._Element] = {}
        self.made: dict[str, Decision | None] = {}
        for one in root:
            if local_name(one) == "import":
                self.add(NOT_SUPPORTED, one, kind="import", name=one.get("name") or one.get("namespace") or "")
            elif local_name(one) == "decision" and id_of(one) in self.elements:
                self.add(SAME, one, id_of(one))
            elif local_name(one) == "decision":
                self.elements[id_of(one)] = one
        self.language = root.get("expressionLanguage") or ""

    def read(self) -> Iterator[Decision]:
        for id_ in self.elements:
            if (found := self.decision(id_)) is not None:
                yield found

    def add(self, what: Kind, at: etree._Element, element: str = "", /, **params: object) -> None:
        id_ = element or at.get("id") or ""
        self.found.append(file_finding(what, self.file, at.sourceline or 0, id_, **params))

    def decision(self, id_: str, above: tuple[str, ...] = ()) -> Decision | None:
        """One decision after those that it needs; None where it cannot be read, and why is found."""
        if id_ not in self.made:
            at, before = self.elements[id_], len(self.found)
            needs = [one for one in self._needs(at, (*above, id_)) if one is not None]
            logic = self._logic(at)
            read = len(self.found) == before
            line = at.sourceline or 0
            self.made[id_] = Decision(id_, name_of(at), logic, tuple(needs), self.words, line) if read else None
        return self.made[id_]

    def _needs(self, at: etree._Element, above: tuple[str, ...]) -> Iterator[Decision | None]:
        for kind, id_ in requirements(at):
            name = self.named.get(id_) or id_
            if kind == "requiredKnowledge":
                self.add(NOT_SUPPORTED, at, kind="businessKnowledgeModel", name=name)
            elif kind == "requiredDecision" and id_ in above:
                self.add(CIRCLE, at, id_of(at))
            elif kind == "requiredDecision" and len(above) > MOST_DEPTH:
                self.add(TOO_DEEP, at, id_of(at), most=MOST_DEPTH)
            elif kind == "requiredDecision":
                found = self.decision(id_, above) if id_ in self.elements else None
                if found is None:
                    self.add(NO_NEED, at, id_of(at), name=name)
                yield found

    def _logic(self, at: etree._Element) -> DecisionTable | Expression | None:
        parts = [one for one in at if local_name(one) not in _ABOUT]
        if not parts:
            return None
        part, kind = parts[0], local_name(parts[0])
        language = part.get("expressionLanguage") or self.language
        if kind not in ("decisionTable", "literalExpression"):
            self.add(NOT_SUPPORTED, part, id_of(at), kind=kind, name=name_of(at))
        elif language and not language.rstrip("/").lower().endswith(_OURS) and "/FEEL" not in language:
            self.add(OTHER_LANGUAGE, part, id_of(at), language=language)
        elif kind == "decisionTable":
            return self._table(at, part)
        else:
            return self._cell(part, id_of(at), parse)
        return None

    def _table(self, at: etree._Element, table: etree._Element) -> DecisionTable | None:
        before = len(self.found)
        policy, aggregator = (table.get("hitPolicy") or "UNIQUE").upper(), (table.get("aggregation") or "").upper()
        if policy not in POLICIES or aggregator not in AGGREGATORS:
            self.add(BAD_POLICY, table, policy=f"{policy} {aggregator}".strip(), known=", ".join(POLICIES))
        inputs, outputs = parts(table, "input"), parts(table, "output")
        asked = [self._asked(one) for one in inputs]
        sets = [self._output(one, at, len(outputs) == 1) for one in outputs]
        self._policy(table, policy, aggregator, sets)
        rules = [self._rule(one, asked, len(outputs)) for one in parts(table, "rule")]
        if len(self.found) > before:
            return None
        return DecisionTable(
            id_of(at),
            at.get("name") or "",
            tuple(one for one in sets if one),
            tuple(one for one in rules if one),
            cast(Policy, policy),
            cast(Aggregator, aggregator if policy == "COLLECT" else ""),
            table.sourceline or 0,
        )

    def _policy(self, table: etree._Element, policy: str, aggregator: str, sets: list[Output | None]) -> None:
        ordered = any(one is not None and one.values for one in sets)
        if policy in ("PRIORITY", "OUTPUT ORDER") and all(sets) and not ordered:
            self.add(NO_ORDER, table, policy=policy)
        if aggregator and len(sets) > 1:
            self.add(ONE_OUTPUT, table, aggregator=aggregator)

    def _asked(self, part: etree._Element) -> Expression | None:
        """What an input is about."""
        for one in parts(part, "inputExpression")[:1]:
            if texts_of(one):
                return self._cell(one, part.get("id") or "", parse)
        self.add(NO_NAME, part)
        return None

    def _output(self, part: etree._Element, at: etree._Element, alone: bool) -> Output | None:
        """What an output sets; one that is alone and has no name sets what its decision is called."""
        name = (part.get("name") or (name_of(at) if alone else part.get("label")) or "").strip()
        if not name or "." in name:
            self.add(NO_NAME, part)
            return None
        listed = "".join(map(texts_of, parts(part, "outputValues")[:1]))
        allowed = self.names.allowed(part.get("typeRef") or (type_ref(at) if alone else ""))
        default = [self._cell(one, part.get("id") or "", parse) for one in parts(part, "defaultOutputEntry")[:1]]
        return Output(name, self._values(part, listed or allowed), default[0] if default else None)

    def _values(self, part: etree._Element, text: str) -> tuple[Value, ...]:
        """The values of a list such as `"A", "B"`; of tests that are no single values nothing is known."""
        try:
            tests = parse_cell(text, self.words).tests if text else ()
        except RuleError as error:
            self.add(BAD_CELL, part, part=text, **error.params())
            return ()
        values = (value_of(one.of, {}) for one in tests if isinstance(one, Endpoint))
        return tuple(one for one in values if one is not None)

    def _rule(self, rule: etree._Element, asked: list[Expression | None], outputs: int) -> TableRule | None:
        tests, gives = parts(rule, "inputEntry"), parts(rule, "outputEntry")
        if (len(tests), len(gives)) != (len(asked), outputs):
            head = f"{len(asked)} + {outputs}"
            self.add(BAD_SHAPE, rule, inputs=len(tests), outputs=len(gives), head=head)
            return None
        cells = [self._cell(one, rule.get("id") or "", parse_cell, "-") for one in tests]
        given = tuple(self._cell(one, rule.get("id") or "", parse) for one in gives)
        when = [cell.of(about) for cell, about in zip(cells, asked, strict=True) if cell and about]
        description = "".join(one.text or "" for one in parts(rule, "description")).strip()
        return TableRule(rule.get("id") or "", description, And(tuple(when)), given, rule.sourceline or 0)

    def _cell(
        self, cell: etree._Element, owner: str, read: Callable[[str, Vocabulary], Read], empty: str = ""
    ) -> Read | None:
        """A cell or an expression; None where it is empty or cannot be read."""
        text = texts_of(cell) or empty
        try:
            found = read(text, self.words) if text else None
        except RuleError as error:
            right = of_python(text, read is parse_cell)
            bad = BAD_CELL if not right else PYTHON_CELL
            self.add(bad, cell, owner, part=text, right=right, **error.params())
            return None
        if found is not None and says_python(found):
            self.add(PYTHON_CELL, cell, owner, part=text, right=of_python(text, read is parse_cell))
            return None
        return found


def id_of(decision: etree._Element) -> str:
    return decision.get("id") or decision.get("name") or ""


def parts(owner: etree._Element, kind: str) -> list[etree._Element]:
    return [part for part in owner if local_name(part) == kind]


def requirements(decision: etree._Element) -> Iterator[tuple[str, str]]:
    """What a decision needs: the kind of the requirement (`requiredDecision` ...) and the id it points to."""
    for one in decision:
        if local_name(one) in ("informationRequirement", "knowledgeRequirement"):
            for what in one:
                yield local_name(what), (what.get("href") or "").rpartition("#")[2]
