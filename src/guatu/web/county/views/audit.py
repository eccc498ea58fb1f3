"""The audit trail."""

from __future__ import annotations

from guatu.web.county.selectors.audit_list import AUDIT, AUDIT_FILE
from guatu.web.kit.pages import exported, listed

audit_list = listed("audit.view", AUDIT, "audit_export")
audit_export = exported("audit.view", AUDIT_FILE)
