"""Who may do what with cases and their flows.

The roles that hold each right: "own" for their unit and all below, "all" for the county.
"""

from __future__ import annotations

from guatu.web.base.permissions import Rights

RIGHTS: Rights = {
    "flow.publish": {"admin": "all", "supervision": "all"},
    "case.view": {
        "leader": "all", "supervision": "all", "lead": "own", "responsible": "own", "town": "own",
        "village": "own", "auditor": "all", "desk": "all", "collector": "own",
    },
    "case.evaluate": {"supervision": "all", "desk": "all"},
    "case.handle": {"lead": "own", "responsible": "own", "town": "own", "village": "own"},
    "case.edit": {"desk": "all"},
    "case.collect": {"collector": "own"},
}  # fmt: skip


def brought() -> Rights:
    """The rights that packs bring; a pack that is gone takes its own with it."""
    from guatu.core.pack.sections.rights import SECTION
    from guatu.web.cases.library import library

    rows = (row for one in library().packs.values() for row in one.pack[SECTION].right)
    return {row.name: {str(role): str(scope) for role, scope in row.roles.items()} for row in rows}
