"""Who may do what with audit trail, background work and settings.

The roles that hold each right: "own" for their unit and all below, "all" for the county.
"""

from __future__ import annotations

from guatu.web.base.permissions import Rights

RIGHTS: Rights = {
    "audit.view": {"admin": "all", "supervision": "all", "auditor": "all"},
    "job.edit": {"admin": "all"},
    "clock.confirm": {"admin": "all"},
    "settings.view": {"admin": "all", "supervision": "all", "auditor": "all", "desk": "all"},
    "settings.edit": {"admin": "all"},
    "settings.rules": {"admin": "all", "supervision": "all"},
    "settings.cases": {"admin": "all", "supervision": "all", "desk": "all"},
}  # fmt: skip
