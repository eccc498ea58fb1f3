"""How often one address may use the public pages, so that nobody floods the desk."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.problems import Problem
from guatu.web.base.settings_table import setting

HOUR = 3600


class TooOften(Problem):
    status = 429
    code = "case.too-often"


def count(request: HttpRequest, what: str) -> None:
    """Counts one use; raises `TooOften` over the county's limit (setting `cases.public-per-hour`, by kind)."""
    most = setting("cases.public-per-hour")[what]
    hour = int(timezone.now().timestamp()) // HOUR
    key = f"guatu-cases-{what}-{hour}-{get_adapter().get_client_ip(request)}"
    used = int(cache.get(key, 0)) + 1
    # Two at the same instant may count as one; a limit of tens an hour bears that.
    cache.set(key, used, HOUR)
    if used > most:
        raise TooOften(_("这个网络地址一小时内提交太多,请稍后再试,或拨打受理热线。"))
