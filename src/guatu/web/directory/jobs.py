"""Background work of the directory: taking in a spreadsheet."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import actor_for, anonymous
from guatu.web.base.jobs import Running, handler
from guatu.web.directory.actions.import_sheet import ImportSheet
from guatu.web.directory.selectors.grants import grants_of

IMPORT = "directory.import"


@handler(IMPORT)
def import_sheet(running: Running) -> dict[str, Any]:
    """What `ImportSheet` says. The key makes a job that runs twice write once."""
    user = running.job.created_by
    today = timezone.localdate()
    actor = actor_for(user, today, grants_of(user, today)) if user is not None else anonymous(today)
    payload = running.payload
    with translation.override(payload["language"]):
        running.progress(10)
        action = ImportSheet(payload["kind"], payload["attachment"], payload["only_good"])
        return asdict(perform(action, Context(actor, timezone.now(), key=f"job:{running.job.pk}")))
