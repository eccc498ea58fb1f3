"""Who may do what with plans and the map.

The roles that hold each right: "own" for their unit and all below, "all" for the county.
"""

from __future__ import annotations

from guatu.web.base.permissions import Rights

RIGHTS: Rights = {
    "plan.view": {
        "admin": "all", "leader": "all", "supervision": "all", "lead": "all", "responsible": "all", "town": "all",
        "village": "all", "auditor": "all",
    },
    "plan.edit": {"admin": "all", "supervision": "all"},
    "map.view": {
        "admin": "all", "leader": "all", "supervision": "all", "lead": "own", "responsible": "own", "town": "own",
        "village": "own", "auditor": "all",
    },
    "plan.confirm": {"supervision": "all"},
}  # fmt: skip
