"""What a flow asks and compares, against the fields that its pack declares: a condition that can never be judged would
send every case the same way, in silence."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from guatu.core.cases.case_fields import COMMON, CaseFields
from guatu.core.cases.flow import Flow, move_key
from guatu.core.cases.parameters import Parameters
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.row_finding import RowFinding
from guatu.core.rules import RuleError, Vocabulary, check_text, names, parse

UNKNOWN_FIELD = Kind(
    "flow.unknown-field",
    "error",
    "环节“{element}”的字段“{name}”没有登记在 fields.toml",
    "field '{name}' of step '{element}' is not declared in fields.toml",
)
NEVER_FILLED = Kind(
    "flow.field-never-filled",
    "error",
    "“{element}”用到字段“{name}”,但没有环节填写它,也没有决策表给出它",
    "'{element}' asks for field '{name}', which no step fills in and no decision table sets",
)
WRONG_CONDITION = Kind("flow.wrong-condition", "error", "“{element}”的条件:{zh}", "condition of '{element}': {en}")


def filled(flow: Flow, outputs: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Fields that a case of the flow may come to have."""
    steps = (need.name for step in flow.steps for need in step.fields)
    tables = (name for node in flow.nodes if node.kind == "decision" for name in outputs.get(node.decision, ()))
    return frozenset((*(row.name for row in COMMON), *steps, *tables))


def fact_faults(
    flow: Flow, fields: CaseFields, outputs: Mapping[str, Iterable[str]], file: str
) -> Iterator[FileFinding]:
    """What is wrong with the fields of steps and the conditions of arrows; `outputs` are those of decision tables by
    their ids."""
    for step in flow.steps:
        for need in step.fields:
            if need.name not in fields.by_name:
                yield file_finding(UNKNOWN_FIELD, file, step.line, step.id, name=need.name)
    words, known = facts_of(fields, flow.parameters), filled(flow, outputs)
    for arrow in flow.arrows:
        if not arrow.condition or move_key(arrow) is not None:
            continue
        place = file, arrow.line, arrow.id
        for name in _asked(arrow.condition, words):
            if name in fields.by_name and name not in known:
                yield file_finding(NEVER_FILLED, *place, name=name)
        for one in check_text(arrow.condition, words, "", ""):
            yield wrong_condition(one, place)


def facts_of(fields: CaseFields, parameters: Parameters) -> Vocabulary:
    """What conditions and tables of a pack may speak of: its fields and its parameters."""
    own = tuple(term for term in parameters.terms if term.name not in fields.by_name)
    return Vocabulary((*fields.vocabulary.terms, *own))


def _asked(text: str, words: Vocabulary) -> tuple[str, ...]:
    """The names in a condition; that one cannot be read is said where arrows are checked."""
    try:
        return names(parse(text, words))
    except RuleError:
        return ()


def wrong_condition(one: Finding | RowFinding, place: tuple[str, int, str]) -> FileFinding:
    """A finding about a rule at the place in the file where the rule stands; a warning stays one."""
    found = file_finding(WRONG_CONDITION, *place, zh=one.message("zh"), en=one.message("en"))
    return msgspec.structs.replace(found, code=one.code, severity=one.severity)
