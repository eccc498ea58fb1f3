"""What is wrong with the arrows of a flow: where they lead, what they say, and the choices that they make up."""

from collections.abc import Iterator

from guatu.core.cases.flow import Arrow, Flow, Node, all_moves, move_key
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.rules import RuleError, parse

UNKNOWN_END = Kind(
    "flow.unknown-node",
    "error",
    "连线“{element}”的一端“{node}”不存在",
    "one end of arrow '{element}', '{node}', does not exist",
)
WRONG_END = Kind(
    "flow.wrong-end",
    "error",
    "连线“{element}”进入开始事件或离开结束事件;请改接",
    "arrow '{element}' enters a start event or leaves an end event; connect it elsewhere",
)
ACROSS = Kind(
    "flow.across-part",
    "error",
    "连线“{element}”穿过子流程的边框;请改为从子流程出来或进入子流程",
    "arrow '{element}' crosses the edge of a sub-process; lead it out of the sub-process or into it",
)
UNKNOWN_VERB = Kind(
    "flow.unknown-verb",
    "error",
    "连线“{element}”的 verb“{verb}”不认识;用 forward 或 return",
    "verb '{verb}' of arrow '{element}' is unknown; use forward or return",
)
BAD_CONDITION = Kind(
    "flow.bad-condition",
    "error",
    "连线“{element}”的条件第 {position} 个字符“{near}”处读不懂,此处应为{expected};请改正",
    "the condition of arrow '{element}' cannot be read at character {position}, '{near_en}':"
    " expected {expected_en}; correct it",
)
OTHER_LANGUAGE = Kind(
    "flow.other-language",
    "error",
    "连线“{element}”的条件“{text}”是另一种语言写的,这里不执行;请按 S-FEEL 改写",
    "the condition of arrow '{element}', '{text}', is in another language and is not run here; write it in S-FEEL",
)
NOT_AT_GATEWAY = Kind(
    "flow.condition-without-gateway",
    "error",
    "连线“{element}”有条件,但不是从排他网关或包容网关出来的;请加网关",
    "arrow '{element}' has a condition but does not leave an exclusive or inclusive gateway; put one there",
)
NO_CONDITION = Kind(
    "flow.no-condition",
    "error",
    "网关“{source}”的去向“{element}”没有条件,也不是默认去向;请补上",
    "arrow '{element}' of gateway '{source}' has no condition and is not the default; give it one",
)
NO_DEFAULT = Kind(
    "flow.no-default",
    "error",
    "网关“{element}”没有默认去向,条件都不成立时案件会停住;请设默认去向",
    "gateway '{element}' has no default: a case would stop where no condition holds; set one",
)
MIXED = Kind(
    "flow.mixed-choice",
    "error",
    "网关“{element}”既问操作(move)又问其他;请分成两个网关",
    "gateway '{element}' asks for the move and for something else; make two gateways of it",
)
NOT_AFTER_STEP = Kind(
    "flow.move-without-step",
    "error",
    "网关“{element}”问操作(move),但前面不是环节;请放在环节之后",
    "gateway '{element}' asks for the move but does not follow a step; put it behind one",
)
SAME_MOVE = Kind(
    "flow.same-move",
    "error",
    "环节“{element}”有两个“{move}”操作;请改名",
    "step '{element}' has two moves '{move}'; rename one",
)
MOVE_AT_INCLUSIVE = Kind(
    "flow.move-at-inclusive",
    "error",
    "包容网关的连线“{element}”问操作(move),一个操作只走一条路;请用排他网关",
    "arrow '{element}' of an inclusive gateway asks for the move, and a move goes one way; use an exclusive gateway",
)
SHOWN_TEXT = 80
_OTHER_LANGUAGES = ("${", "#{", "{{", "<%")
"""How expressions of other engines begin."""


def arrow_faults(flow: Flow, file: str) -> Iterator[FileFinding]:
    """Arrows that lead nowhere, or where none may lead, and what an arrow says of itself."""
    for arrow in flow.arrows:
        for end in (arrow.source, arrow.target):
            if end not in flow.by_id:
                yield file_finding(UNKNOWN_END, file, arrow.line, arrow.id, node=end)
        source, target = flow.by_id.get(arrow.source), flow.by_id.get(arrow.target)
        enters = target is not None and target.kind in ("start", "boundary")
        if enters or (source is not None and source.kind == "end"):
            yield file_finding(WRONG_END, file, arrow.line, arrow.id)
        elif source is not None and target is not None and source.inside != target.inside:
            yield file_finding(ACROSS, file, arrow.line, arrow.id)
        yield from _label(arrow, source, file)


def _label(arrow: Arrow, source: Node | None, file: str) -> Iterator[FileFinding]:
    """What an arrow says of itself: its verb and its condition."""
    if arrow.verb not in ("", "forward", "return"):
        yield file_finding(UNKNOWN_VERB, file, arrow.line, arrow.id, verb=arrow.verb)
    if not arrow.condition:
        return
    if source is not None and source.kind not in ("choice", "inclusive"):
        yield file_finding(NOT_AT_GATEWAY, file, arrow.line, arrow.id)
    try:
        parse(arrow.condition)
    except RuleError as error:
        if arrow.language or arrow.condition.startswith(_OTHER_LANGUAGES):
            text = arrow.condition if len(arrow.condition) <= SHOWN_TEXT else f"{arrow.condition[:SHOWN_TEXT]}…"
            yield file_finding(OTHER_LANGUAGE, file, arrow.line, arrow.id, text=text)
        else:
            yield file_finding(BAD_CONDITION, file, arrow.line, arrow.id, **error.params())


def choice_faults(flow: Flow, file: str) -> Iterator[FileFinding]:
    """Gateways at which a case would stop, and moves that nobody could make."""
    for node in flow.nodes:
        if node.kind in ("choice", "inclusive"):
            yield from _choice(flow, node, file)
        elif node.kind == "step":
            yield from _same_moves(flow, node, file)


def _choice(flow: Flow, node: Node, file: str) -> Iterator[FileFinding]:
    leaving = flow.leaving(node.id)
    keys = [move_key(arrow) for arrow in leaving]
    for arrow, key in zip(leaving, keys, strict=True) if len(leaving) > 1 else ():
        if not arrow.condition and not arrow.default and key is None:
            yield file_finding(NO_CONDITION, file, arrow.line, arrow.id, source=node.id)
        if key is not None and node.kind == "inclusive":
            yield file_finding(MOVE_AT_INCLUSIVE, file, arrow.line, arrow.id)
    asks = len(leaving) > 1 or any(arrow.condition for arrow in leaving)
    if asks and not any(keys) and not any(arrow.default for arrow in leaving):
        yield file_finding(NO_DEFAULT, file, node.line, node.id)
    elif any(keys) and node.kind == "choice":
        yield from _move_choice(flow, node, keys, file)


def _move_choice(flow: Flow, node: Node, keys: list[str | None], file: str) -> Iterator[FileFinding]:
    if not all(keys):
        yield file_finding(MIXED, file, node.line, node.id)
    before = [flow.by_id[arrow.source] for arrow in flow.entering(node.id)]
    # A way on that only a clock goes, and one of several events that came, choose nothing.
    if any(one.kind != "step" or one.by == "clock" or _waits_for_events(flow, one) for one in before):
        yield file_finding(NOT_AFTER_STEP, file, node.line, node.id)


def _waits_for_events(flow: Flow, step: Node) -> bool:
    return any(arrow.move for arrow in flow.leaving(step.id))


def _same_moves(flow: Flow, step: Node, file: str) -> Iterator[FileFinding]:
    chosen = [move.key for move in all_moves(flow, step.id)]
    for key in sorted({key for key in chosen if chosen.count(key) > 1}):
        yield file_finding(SAME_MOVE, file, step.line, step.id, move=key)
