"""Background work of the ledger. Each is idempotent: a job whose worker was killed runs again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from guatu.adapters.readers import ReadError, read_bytes
from guatu.core.plan import compile_text
from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.files import path_of
from guatu.web.base.jobs import Running, handler
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.ledger.actions.store_compiled import StoreCompiled
from guatu.web.ledger.actions.store_failure import StoreFailure
from guatu.web.ledger.actions.upload_plan import COMPILE
from guatu.web.ledger.models import PlanVersion


def context_of_job(running: Running) -> Context:
    """The context of the user who asked for the work; the job's number is the key that keeps it from being done twice."""
    user, now = running.job.created_by, timezone.now()
    today = timezone.localdate()
    actor = Actor(user, today, grants_of(user, today) if user else ())
    return Context(actor=actor, at=now, request_id=f"job-{running.job.pk}", key=f"job-{running.job.pk}")


@handler(COMPILE)
def compile_version(running: Running) -> dict[str, Any]:
    """Reads an uploaded document and compiles it."""
    version = PlanVersion.objects.select_related("file", "plan").get(pk=running.payload["version"])
    if version.state != PlanVersion.State.COMPILING or version.file is None:
        return {"version": version.pk}
    context = context_of_job(running)
    running.progress(10)
    try:
        source = read_bytes(path_of(version.file).read_bytes(), version.file.name)
    except ReadError as error:
        perform(StoreFailure(version.pk, error.code, error.zh, error.en), context)
        return {"version": version.pk, "failure": error.code}
    running.progress(40)
    compiled = compile_text(source.text, name=source.name, format=source.format, sha256=source.sha256)
    running.progress(80)
    perform(StoreCompiled(version.pk, source, compiled), context)
    return {"version": version.pk}
