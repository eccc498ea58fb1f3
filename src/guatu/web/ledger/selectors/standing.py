"""A plan as its ledger stands, in the shape in which the compiler gives one: what people corrected, added and dropped
counts, and what no row stands for (money, projects, phases, citations) is as it was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast, get_args

import msgspec

from guatu.adapters.writers import Ledger
from guatu.core.kernel.finding import Language
from guatu.core.kernel.span import Span
from guatu.core.plan import model
from guatu.web.ledger.models import Plan, PlanVersion, Target, Task

ROLES = get_args(model.Role)
_MAIN = ("plan", "notice", "annex", "report", "other")
NOTHING = model.Plan(model.SourceInfo("", "", 0, ""), [], [], model.Coverage(0, 0, 0, 0))


def compiled_plan(version: PlanVersion | None) -> model.Plan:
    """What the compiler made of a version; nothing where it made nothing."""
    if version is None or version.compiled is None:
        return NOTHING
    return msgspec.convert(version.compiled, model.Plan)


def standing_plan(plan: Plan, version: PlanVersion | None) -> model.Plan:
    """The plan with the rows of its ledger; spans count in the text of `version`."""
    compiled = compiled_plan(version)
    documents = compiled.documents or [model.Document(plan.title, "plan", Span(0, 0))]
    rows = _Rows(plan, version, documents)
    made = [rows.document(at, document) for at, document in enumerate(documents)]
    made = [msgspec.structs.replace(one, issuer=plan.issuer) if one.issuer and plan.issuer else one for one in made]
    made[rows.main] = _headed(made[rows.main], plan)
    return msgspec.structs.replace(compiled, documents=made)


def _headed(document: model.Document, plan: Plan) -> model.Document:
    """The heading as it stands, which people may have corrected, on the plan itself."""
    issued = plan.issued_on.isoformat() if plan.issued_on else document.date
    return msgspec.structs.replace(
        document, title=plan.title, doc_no=plan.doc_no or None, issuer=plan.issuer or document.issuer, date=issued
    )


class _Rows:
    """The rows of a plan by the documents that they belong to."""

    def __init__(self, plan: Plan, version: PlanVersion | None, documents: list[model.Document]) -> None:
        self.version_id = version.pk if version else None
        # The plan itself, not its covering notice; first of its kind where there are several.
        self.main = min(range(len(documents)), key=lambda at: (_MAIN.index(documents[at].kind), at))
        tasks = plan.tasks.exclude(state=Task.State.DROPPED).prefetch_related("duties").order_by("order", "id")
        targets = list(plan.targets.filter(dropped=False).order_by("start", "id"))
        homes = {task.id: at for at, one in enumerate(documents) for task in one.tasks}
        sources = {target.id: at for at, one in enumerate(documents) for target in one.targets}
        self.tasks: dict[int, list[Task]] = defaultdict(list)
        self.targets: dict[int, list[Target]] = defaultdict(list)
        self.of_task: dict[int, list[Target]] = defaultdict(list)
        home_of: dict[int, int] = {}
        for task in tasks:
            home_of[task.pk] = self._home(task, homes)
            self.tasks[home_of[task.pk]].append(task)
        for target in targets:
            if target.task_id is None:
                self.targets[self._home(target, sources)].append(target)
            elif target.task_id in home_of:
                self.of_task[target.task_id].append(target)
                self.targets[home_of[target.task_id]].append(target)

    def _home(self, row: Task | Target, homes: dict[str, int]) -> int:
        return homes.get(row.compiled_id, self.main) if row.version_id == self.version_id else self.main

    def document(self, at: int, document: model.Document) -> model.Document:
        tasks = self.tasks[at]
        return msgspec.structs.replace(
            document,
            tasks=[self._task(task) for task in tasks],
            targets=[self._target(target) for target in self.targets[at]],
            deadlines=[_deadline(task, self._span(task)) for task in tasks if task.due],
        )

    def _task(self, task: Task) -> model.Task:
        return model.Task(
            f"k{task.pk}",
            task.path,
            task.title,
            self._span(task),
            list(self._duties(task)),
            [f"t{target.pk}" for target in self.of_task[task.pk]],
            [f"d{task.pk}"] if task.due else [],
        )

    def _duties(self, task: Task) -> Iterable[model.Duty]:
        seen: dict[tuple[str, str], Any] = {}
        for duty in sorted(task.duties.all(), key=lambda duty: (ROLES.index(duty.role), duty.pk)):
            seen.setdefault((duty.role, duty.text), duty)
        for (role, text), duty in seen.items():
            yield model.Duty(cast(model.Role, role), text, self._span(duty, task.version_id))

    def _target(self, target: Target) -> model.Target:
        low, op = _number(target.value), target.op if target.op in get_args(model.Comparison) else "="
        return model.Target(
            f"t{target.pk}",
            target.metric,
            cast(model.Comparison, op),
            low if target.value_max is None else [low, _number(target.value_max)],
            target.unit_text,
            self._span(target),
            target.scope or None,
            deadline=target.due.isoformat() if target.due else None,
            task=f"k{target.task_id}" if target.task_id else None,
        )

    def _span(self, row: Any, version_id: int | None = None) -> Span:
        """Where a row stands in the text; at its very beginning, covering nothing, for one that stands nowhere."""
        known = (version_id or row.version_id) == self.version_id
        return Span(row.start, row.end) if known and row.start <= row.end else Span(0, 0)


def _deadline(task: Task, span: Span) -> model.Deadline:
    assert task.due is not None
    return model.Deadline(f"d{task.pk}", task.due.isoformat(), span)


def _number(value: Decimal) -> float | int:
    """The shortest number that says the same: 96 and not 96.000000."""
    return int(value) if value == value.to_integral_value() else float(value)


def standing_ledger(plan: Plan, version: PlanVersion | None, language: Language) -> Ledger:
    """The same, ready for a writer, with its findings in both languages."""
    standing = standing_plan(plan, version)
    said = [one for one in version.findings if not one["code"].startswith("read.")] if version else []
    reported = [
        msgspec.structs.replace(one, message=words[language])
        for one, words in zip(standing.findings, said, strict=False)
    ]
    other = "en" if language == "zh" else "zh"
    whole = msgspec.structs.replace(standing, findings=reported)
    return Ledger(whole, version.text if version else "", language, other_messages=[one[other] for one in said])
