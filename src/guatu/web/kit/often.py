"""How often one network address may use a page without an account, so that nobody floods an office."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.problems import Problem

HOUR = 3600


class TooOften(Problem):
    status = 429
    code = "request.too-often"


def count_use(request: HttpRequest, what: str, most: int) -> None:
    """Counts one use of `what`; raises `TooOften` over `most` in an hour."""
    hour = int(timezone.now().timestamp()) // HOUR
    key = f"guatu-{what}-{hour}-{get_adapter().get_client_ip(request)}"
    used = int(cache.get(key, 0)) + 1
    # Two at the same instant may count as one; a limit of tens an hour bears that.
    cache.set(key, used, HOUR)
    if used > most:
        raise TooOften(_("这个网络地址一小时内提交太多,请稍后再试,或拨打受理热线。"))
