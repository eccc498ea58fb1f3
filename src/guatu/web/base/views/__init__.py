"""Pages that belong to no app: language, errors, jobs, files, one's own account."""

from guatu.web.base.views.account import account
from guatu.web.base.views.jobs import clock_confirm, job_again, job_list
from guatu.web.base.views.pages import language
from guatu.web.base.views.refused import denied, forged, not_found, unreadable
from guatu.web.base.views.tokens import revoke_token, tokens
from guatu.web.base.views.work import attachment, job

__all__ = [
    "account",
    "attachment",
    "clock_confirm",
    "denied",
    "forged",
    "job",
    "job_again",
    "job_list",
    "language",
    "not_found",
    "revoke_token",
    "tokens",
    "unreadable",
]
