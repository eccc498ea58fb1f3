"""What the commands share that `guatu` calls: the language of the call, and a sentence where the database fails."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from guatu.web.base.actors import Actor, Grant
from guatu.web.base.backup.driver import driver
from guatu.web.base.backup.problems import REFUSED
from guatu.web.base.management.commands._language import language_of_call
from guatu.web.base.models import User
from guatu.web.base.problems import Invalid
from guatu.web.base.roles import grants_of
from guatu.web.serving.private import make_private


class CalledCommand(BaseCommand):
    """`requires_system_checks` would open the database before anything can be said of it."""

    requires_system_checks = ()

    def speak(self, work: Callable[[], int]) -> None:
        """Does the work in the language of the call; an exit code other than 0 ends the process."""
        make_private()
        with translation.override(language_of_call()):
            try:
                code = work()
            except (DatabaseError, driver().Error) as error:
                self.stderr.write(_("错误:数据库连不上或读写出错:%(reason)s") % {"reason": str(error).strip()})
                code = REFUSED
        if code:
            sys.exit(code)


def actor_named(username: str) -> Actor:
    """The user who is named; without one, who may run commands on the server keeps the system."""
    today = timezone.localdate()
    if not username:
        return Actor(None, today, (Grant("admin", None, None),))
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Invalid(_("没有账号“%(name)s”。") % {"name": username[:80]}, field="user", code="setting.no-user")
    return Actor(user, today, grants_of(user, today))
