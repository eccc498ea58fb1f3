"""A unit or place named in a form: by its code, or by a name that only one of them bears on the day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.core.fields.normal import compared
from guatu.web.base.shown import Shown, first
from guatu.web.directory.selectors.match import known, suggest
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.tree import unit_tree

_CODE_BEHIND = re.compile(r"[((]([^()()]+)[))]\s*$")
SHOWN = 20


class _NamedField(forms.CharField):
    options: ClassVar[str]
    url: ClassVar[Any]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {
            "list": self.options,
            "autocomplete": "off",
            "hx-get": self.url,
            "hx-trigger": "input changed delay:200ms, focus once",
            "hx-target": f"#{self.options}",
            "hx-swap": "innerHTML",
        }

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).strip()
        return self.resolve(text, timezone.localdate()) if text else None

    def resolve(self, text: str, on: datetime.date) -> int:
        raise NotImplementedError


class UnitField(_NamedField):
    """Gives the number of the unit; None for nothing."""

    options = "unit-options"
    url = reverse_lazy("unit_options")

    def resolve(self, text: str, on: datetime.date) -> int:
        tree = unit_tree(on)
        by_code = {node.code: node.id for node in tree.nodes.values()}
        found = by_code.get(_code_in(text)) or by_code.get(text) or known(text, tree)
        if found is None:
            like = "、".join(written(tree.nodes[s.unit_id]) for s in suggest(text, tree, 3))
            said = _("没有找到单位“%(text)s”,请从提示中选择或填写编码。") % {"text": text[:60]}
            raise forms.ValidationError(said + (_("是否指:%(like)s") % {"like": like} if like else ""))
        return found


class PlaceField(_NamedField):
    """Gives the number of the place; None for nothing."""

    options = "place-options"
    url = reverse_lazy("place_options")

    def resolve(self, text: str, on: datetime.date) -> int:
        nodes = place_tree(on).nodes.values()
        codes = {node.code: node.id for node in nodes}
        names = [node.id for node in nodes if compared(node.name) == compared(text)]
        found = codes.get(_code_in(text)) or codes.get(text) or (names[0] if len(names) == 1 else None)
        if found is None:
            said = _("没有找到区域“%(text)s”,或有几个同名,请从提示中选择或填写区划代码。") % {"text": text[:60]}
            raise forms.ValidationError(said)
        return found


def written(node: Any) -> str:
    """A unit or place as the field shows it: 柳林镇人民政府 (t1)."""
    return f"{node.name} ({node.code})" if node is not None else ""


def options(text: str, nodes: Iterable[Any]) -> Shown[str]:
    """Units or places whose name or code holds the text, those that begin with it first."""
    wanted = compared(text).lower()
    hits = [n for n in nodes if wanted in compared(n.name).lower() or wanted in n.code.lower()]
    hits.sort(key=lambda n: (not compared(n.name).lower().startswith(wanted), len(n.name), n.code))
    return first([written(node) for node in hits], SHOWN)


def _code_in(text: str) -> str:
    found = _CODE_BEHIND.search(text)
    return found[1].strip() if found else ""
