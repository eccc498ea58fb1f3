"""python -m guatu.web pages: the processes that answer requests, without the other parts of `guatu serve`."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.urls import get_resolver
from django.utils.module_loading import import_string

from guatu.web.base import hooks
from guatu.web.base.bodies import judge
from guatu.web.base.permissions import permissions
from guatu.web.serving.limits import Limits
from guatu.web.serving.private import forget_unfinished
from guatu.web.serving.processes import Pages, listen
from guatu.web.serving.verdicts import Environment, Verdict


def _judge(environ: Environment) -> Verdict:
    """Django looks after the connections of requests; this is none yet."""
    close_old_connections()
    try:
        return judge(environ)
    finally:
        close_old_connections()


class Command(BaseCommand):
    help = "Answers requests until it is stopped; `guatu serve` starts it together with the background work."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--processes", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        tempfile.tempdir = str(settings.FILE_UPLOAD_TEMP_DIR)
        forget_unfinished(Path(settings.DATA))
        application = import_string(settings.WSGI_APPLICATION)
        # All that a page needs is in memory before the processes part, and is there once.
        hooks.load()
        # The rights that packs bring: read once here and not by each process at its first request.
        permissions()
        assert get_resolver().url_patterns
        listener = listen(options["host"], options["port"])
        Pages(application, _judge, listener, Limits.read(os.environ), options["processes"]).run()
