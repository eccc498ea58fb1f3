"""Background work of the ledger. Each is idempotent: a job whose worker was killed runs again."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy

from guatu.adapters.documents import Asked, compile_document
from guatu.adapters.readers import ReadError
from guatu.web.base.actions import perform
from guatu.web.base.files import path_of
from guatu.web.base.jobs import Running, handler
from guatu.web.base.models import Attachment, AuditEntry
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


@handler(COMPILE, gettext_lazy("编译方案"))
def compile_version(running: Running) -> dict[str, Any]:
    """Reads an uploaded document and compiles it. Twice: only a version that is still to be compiled is written."""
    version = PlanVersion.objects.select_related("file", "plan").filter(pk=running.payload["version"]).first()
    # A draft may have been deleted while its document waited to be read.
    if version is None or version.state != PlanVersion.State.COMPILING or version.file is None:
        return {"version": running.payload["version"]}
    context = running.context()
    running.progress(10)
    name = version.file.name
    try:
        data = path_of(version.file).read_bytes()
        units = matcher(unit_tree(context.actor.today)).names
        chosen = {int(table): column for table, column in version.task_columns.items()}
        asked = Asked(name, name, units=units, task_columns=chosen)
        document = compile_document(data, asked, alive=partial(running.progress, 10))
    except ReadError as error:
        perform(StoreFailure(version.pk, error.code, error.zh, error.en), context)
        return {"version": version.pk, "failure": error.code}
    running.progress(80)
    perform(StoreCompiled(version.pk, document), context)
    return {"version": version.pk}


@handler(IMPORT, gettext_lazy("导入任务表"))
def import_tasks(running: Running) -> dict[str, Any]:
    """Reads a spreadsheet of tasks; rows that can be taken are, the others are listed with what is wrong.

    All rows are written in one transaction under the job's key: twice writes them once.
    """
    file = Attachment.objects.get(pk=running.payload["file"])
    plan = Plan.objects.get(pk=running.payload["plan"])
    context = running.context()
    running.progress(10)
    sheet = read_sheet(path_of(file).read_bytes(), file.name, partial(running.progress, 10))
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
