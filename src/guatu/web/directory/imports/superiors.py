"""Lines of a sheet whose superiors are lines of the same sheet."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from guatu.web.kit.importer import Errors
from guatu.web.kit.sheets import SheetRow


def superiors_first(rows: Mapping[str, SheetRow], errors: Errors) -> list[SheetRow]:
    """Lines in such an order that a superior that is in the sheet comes before those under it."""
    ordered: list[SheetRow] = []
    done: set[str] = set()
    for start in rows:
        chain: list[str] = []
        code = start
        while code in rows and code not in done and code not in chain:
            chain.append(code)
            code = rows[code].values.get("parent", "")
        if code in chain:
            for member in chain[chain.index(code) :]:
                errors.add(rows[member], "parent", _("上级不能是它自己或它的下级。"))
        for member in reversed(chain):
            done.add(member)
            ordered.append(rows[member])
    return ordered
