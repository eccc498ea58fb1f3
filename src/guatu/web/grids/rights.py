"""Who may do what with grids.

The roles that hold each right: "own" for their unit and all below, "all" for the county.
"""

from __future__ import annotations

from guatu.web.base.permissions import Rights

RIGHTS: Rights = {
    "grid.view": {"leader": "all", "supervision": "all", "town": "own", "auditor": "all", "desk": "all"},
    "grid.edit": {"supervision": "all", "town": "own"},
    "grid.rate": {"supervision": "all"},
}  # fmt: skip
