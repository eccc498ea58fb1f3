"""What a version of a flow does otherwise than the former one: steps, ways and who acts, in sentences.

Parts are the same where their ids are; how the diagram lies on the page makes no difference.
"""

from collections.abc import Iterator

from guatu.core.cases.flow import Arrow, Flow, Node
from guatu.core.kernel.difference import Difference

_KINDS = {
    "start": ("开始", "start"),
    "step": ("环节", "step"),
    "choice": ("网关", "gateway"),
    "parallel": ("并行网关", "parallel gateway"),
    "inclusive": ("包容网关", "inclusive gateway"),
    "decision": ("决策", "decision"),
    "pass": ("事件", "event"),
    "part": ("子流程", "sub-process"),
    "boundary": ("边界事件", "boundary event"),
    "end": ("结束", "end"),
}
_GATEWAYS = ("choice", "parallel", "inclusive")
_BY = {
    "person": ("人告知", "somebody says it"),
    "clock": ("计时到点", "its clock runs out"),
    "flow": ("流程内抛出", "the flow throws it"),
}
_NONE = ("(无)", "(none)")


def compare_flows(old: Flow, new: Flow) -> list[Difference]:
    """Differences in the order of the new file, what was taken away last; empty where both do the same."""
    found = list(_words("流程名称", "name of the flow", old.name, new.name, ""))
    found += _words("流程英文名", "English name of the flow", old.name_en, new.name_en, "")
    for node in new.nodes:
        before = old.by_id.get(node.id)
        found += _node(before, node) if before is not None else [_said("新增", "new", new, node)]
    for arrow in new.arrows:
        known = old.arrow_by_id.get(arrow.id)
        found += _arrow(old, known, new, arrow) if known is not None else [_way("新增", "new", new, arrow)]
    found += [_said("删除", "gone", old, node) for node in old.nodes if node.id not in new.by_id]
    found += [_way("删除", "gone", old, arrow) for arrow in old.arrows if arrow.id not in new.arrow_by_id]
    if not found and _order(old) != _order(new):
        found.append(Difference("操作的先后次序有变", "the order of the moves is another"))
    return found


def _order(flow: Flow) -> list[str]:
    return [arrow.id for arrow in flow.arrows]


def _called(flow: Flow, id_: str, english: bool) -> str:
    """A node in words; a gateway without a name is called after what leads to it."""
    node = flow.by_id.get(id_)
    if node is None:
        return id_
    name = (node.name_en or node.name) if english else node.name
    if name:
        return f"'{name}'" if english else f"“{name}”"
    before = [flow.by_id[arrow.source] for arrow in flow.entering(id_) if arrow.source in flow.by_id]
    named = next((one for one in before if one.name), None) if node.kind in _GATEWAYS else None
    if named is None:
        return f"{_KINDS[node.kind][english]} {id_}" if english else f"{_KINDS[node.kind][0]} {id_}"
    return f"the gateway after '{named.name_en or named.name}'" if english else f"“{named.name}”后的网关"


def _said(zh: str, en: str, flow: Flow, node: Node) -> Difference:
    kind = _KINDS[node.kind]
    said = f"{zh}{kind[0]}{_called(flow, node.id, False)}", f"{en} {kind[1]}: {_called(flow, node.id, True)}"
    return Difference(*said, node.id)


def _way(zh: str, en: str, flow: Flow, arrow: Arrow) -> Difference:
    name = f"“{arrow.name}”" if arrow.name else ""
    name_en = f"'{arrow.name_en or arrow.name}' " if arrow.name else ""
    (zh_from, en_from), (zh_to, en_to) = (
        (_called(flow, end, False), _called(flow, end, True)) for end in (arrow.source, arrow.target)
    )
    return Difference(f"{zh}去向{name}:{zh_from} → {zh_to}", f"{en} way {name_en}from {en_from} to {en_to}", arrow.id)


def _node(old: Node, new: Node) -> Iterator[Difference]:
    at = (new.name or new.id, new.name_en or new.name or new.id, new.id)
    if old.kind != new.kind:
        yield _changed("类型", "kind", _KINDS[old.kind], _KINDS[new.kind], at)
    yield from _words(f"“{at[0]}”的名称", f"name of '{at[1]}'", old.name, new.name, new.id)
    yield from _words(f"“{at[0]}”的英文名", f"English name of '{at[1]}'", old.name_en, new.name_en, new.id)
    pairs = (
        ("办理人", "who acts", " ".join(old.roles), " ".join(new.roles)),
        ("填写内容", "fields", _fields(old), _fields(new)),
        ("时限", "clock", old.clock, new.clock),
        ("退回后的计时", "clock after a return", old.rework, new.rework),
        ("结束方式", "how a case ends", old.outcome, new.outcome),
        ("决策表", "decision table", old.decision, new.decision),
        ("泳道", "lane", old.lane, new.lane),
        ("所在子流程", "sub-process around it", old.inside, new.inside),
        ("时间", "duration", old.duration, new.duration),
        ("所附环节", "step at whose edge it stands", old.host, new.host),
        ("捕获事件", "event that catches it", old.catcher, new.catcher),
    )
    for zh, en, before, after in pairs:
        yield from _words(f"“{at[0]}”的{zh}", f"{en} of '{at[1]}'", before, after, new.id)
    if old.by != new.by:
        yield _changed("发生方式", "way of happening", _BY[old.by], _BY[new.by], at)
    if old.interrupts != new.interrupts:
        yield _changed("是否中断", "interrupting", _yes_no(old.interrupts), _yes_no(new.interrupts), at)
    if old.halts != new.halts:
        yield _changed("是否全部终止", "ending all", _yes_no(old.halts), _yes_no(new.halts), at)


def _yes_no(is_so: bool) -> tuple[str, str]:
    return ("是", "yes") if is_so else ("否", "no")


def _fields(node: Node) -> str:
    return " ".join(need.name + ("" if need.required else "?") for need in node.fields)


def _arrow(was: Flow, old: Arrow, now: Flow, new: Arrow) -> Iterator[Difference]:
    zh, en = new.name or old.name or new.id, new.name_en or new.name or new.id
    if (old.source, old.target) != (new.source, new.target):
        yield Difference(
            f"去向“{zh}”改接:原为 {_called(was, old.source, False)} → {_called(was, old.target, False)},"
            f"现为 {_called(now, new.source, False)} → {_called(now, new.target, False)}",
            f"way '{en}' leads elsewhere: from {_called(was, old.source, True)} to {_called(was, old.target, True)},"
            f" now from {_called(now, new.source, True)} to {_called(now, new.target, True)}",
            new.id,
        )
    pairs = (
        ("名称", "name", old.name, new.name),
        ("英文名", "English name", old.name_en, new.name_en),
        ("条件", "condition", old.condition, new.condition),
        ("操作", "move", old.move, new.move),
        ("性质", "kind", old.verb or "forward", new.verb or "forward"),
        ("默认", "default", _yes(old), _yes(new)),
    )
    for part_zh, part_en, before, after in pairs:
        yield from _words(f"去向“{zh}”的{part_zh}", f"{part_en} of way '{en}'", before, after, new.id)


def _yes(arrow: Arrow) -> str:
    return "✓" if arrow.default else ""


def _words(zh: str, en: str, old: str, new: str, element: str) -> Iterator[Difference]:
    if old != new:
        yield Difference(
            f"{zh}:{old or _NONE[0]} → {new or _NONE[0]}", f"{en}: {old or _NONE[1]} → {new or _NONE[1]}", element
        )


def _changed(zh: str, en: str, old: tuple[str, str], new: tuple[str, str], at: tuple[str, str, str]) -> Difference:
    return Difference(f"“{at[0]}”的{zh}:{old[0]} → {new[0]}", f"{en} of '{at[1]}': {old[1]} → {new[1]}", at[2])
