"""Settings of the exchange with other systems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guatu.core.fields.choice import Choice
from guatu.core.fields.code import Code
from guatu.core.fields.text import Text
from guatu.web.base.declarations import Cell, Declared, Rows
from guatu.web.base.settings import CASE_GROUP, EDIT

_NAME = r"[a-z][a-z0-9_]{0,30}"
_CLASS = re.compile(r"([^=]+)=(\w+/.*)")


def _classes(pairs: Iterable[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        service, _sign, ours = pair.partition("=")
        found[service.strip()] = ours.strip()
    return found


def _fold(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row.pop("name"): {**row, "classes": _classes(row.get("classes", ()))} for row in rows}


def _unfold(kept: Any) -> Any:
    if not isinstance(kept, Mapping):
        return kept
    return [_line(name, row) for name, row in kept.items()]


def _line(name: str, row: Any) -> Any:
    if not isinstance(row, Mapping) or not isinstance(row.get("classes", {}), Mapping):
        return row
    return {**row, "name": name, "classes": [f"{one}={ours}" for one, ours in row.get("classes", {}).items()]}


def _wrong(known: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    from guatu.web.intake.neighbours import class_of

    for name, row in known.items():
        if not str(row.get("address", "")).startswith(("http://", "https://")):
            yield gettext("“%(entry)s”的地址应以 http:// 或 https:// 开头。") % {"entry": name}
        for ours in row.get("classes", {}).values():
            if class_of(ours) is None:
                said = gettext("“%(entry)s”的类别“%(ours)s”不存在,应写成 业务/类别编码。")
                yield said % {"entry": name, "ours": ours[:60]}


NEIGHBOURS: Declared[Any] = Declared(
    "open311.neighbours",
    Rows(
        (
            Cell("name", _("代号"), Code(longest=31, pattern=_NAME, form="linshui", required=True), width="col-code"),
            Cell("address", _("地址(到 /services 之前)"), Text(longest=300, required=True), width="col-wide"),
            Cell("classes", _("对方编码=业务/类别"), Code(pattern=r"[^=]+=\w+/.*", form="001=urban_management/C0101"),
                 several=True, width="col-wide"),
            Cell("jurisdiction", _("辖区"), Text(longest=80)),
            Cell("format", _("格式"), Choice(options={"json": (), "xml": ()}), width="col-short"),
        ),
        dict[str, dict[str, Any]],
        _fold,
        _unfold,
    ),
    dict,
    label=_("对接的其他系统(Open311)"),
    help=_(
        "按 GeoReport v2 取件、转件的系统。密钥不写在这里,由环境变量 GUATU_OPEN311_KEY_代号(大写)给出。"
    ),
    group=CASE_GROUP,
    permission=EDIT,
    check=_wrong,
    refuses=True,
)  # fmt: skip
