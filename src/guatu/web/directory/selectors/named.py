"""A unit or place by what people write: its code, or a name that only one of them bears on the day.

The trees and names of a day are read once, and then asked for as many texts as a form or a sheet has.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable
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
        found = codes.get(_code_in(text)) or codes.get(compared(text)) or known(text, tree)
        if found is None:
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
        return found

    return read


def place_named(on: datetime.date) -> Named:
    nodes = place_tree(on).nodes.values()
    codes = {compared(node.code): node.id for node in nodes}
    names: dict[str, list[int]] = defaultdict(list)
    for node in nodes:
        names[compared(node.name)].append(node.id)

    def read(text: str) -> int:
        same = names.get(compared(text), [])
        found = codes.get(_code_in(text)) or codes.get(compared(text)) or (same[0] if len(same) == 1 else None)
        if found is None:
            said = _("没有找到区域“%(text)s”,或有几个同名,请填写区划代码。") % {"text": text[:60]}
            raise Invalid(said, code="place.not-named")
        return found

    return read


def written(node: Any) -> str:
    """A unit or place as it is shown and read again: 柳林镇人民政府 (t1)."""
    return f"{node.name} ({node.code})" if node is not None else ""


def _code_in(text: str) -> str:
    found = _CODE_BEHIND.search(text)
    return compared(found[1]) if found else ""
