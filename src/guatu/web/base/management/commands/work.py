"""python -m guatu.web work: does background jobs until it is stopped."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from guatu.web.base.jobs import run_waiting


class Command(BaseCommand):
    help = "Does background jobs until it is stopped."
    # `guatu serve` has checked all when it began.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now and stop")
        parser.add_argument("--pause", type=float, default=0.5, help="seconds between looks at an empty queue")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            close_old_connections()
            done = run_waiting()
            if options["once"]:
                return
            if not done:
                time.sleep(options["pause"])
