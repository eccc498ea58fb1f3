"""A county never locks itself out."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from guatu.web.base.problems import NotNow
from guatu.web.directory.models import RoleGrant


def check_one_stays(today: datetime.date) -> None:
    """Raises `NotNow` where after the change no active user is an administrator for good; asked inside the
    transaction."""
    grants = RoleGrant.objects.filter(
        Q(valid_to__isnull=True), role=RoleGrant.Role.ADMIN, user__is_active=True, valid_from__lte=today
    )
    if not grants.exists():
        raise NotNow(_("至少要有一个长期有效的系统管理员,请先指定另一个。"), code="account.last-administrator")
