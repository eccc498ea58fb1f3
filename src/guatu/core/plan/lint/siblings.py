"""Items of one list: same parent, same style of number."""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView
from guatu.core.plan.outline.model import Marker, Node

_DIGITS = "零一二三四五六七八九"


class Siblings(msgspec.Struct):
    """Items that are numbered as one list."""

    parent: Node | None
    nodes: list[Node]
    runs_on_from: int
    """Last number of this style before the list, in another part of the document; 0 where there is none."""

    def expected_before(self, index: int) -> int:
        """The number that stands, or should stand, right before item `index`; its own where it begins anew."""
        value = self.nodes[index].marker.value
        if index:
            before = self.nodes[index - 1].marker.value
            return value if value <= before else before
        if len(self.nodes) == 1 and self.parent and self.parent.marker.value == value - 1:
            # (3) between 2. and 4.: an item of the list above in another style.
            return value - 1
        if value == self.runs_on_from + 1:
            return self.runs_on_from
        return 0

    def stands_inline(self, index: int, value: int, norm: str) -> bool:
        """Whether the missing number stands inside the text before the item."""
        node = self.nodes[index]
        owner = self.nodes[index - 1] if index else self.parent
        start = owner.start if owner else max(0, node.start - _LOOK_BACK)
        label = self.labels(node, value, value)
        stops = ("、", ".") if node.marker.kind in ("1.", "一、") else ("",)
        if any(norm.find(label + stop, start, node.start) >= 0 for stop in stops):
            return True
        read = {marker.start for marker in _markers(owner)}
        found = _otherwise(value).finditer(norm, start, node.start)
        return any(read.isdisjoint(range(*match.span())) for match in found)

    def labels(self, node: Node, first: int, last: int) -> str:
        """Numbers from `first` to `last` in the style of `node`."""
        return "、".join(_like(node, value) for value in range(first, last + 1))


def _markers(node: Node | None) -> Iterator[Marker]:
    """The numbers of an item and of all below it, which stand for themselves."""
    stack = [node] if node else []
    while stack:
        at = stack.pop()
        yield at.marker
        alone = len(at.children) == 1 and at.children[0].marker.value == at.marker.value + 1
        stack.extend([] if alone else at.children)


@lru_cache(maxsize=512)
def _otherwise(value: int) -> re.Pattern[str]:
    """A number that opens a line in another style than its siblings (3) for 3.), or without a mark behind it."""
    number = f"(?:{value}|{chinese_numeral(value)})"
    return regex(
        rf"(?:^|[\n。;])[ \t]*(?:[(\[]{number}[)\]]|第?{number}(?:[)\]、.,:：][ \t]*|[ \t]+)(?=[\u4e00-\u9fff“]))", re.M
    )


_LOOK_BACK = 2000


def sibling_lists(view: LintView) -> list[Siblings]:
    """All lists of all documents, in reading order of their first items."""
    return view.once(_sibling_lists)


def _sibling_lists(view: LintView) -> list[Siblings]:
    return list(_lists(view))


def _lists(view: LintView) -> Iterator[Siblings]:
    for document in view.outline.documents:
        last: dict[str, int] = {}
        pending: list[tuple[Node | None, list[Node]]] = [(None, document.roots)]
        groups: list[Siblings] = []
        while pending:
            parent, nodes = pending.pop()
            by_kind: dict[str, list[Node]] = {}
            for node in nodes:
                by_kind.setdefault(_list_key(node), []).append(node)
                if node.children:
                    pending.append((node, node.children))
            groups.extend(Siblings(parent, group, 0) for group in by_kind.values())
        groups.sort(key=lambda group: group.nodes[0].start)
        for group in groups:
            kind = _list_key(group.nodes[0])
            group.runs_on_from = last.get(kind, 0)
            last[kind] = group.nodes[-1].marker.value
            yield group


def _list_key(node: Node) -> str:
    """1.2.3 and 1.3 stand in different lists."""
    return node.marker.kind + (node.marker.label.rpartition(".")[0] if node.marker.kind == "1.1" else "")


def _like(node: Node, value: int) -> str:
    """`value` written in the style of a node's own number."""
    kind, label = node.marker.kind, node.marker.label
    if kind == "①":
        return chr(0x245F + value) if value <= 20 else str(value)
    if kind == "1.1":
        return f"{label.rpartition('.')[0]}.{value}"
    chinese = kind not in ("1.", "(1)", "1)") and not any(c.isdecimal() for c in label)
    number = chinese_numeral(value) if chinese else str(value)
    return _SHAPES.get(kind, "{}").format(number) + (label[-1] if kind == "一是" else "")


_SHAPES = {"章": "第{}章", "节": "第{}节", "条": "第{}条", "(一)": "({})", "(1)": "({})", "1)": "{})"}


def chinese_numeral(value: int) -> str:
    """A number below 100 as outlines write it."""
    tens, ones = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")
