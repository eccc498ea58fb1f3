"""Who may do what with units, places, people and accounts.

The roles that hold each right: "own" for their unit and all below, "all" for the county.
"""

from __future__ import annotations

from guatu.web.base.permissions import Rights

RIGHTS: Rights = {
    "directory.edit": {"admin": "all", "supervision": "all"},
    "accounts.edit": {"admin": "all"},
    "directory.view": {
        "admin": "all", "leader": "all", "supervision": "all", "lead": "all", "responsible": "all", "town": "all",
        "auditor": "all", "desk": "all", "insurer": "all",
    },
}  # fmt: skip
