"""Other systems that speak GeoReport v2, as the county names them. There are none as it comes, and none is called.

Setting `open311.neighbours`: by name, `address` (ends before `/services`), `classes` (their service code to our
`pack/class`), and where wanted `jurisdiction` and `format` (json or xml). The key of a neighbour is no setting: it
comes from the environment as GUATU_OPEN311_KEY_ and the name in capitals.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guatu.adapters.open311.client import Neighbour
from guatu.web.base.problems import Invalid
from guatu.web.base.settings_table import setting
from guatu.web.cases.library import library

SETTING = "open311.neighbours"
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
    return {name: _known(name, row) for name, row in setting(SETTING).items()}


def neighbour(name: str) -> Known:
    found = neighbours().get(name)
    if found is None:
        raise Invalid(
            _("没有名为“%(name)s”的对接系统。") % {"name": name[:30]}, field="neighbour", code="open311.unknown"
        )
    return found


def class_of(ours: str) -> PackClass | None:
    """The class that `pack/class` names; None where no pack has it. A pack without classes takes any."""
    pack, _slash, code = ours.partition("/")
    loaded = library().packs.get(pack)
    if loaded is None or (library().classes(pack) and library().class_row(pack, code) is None):
        return None
    return pack, code


def _known(name: str, row: Mapping[str, Any]) -> Known:
    classes = {service: found for service, ours in row["classes"].items() if (found := class_of(ours)) is not None}
    there = Neighbour(
        row["address"],
        row.get("jurisdiction", ""),
        os.environ.get(f"GUATU_OPEN311_KEY_{name.upper()}", ""),
        "xml" if row.get("format") == "xml" else "json",
    )
    return Known(name, there, classes)
