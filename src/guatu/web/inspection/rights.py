"""Who may do what with random inspection.

The roles that hold each right: "own" for their unit and all below, "all" for the county.
"""

from __future__ import annotations

from guatu.web.base.permissions import Rights

RIGHTS: Rights = {
    "inspection.view": {
        "leader": "all", "supervision": "all", "lead": "all", "responsible": "all", "town": "all",
        "auditor": "all",
    },
    "inspection.edit": {"supervision": "all", "lead": "own"},
    "inspection.lists": {"supervision": "all"},
    "inspection.result": {"supervision": "all", "lead": "own", "responsible": "own", "town": "own"},
}  # fmt: skip
