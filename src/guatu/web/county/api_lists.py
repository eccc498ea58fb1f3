"""The audit trail for programs."""

from __future__ import annotations

from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.county.selectors.audit_list import AUDIT_FILE
from guatu.web.kit.offered import offer_list

router = ScopedRouter(tags=["audit"])

offer_list(router, "/audit", AUDIT_FILE, "audit.view", "Who did what, newest first; each field that changed by itself")
