"""What a decision asks and sets, against the fields of its pack."""

from collections.abc import Iterator
from typing import get_args

from guatu.adapters.flows.dmn_cover import Overlap, cover_faults, table_overlaps
from guatu.core.cases.case_fields import CaseFields
from guatu.core.cases.flow_facts import facts_of, wrong_condition
from guatu.core.cases.parameters import Parameters
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.rules import (
    Choice,
    Decision,
    DecisionTable,
    Expression,
    Term,
    Vocabulary,
    check,
    check_value,
)
from guatu.core.rules.operations import ORDERED
from guatu.core.rules.tables import MANY, stored
from guatu.core.rules.tree import Literal
from guatu.core.rules.vocabulary import TYPE_WORDS, Type

UNKNOWN_OUTPUT = Kind(
    "decision.unknown-output",
    "error",
    "决策表“{element}”给出的字段“{name}”没有登记在 fields.toml",
    "'{element}' sets field '{name}', which is not declared in fields.toml",
)
WRONG_OUTPUT = Kind(
    "decision.wrong-output",
    "error",
    "决策表“{element}”给字段“{name}”的值“{value}”不对:{zh}",
    "'{element}' sets '{name}' to '{value}': {en}",
)
OUTPUT_TYPE = Kind(
    "decision.output-type",
    "error",
    "决策“{element}”给字段“{name}”的是{zh},这个字段是{zh_here};请改表或换字段",
    "'{element}' gives field '{name}' a {en}, and the field is a {en_here}; change the table or take another field",
)
NO_SUM = Kind(
    "decision.no-sum",
    "error",
    "决策表“{element}”要求 {aggregator},但它的输出有{zh},算不出来",
    "'{element}' asks for {aggregator}, but an output of it is a {en}: there is no such result",
)
TYPE_DIFFERS = Kind(
    "decision.type-differs",
    "error",
    "文件把“{name}”当作{zh},fields.toml 里是{zh_here};请改成一样",
    "the file takes '{name}' for a {en}, fields.toml has a {en_here}; make them one",
)
NO_TYPE = Kind(
    "decision.no-type",
    "error",
    "“{element}”的结果是哪一类看不出来;请写明类型(typeRef)",
    "what type '{element}' gives cannot be told; say it (typeRef)",
)


def decision_faults(
    decision: Decision, fields: CaseFields, parameters: Parameters, file: str, sets: bool = True
) -> list[FileFinding]:
    """Everything that is wrong with a decision in a pack with these fields and parameters; `sets` says whether what it
    gives is a field of a case, and not only for other decisions."""
    words = _words(decision, facts_of(fields, parameters))
    found = [*_types(decision, words, file), *_declared(decision, fields.vocabulary, file)]
    found += _aggregates(decision, words, file)
    found += [*_outputs(decision, fields, file), *_fits(decision, fields, words, file)] if sets else []
    found += [] if sets else _typed(decision, words, file)
    if found or not isinstance(decision.logic, DecisionTable):
        return found
    return cover_faults(decision.logic, words, parameters, file)


def overlaps(decision: Decision, fields: CaseFields, parameters: Parameters) -> list[Overlap] | None:
    """Which rules of a decision's table can fit at once in a pack with these fields; None where that cannot be
    listed."""
    if not isinstance(decision.logic, DecisionTable):
        return None
    return table_overlaps(decision.logic, _words(decision, facts_of(fields, parameters)), parameters)


def _words(decision: Decision, own: Vocabulary) -> Vocabulary:
    """The facts of the pack, and what the needed decisions give."""
    given = {term.name: term for need in decision.needs for term in _given(need, own)}
    return Vocabulary((*(term for name in own if name not in given and (term := own.get(name))), *given.values()))


def _given(need: Decision, own: Vocabulary) -> Iterator[Term]:
    """What a needed decision is to others: of texts that are written down, these are the choices."""
    for at, (name, type_) in enumerate(zip(_names(need), _result_types(need, _words(need, own)), strict=True)):
        if type_ is not None:
            values = _written(need, at) if type_ == "text" else ()
            yield Term(name, type_, name, name, choices=tuple(Choice(one, one, one) for one in values))


def _names(decision: Decision) -> tuple[str, ...]:
    """The names by which others know what it gives, in the order of its outputs."""
    whole, *single = decision.gives
    return tuple(single) or (whole,)


def _result_types(decision: Decision, words: Vocabulary) -> list[Type | None]:
    return [_result_type(decision, at, name, words) for at, name in enumerate(_names(decision))]


def _result_type(decision: Decision, at: int, name: str, words: Vocabulary) -> Type | None:
    """What others get; what the file says of it goes where its cells do not tell."""
    declared = decision.words.get(name)
    return _told_type(decision, at, words) or (declared.type if declared else None)


def _told_type(decision: Decision, at: int, words: Vocabulary) -> Type | None:
    """The type of an output by its policy and its cells; None where they do not tell, or tell several."""
    if isinstance(decision.logic, DecisionTable) and decision.logic.policy in MANY and not decision.logic.aggregator:
        return "list"
    if isinstance(decision.logic, DecisionTable) and decision.logic.aggregator == "COUNT":
        return "number"
    found = _cell_types(decision, at, words)
    return next((one for one in get_args(Type) if found == {one}), None)


def _cell_types(decision: Decision, at: int, words: Vocabulary) -> set[str | None]:
    return {check_value(one, words)[0] for one in _cells(decision, at)} - {"null"}


def _cells(decision: Decision, at: int) -> Iterator[Expression]:
    """What one of its outputs may be set to."""
    if isinstance(decision.logic, DecisionTable):
        cells = [*(rule.outputs[at] for rule in decision.logic.rules), decision.logic.outputs[at].default]
        yield from (one for one in cells if one is not None)
    elif decision.logic is not None:
        yield decision.logic


def _written(decision: Decision, at: int) -> tuple[str, ...]:
    """The texts that an output may be; none where one of them is not written down."""
    values = [one.value if isinstance(one, Literal) else None for one in _cells(decision, at)]
    return tuple(dict.fromkeys(one for one in values if isinstance(one, str))) if None not in values else ()


def _types(decision: Decision, words: Vocabulary, file: str) -> Iterator[FileFinding]:
    """What its cells ask that the pack does not know or that cannot be compared."""
    rules = decision.logic.rules if isinstance(decision.logic, DecisionTable) else ()
    for rule in rules:
        for one in check(rule.when, words):
            yield wrong_condition(one, (file, rule.line or decision.line, decision.id))
    for at in range(len(decision.outputs)):
        for cell in _cells(decision, at):
            for one in check_value(cell, words)[1]:
                yield wrong_condition(one, (file, decision.line, decision.id))


def _declared(decision: Decision, fields: Vocabulary, file: str) -> Iterator[FileFinding]:
    """Facts of which the file says another type than the pack."""
    for name in sorted(decision.asked):
        there, here = decision.words.get(name), fields.get(name)
        if there is not None and here is not None and there.type != here.type:
            (zh, en), (zh_here, en_here) = TYPE_WORDS[there.type], TYPE_WORDS[here.type]
            words = {"name": name, "zh": zh, "en": en, "zh_here": zh_here, "en_here": en_here}
            yield file_finding(TYPE_DIFFERS, file, decision.line, decision.id, **words)


def _typed(decision: Decision, words: Vocabulary, file: str) -> Iterator[FileFinding]:
    if decision.logic is not None and None in _result_types(decision, words):
        yield file_finding(NO_TYPE, file, decision.line, decision.id)


def _aggregates(decision: Decision, words: Vocabulary, file: str) -> Iterator[FileFinding]:
    """Values that have no sum, or no least and most."""
    table = decision.logic
    if not isinstance(table, DecisionTable) or table.aggregator not in ("SUM", "MIN", "MAX"):
        return
    fitting = ("number",) if table.aggregator == "SUM" else ORDERED
    for type_ in sorted(one for one in _cell_types(decision, 0, words) if one is not None and one not in fitting):
        zh, en = TYPE_WORDS[type_]
        yield file_finding(NO_SUM, file, table.line, decision.id, aggregator=table.aggregator, zh=zh, en=en)


def _fits(decision: Decision, fields: CaseFields, words: Vocabulary, file: str) -> Iterator[FileFinding]:
    """Results of another type than the field that they set; what is written down is read as the field reads it."""
    for at, name in enumerate(decision.outputs):
        field, type_ = fields.by_name.get(name), _told_type(decision, at, words)
        plain = type_ != "list" and all(isinstance(one, Literal) for one in _cells(decision, at))
        counts = isinstance(decision.logic, DecisionTable) and decision.logic.aggregator == "COUNT"
        if field is None or type_ is None or (plain and not counts) or type_ == field.term.type:
            continue
        (zh, en), (zh_here, en_here) = TYPE_WORDS[type_], TYPE_WORDS[field.term.type]
        line = decision.logic.line if isinstance(decision.logic, DecisionTable) else decision.line
        told = {"name": name, "zh": zh, "en": en, "zh_here": zh_here, "en_here": en_here}
        yield file_finding(OUTPUT_TYPE, file, line, decision.id, **told)


def _outputs(decision: Decision, fields: CaseFields, file: str) -> Iterator[FileFinding]:
    for at, name in enumerate(decision.outputs):
        field = fields.by_name.get(name)
        if field is None:
            line = decision.logic.line if isinstance(decision.logic, DecisionTable) else decision.line
            yield file_finding(UNKNOWN_OUTPUT, file, line, decision.id, name=name)
            continue
        counts = isinstance(decision.logic, DecisionTable) and decision.logic.aggregator == "COUNT"
        for line, given in _set(decision, at) if not counts else ():
            if not isinstance(given, Literal) or given.value is None:
                continue
            value, faults = field.read(given.value, "")
            said = [(one.message("zh"), one.message("en")) for one in faults]
            if not faults and value != stored(given.value):
                # A case takes it as it stands here: no condition would ever find it.
                said = [(f"请写成 {value}", f"write {value}")]
            for zh, en in said:
                words = {"name": name, "value": given.value, "zh": zh, "en": en}
                yield file_finding(WRONG_OUTPUT, file, line, decision.id, **words)


def _set(decision: Decision, at: int) -> Iterator[tuple[int, Expression | None]]:
    """What an output is set to, with the line of the rule."""
    if isinstance(decision.logic, DecisionTable):
        yield from ((rule.line, rule.outputs[at]) for rule in decision.logic.rules)
        yield decision.logic.line, decision.logic.outputs[at].default
    elif decision.logic is not None:
        yield decision.line, decision.logic
