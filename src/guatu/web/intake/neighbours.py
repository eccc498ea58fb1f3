"""Other systems that speak GeoReport v2, as the county names them. There are none as it comes, and none is called.

Setting `open311.neighbours`: by name, `address` (ends before `/services`), `classes` (their service code to our
`pack/class`), and where wanted `jurisdiction` and `format` (json or xml). The key of a neighbour is no setting: it
comes from the environment as GUATU_OPEN311_KEY_ and the name in capitals.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guatu.adapters.open311.client import Neighbour
from guatu.web.base.problems import Invalid
from guatu.web.base.settings_table import setting
from guatu.web.cases.library import library

SETTING = "open311.neighbours"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
PackClass = tuple[str, str]


@dataclass(frozen=True)
class Known:
    """A neighbour, and which of our classes is which of theirs."""

    name: str
    there: Neighbour
    classes: dict[str, PackClass]

    @property
    def system(self) -> str:
        return f"open311:{self.name}"

    def service_code(self, pack: str, code: str) -> str | None:
        return next((service for service, ours in self.classes.items() if ours == (pack, code)), None)


def neighbours() -> dict[str, Known]:
    """Raises `Invalid` for a setting that cannot be meant so."""
    rows = setting(SETTING, {})
    if not isinstance(rows, dict):
        raise Invalid(_("设置 %(name)s 应为以名称为键的表。") % {"name": SETTING}, code="open311.setting")
    return {name: _known(name, row) for name, row in rows.items()}


def neighbour(name: str) -> Known:
    found = neighbours().get(name)
    if found is None:
        raise Invalid(
            _("没有名为“%(name)s”的对接系统。") % {"name": name[:30]}, field="neighbour", code="open311.unknown"
        )
    return found


def _known(name: str, row: Any) -> Known:
    if not _NAME.fullmatch(name) or not isinstance(row, dict) or not isinstance(row.get("classes"), dict):
        raise Invalid(
            _("设置 %(name)s 中“%(entry)s”不完整:要有 address 和 classes。") % {"name": SETTING, "entry": name[:30]},
            code="open311.setting",
        )
    classes = {str(service): _class(name, str(ours)) for service, ours in row["classes"].items()}
    there = Neighbour(
        str(row.get("address", "")),
        str(row.get("jurisdiction", "")),
        os.environ.get(f"GUATU_OPEN311_KEY_{name.upper()}", ""),
        "xml" if row.get("format") == "xml" else "json",
    )
    return Known(name, there, classes)


def _class(name: str, ours: str) -> PackClass:
    pack, _slash, code = ours.partition("/")
    loaded = library().packs.get(pack)
    if loaded is None or (library().classes(pack) and library().class_row(pack, code) is None):
        raise Invalid(
            _("设置 %(name)s 中“%(entry)s”的类别“%(ours)s”不存在,应写成 业务/类别编码。")
            % {"name": SETTING, "entry": name[:30], "ours": ours[:60]},
            code="open311.setting",
        )
    return pack, code
