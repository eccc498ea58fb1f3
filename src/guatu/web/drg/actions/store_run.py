"""The outcome of a run is stored: rows for the pages, files for later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.computing.run import Outcome
from guatu.web.drg.models import Hospital, Result, Run, RunFile
from guatu.web.drg.uploads import store


@dataclass(frozen=True)
class StoreRun(InsurerAction[Run]):
    run_id: int
    outcome: Outcome
    name: ClassVar[str] = "drg.store-run"
    words = gettext_lazy("保存 DRG 计算结果")

    def change(self, context: Context) -> Change[Run]:
        run = found(Run, self.run_id, lock=True)
        change = Change(run)
        if run.state != Run.State.RUNNING:
            return change
        files = [(name, store(name, data, context.at)) for name, data in sorted(self.outcome.files.items())]
        RunFile.objects.bulk_create(RunFile(run=run, name=name, file=file) for name, file in files)
        hospitals = {row.code: row for row in Hospital.objects.all()}
        Result.objects.bulk_create(
            Result(run=run, hospital=hospitals[row.code], level=row.level, cases=row.cases, figures=row.figures)
            for row in self.outcome.results
        )
        run.state, run.summary = Run.State.DONE, self.outcome.summary
        run.save(update_fields=["state", "summary"])
        hashes = {name: file.sha256 for name, file in files}
        change.note(run, {"state": Run.State.RUNNING}, {"state": run.state, **hashes})
        return change
