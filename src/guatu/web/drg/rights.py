"""Who may do what with payment by DRG.

The roles that hold each right: "own" for their unit and all below, "all" for the county.
"""

from __future__ import annotations

from guatu.web.base.permissions import Rights

RIGHTS: Rights = {
    "drg.view": {"leader": "all", "auditor": "all", "insurer": "all", "hospital": "own"},
    "drg.edit": {"insurer": "all"},
    "drg.object": {"hospital": "own"},
}  # fmt: skip
