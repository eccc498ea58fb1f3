"""Who may do what with notices to the public and with its opinions.

The roles that hold each right: "own" for their unit and all below, "all" for the county.
"""

from __future__ import annotations

from guatu.web.base.permissions import Rights

RIGHTS: Rights = {
    # The pages of who writes; what hangs is read by everybody.
    "public.view": {
        "leader": "all", "supervision": "all", "lead": "own", "responsible": "own", "town": "own", "village": "own",
        "auditor": "all",
    },
    "public.edit": {"supervision": "all", "lead": "own", "town": "own", "village": "own"},
    # A village writes its notices and a town puts them up: two look at what everybody will see.
    "public.release": {"supervision": "all", "lead": "own", "town": "own"},
    # Which unit has the box is a setting; its people answer.
    "public.answer": {"supervision": "all", "lead": "own", "responsible": "own", "town": "own"},
}  # fmt: skip
