"""A unit or place by what people write: its code, or a name that only one of them bears on the day.

The trees and names of a day are read once, and then asked for as many texts as a form or a sheet has.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.fields.normal import compared
from guatu.web.base.problems import Invalid
from guatu.web.directory.models import Unit
from guatu.web.directory.selectors.match import known, suggest
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.tree import unit_tree

_CODE_BEHIND = re.compile(r"[((]([^()()]+)[))]\s*$")
Named = Callable[[str], int]
"""The number of a unit or place; raises `Invalid` for a text that names none, or more than one."""


def unit_named(on: datetime.date, *, ended: bool = False) -> Named:
    """Reads units that stand on the day; where `ended`, also others by their code, so that what was exported with
    one of them comes in again."""
    tree = unit_tree(on)
    codes = {compared(node.code): node.id for node in tree.nodes.values()}
    if ended:
        codes |= {compared(code): pk for code, pk in Unit.objects.values_list("code", "pk")}

    def read(text: str) -> int:
        found = _one(text, codes, lambda name: known(name, tree))
        if found is not None:
            return found
        words = {
            "text": text[:60],
            "like": _("、").join(written(tree.nodes[s.unit_id]) for s in suggest(text, tree, 3)),
        }
        said = (
            _("没有找到单位“%(text)s”,请填写全称或编码。是否指:%(like)s")
            if words["like"]
            else _("没有找到单位“%(text)s”,请填写全称或编码。")
        )
        raise Invalid(said % words, code="unit.not-named")

    return read


def place_named(on: datetime.date) -> Named:
    nodes = place_tree(on).nodes.values()
    names: dict[str, list[int]] = defaultdict(list)
    for node in nodes:
        names[compared(node.name)].append(node.id)
    codes = {compared(node.code): node.id for node in nodes}
    alone = {name: found[0] for name, found in names.items() if len(found) == 1}

    def read(text: str) -> int:
        found = _one(text, codes, lambda name: alone.get(compared(name)))
        if found is None:
            said = _("没有找到区域“%(text)s”,或有几个同名,请填写区划代码。") % {"text": text[:60]}
            raise Invalid(said, code="place.not-named")
        return found

    return read


def _one(text: str, codes: Mapping[str, int], by_name: Callable[[str], int | None]) -> int | None:
    """Of "name (code)" the code decides; raises `Invalid` where the name is another's."""
    behind = _CODE_BEHIND.search(text)
    by_code = codes.get(compared(behind[1])) if behind else None
    if behind is None or by_code is None:
        return codes.get(compared(text)) or by_name(text)
    if by_name(text[: behind.start()]) not in (None, by_code):
        said = _("“%(text)s”的名称和编码指的不是同一个,请核对。") % {"text": text[:60]}
        raise Invalid(said, code="value.name-or-code")
    return by_code


def written(node: Any) -> str:
    """A unit or place as it is shown and read again: 柳林镇人民政府 (t1)."""
    return f"{node.name} ({node.code})" if node is not None else ""
