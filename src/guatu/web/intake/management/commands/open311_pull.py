"""python -m guatu.web open311_pull NAME: fetches the requests of a neighbour."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base import clock
from guatu.web.base.jobs import enqueue, run, take_this
from guatu.web.base.models import Job
from guatu.web.base.parsing import day_of
from guatu.web.base.problems import Problem
from guatu.web.intake.neighbours import neighbour
from guatu.web.intake.pulling import PULL, since_last


class Command(BaseCommand):
    help = "Fetches the open requests of a neighbouring Open311 server as cases; each comes once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the neighbour, as the setting open311.neighbours names it")
        parser.add_argument("--since", default="", help="a day, as 2026-05-01; else from the end of the last pull")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            clock.require(now)
            known = neighbour(options["name"])
            day = day_of(options["since"])
        except Problem as problem:
            raise CommandError(str(problem.message)) from problem
        since = timezone.make_aware(datetime.datetime.combine(day, datetime.time())) if day else since_last(known, now)
        payload = {"neighbour": known.name, "since": since.isoformat(), "until": now.isoformat()}
        with transaction.atomic():
            job = enqueue(PULL, payload, None, now)
            take_this(job, now)
        run(job)
        job.refresh_from_db()
        if job.state != Job.State.DONE:
            raise CommandError(job.reason if job.state == Job.State.FAILED else _("没有取到,已记录;稍后再试。"))
        result = job.outcome
        self.stdout.write(
            _("新登记 %(created)d 件,已有 %(same)d 件,未登记 %(skipped)d 件。")
            % {"created": result["created"], "same": result["same"], "skipped": result["left"]}
        )
        for number, why in result["skipped"]:
            self.stdout.write(f"{number}: {why}")
