"""Pages that belong to no app: language, errors, jobs, files, the audit trail, one's own account."""

from guatu.web.base.views.account import account, create_token, revoke_token
from guatu.web.base.views.audit import audit_export, audit_list
from guatu.web.base.views.pages import language, not_found, server_error
from guatu.web.base.views.work import attachment, job

__all__ = [
    "account",
    "attachment",
    "audit_export",
    "audit_list",
    "create_token",
    "job",
    "language",
    "not_found",
    "revoke_token",
    "server_error",
]
