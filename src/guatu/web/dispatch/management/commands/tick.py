"""python -m guatu.web tick: opens and closes periods and computes lights; run it every hour, by cron for instance."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.actions import Context, perform
from guatu.web.base.actions.confirm_clock import ConfirmClock
from guatu.web.base.actors import Actor, Grant
from guatu.web.base.clock import ClockInDoubt
from guatu.web.base.housekeeping import cleared
from guatu.web.dispatch.tick import tick


class Command(BaseCommand):
    help = (
        "Opens the periods whose time has come, closes those whose time is over, computes lights. "
        "May be run at any time."
    )
    # `guatu serve` has checked all when it began.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--confirm", action="store_true", help="today is what the clock of this machine says")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        if options["confirm"]:
            today = timezone.localdate(at)
            perform(ConfirmClock(today), Context(Actor(None, today, (Grant("admin", None, None),)), at))
        try:
            done = tick(at)
        except ClockInDoubt as doubt:
            how = _("日期无误的,由管理员在首页确认,或运行 guatu manage tick --confirm。")
            raise CommandError(f"{doubt.message}{how}") from doubt
        cleared(at)
        self.stdout.write(
            f"新填报 / new reports: {done.reports}; 关闭期次 / periods closed: {done.closed}; "
            f"变化的亮灯 / lights that changed: {done.lights}; 到点自动办理的案件 / cases moved by a clock: {done.cases}"
        )
