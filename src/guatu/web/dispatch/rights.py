"""Who may do what with reports, orders, periods and circulars.

The roles that hold each right: "own" for their unit and all below, "all" for the county.
"""

from __future__ import annotations

from guatu.web.base.permissions import Rights

RIGHTS: Rights = {
    "report.view": {
        "admin": "all", "leader": "all", "supervision": "all", "lead": "own", "responsible": "own", "town": "own",
        "village": "own", "auditor": "all",
    },
    "order.view": {
        "admin": "all", "leader": "all", "supervision": "all", "lead": "own", "responsible": "own", "town": "own",
        "auditor": "all",
    },
    "report.review": {"supervision": "all", "lead": "led", "town": "own"},
    "period.edit": {"supervision": "all"},
    "instruction.write": {"leader": "all"},
    "instruction.ask": {"supervision": "all", "lead": "own"},
    "meeting.edit": {"supervision": "all"},
    "order.edit": {"supervision": "all"},
    "circular.edit": {"supervision": "all"},
    "appeal.decide": {"supervision": "all"},
    "act.confirm": {"supervision": "all", "leader": "all"},
    "report.write": {"lead": "own", "responsible": "own", "town": "own", "village": "own"},
    "order.reply": {"lead": "own", "responsible": "own", "town": "own"},
    "milestone.edit": {"lead": "own", "responsible": "own", "town": "own"},
    "appeal.make": {"lead": "own", "responsible": "own", "town": "own"},
}  # fmt: skip
