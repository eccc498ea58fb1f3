"""python -m guatu.web doctor: what the county has and what it lacks. Called by `guatu doctor`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.management.commands._called import CalledCommand
from guatu.web.county.selectors.facts import facts_on
from guatu.web.county.selectors.first_steps import Step, first_steps, is_open
from guatu.web.county.selectors.health import faults, health_on
from guatu.web.dispatch.selectors.sealing import changed_by_hand

LACKS = 1
# Read by people on any terminal: words and no colours.
GOOD, BAD, ADVICE = "[ok]", "[!!]", "[--]"


class Command(CalledCommand):
    help = "What the county has and what it lacks."

    def handle(self, *args: Any, **options: Any) -> None:
        self.speak(self._look)

    def _look(self) -> int:
        today = timezone.localdate()
        steps, found = first_steps(facts_on(today)), faults(health_on(today))
        for step in steps:
            self._step(step)
        for fault in found:
            self.stdout.write(f"{ADVICE if fault.advice else BAD} {fault.said}")
        changed = changed_by_hand()
        for period in changed:
            said = _("%(plan)s %(key)s 期已封存,数据却被绕过系统改动,与封存时的摘要不符。")
            self.stdout.write(f"{BAD} {said % {'plan': period.rule.plan.title, 'key': period.key}}")
        lacks = is_open(steps) or bool(changed) or any(not fault.advice for fault in found)
        self.stdout.write(_("还有缺的,见 [!!] 各行。") if lacks else _("什么也不缺。"))
        return LACKS if lacks else 0

    def _step(self, step: Step) -> None:
        self.stdout.write(f"{GOOD if step.done else BAD} {step.title}")
        for said in (*step.missing, *step.there):
            self.stdout.write(f"     {said}")
        for said in step.advice:
            self.stdout.write(f"{ADVICE}   {said}")
        if not step.done:
            # Why it is needed is asked where it is missing.
            self.stdout.write(f"     {step.why}")
