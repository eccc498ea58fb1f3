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
from guatu.web.base.models import Attachment, AuditEntry
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.directory.selectors.match import matcher
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.ledger.actions.import_tasks import IMPORT
from guatu.web.ledger.actions.store_compiled import StoreCompiled
from guatu.web.ledger.actions.store_failure import StoreFailure
from guatu.web.ledger.actions.store_import import StoreImport
from guatu.web.ledger.actions.upload_plan import COMPILE
from guatu.web.ledger.imports import as_rows, read_tasks
from guatu.web.ledger.models import Plan, PlanVersion, Task
from guatu.web.ledger.sheets import read_sheet


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


@handler(IMPORT)
def import_tasks(running: Running) -> dict[str, Any]:
    """Reads a spreadsheet of tasks; rows that can be taken are, the others are listed with what is wrong."""
    file = Attachment.objects.get(pk=running.payload["file"])
    plan = Plan.objects.get(pk=running.payload["plan"])
    context = context_of_job(running)
    running.progress(10)
    sheet = read_sheet(path_of(file).read_bytes(), file.name)
    # The tasks of this very job, where its worker was killed behind the commit, are not known already.
    stored = AuditEntry.objects.filter(request_id=context.request_id, object_type="ledger.task").exists()
    own = plan.tasks.exclude(state=Task.State.DROPPED).values_list("path", "title")
    known = set() if stored else {("".join(path), title) for path, title in own}
    running.progress(30)
    found = read_tasks(sheet, matcher(unit_tree(context.actor.today)), known)
    running.progress(60)
    if found.tasks:
        perform(StoreImport(plan.pk, file.pk, tuple(found.tasks)), context)
    targets = sum(len(row.task.targets) for row in found.tasks)
    return {"plan": plan.pk, "tasks": len(found.tasks), "targets": targets, "problems": as_rows(found.problems)}
