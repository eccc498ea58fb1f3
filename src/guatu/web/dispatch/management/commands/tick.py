"""python -m guatu.web tick: opens and closes periods and computes lights; run it every hour, by cron for instance."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from guatu.web.dispatch.tick import tick


class Command(BaseCommand):
    help = "Opens the periods whose time has come, closes those whose time is over, computes lights. May be run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        done = tick(timezone.now())
        self.stdout.write(
            f"新填报 / new reports: {done.reports}; 关闭期次 / periods closed: {done.closed}; "
            f"变化的亮灯 / lights that changed: {done.lights}"
        )
