"""Rows of the ledger from proposals, and what an audit line keeps of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from guatu.web.ledger.models import Duty, Plan, PlanVersion, Target, Task
from guatu.web.ledger.proposals import ProposedDuty, ProposedTarget, ProposedTask


def make_tasks(
    proposed: Sequence[ProposedTask], plan: Plan, version: PlanVersion, first: int = 0, state: str = Task.State.PROPOSED
) -> list[Task]:
    """Tasks with their duties and targets; four statements however many there are."""
    tasks = Task.objects.bulk_create(
        Task(
            plan=plan,
            version=version,
            compiled_id=row.compiled_id,
            annex=row.annex,
            path=row.path,
            title=row.title,
            content=row.content,
            domain=row.domain,
            start=row.start,
            end=row.end,
            order=first + at,
            due=row.due,
            waiver=row.waiver,
            state=state,
        )
        for at, row in enumerate(proposed)
    )
    pairs = list(zip(tasks, proposed, strict=True))
    Duty.objects.bulk_create(duty_row(duty, task) for task, row in pairs for duty in row.duties)
    make_targets(((target, task) for task, row in pairs for target in row.targets), plan, version)
    return tasks


def make_targets(
    proposed: Iterable[tuple[ProposedTarget, Task | None]], plan: Plan, version: PlanVersion
) -> list[Target]:
    return Target.objects.bulk_create(target_row(row, task, plan, version) for row, task in proposed)


def duty_row(duty: ProposedDuty, task: Task) -> Duty:
    return Duty(
        task=task,
        role=duty.role,
        text=duty.text,
        unit_id=duty.unit_id,
        unlinked=duty.unlinked,
        start=duty.start,
        end=duty.end,
    )


def target_row(row: ProposedTarget, task: Task | None, plan: Plan, version: PlanVersion) -> Target:
    return Target(plan=plan, task=task, version=version, **vars(row))


def target_values(target: Target) -> dict[str, Any]:
    """What stands in a target, for the audit line."""
    return {
        "metric": target.metric,
        "scope": target.scope,
        "op": target.op,
        "value": number(target.value),
        "value_max": number(target.value_max),
        "unit": target.unit_text,
        "due": day(target.due),
        "direction": target.direction,
        "kind": target.kind,
        "course": target.course,
        "base": number(target.base_value),
        "base_date": day(target.base_date),
        "tracked": target.tracked,
    }


def task_values(task: Task) -> dict[str, Any]:
    """What stands in a task, with its duties, for the audit line."""
    return {
        "title": task.title,
        "domain": task.domain,
        "due": day(task.due),
        "state": task.state,
        "waiver": task.waiver,
        "duties": [[d.role, d.text, d.unit_id] for d in task.duties.order_by("id")],
    }


def number(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def day(value: Any) -> str | None:
    return value.isoformat() if value else None


def differing(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what differs."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}
