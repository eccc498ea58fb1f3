"""A run is tried with other parameters, in the background; nothing of it can be published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from guatu.engines.drg.simulation.change import changed
from guatu.web.base import jobs
from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.computing.given import parameters_of
from guatu.web.drg.models import Run, Simulation
from guatu.web.drg.words import messages_of

SIMULATE = "drg.simulate"
LONGEST = 2000


@dataclass(frozen=True)
class Simulate(InsurerAction[Simulation]):
    run_id: int
    changes: str
    """A change a line: name=value."""
    name: ClassVar[str] = "drg.simulate"
    words = _("DRG 试算")

    def change(self, context: Context) -> Change[Simulation]:
        run = found(Run, self.run_id)
        if run.state != Run.State.DONE:
            raise NotNow(_("这次计算没有结果,不能试算。"), code="drg.no-result")
        lines = [line.strip() for line in self.changes.replace("\0", "").splitlines() if line.strip()]
        if not lines or len(self.changes) > LONGEST:
            raise Invalid(_("请写明要改的参数,每行一个,如 low_threshold=0.5。"), field="changes")
        _set, findings = changed(parameters_of(run.parameters.text), lines)
        if findings:
            raise Invalid(messages_of(findings), field="changes", code=findings[0].code)
        made = Simulation.objects.create(run=run, changes=lines, made_by=context.actor.user, made_at=context.at)
        made.job = jobs.enqueue(SIMULATE, {"simulation": made.pk}, context.actor.user, context.at)
        made.save(update_fields=["job"])
        change = Change(made)
        change.note(made, None, {"run": run.pk, "changes": lines})
        return change
