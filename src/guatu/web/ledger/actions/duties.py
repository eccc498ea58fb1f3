"""The duties of a task as a person wants them, put in place of those that stand there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guatu.core.link.unit_names import is_vague
from guatu.web.base.problems import Invalid
from guatu.web.directory.models import Unit
from guatu.web.ledger.models import Duty, Task


@dataclass(frozen=True)
class DutyInput:
    """One name in one role, for one unit or several (各镇), or for none."""

    role: str
    text: str
    unit_ids: tuple[int, ...] = ()
    unlinked: str = ""


def sync_duties(task: Task, wanted: Iterable[DutyInput]) -> None:
    """Adds, changes and removes duties until they are as wanted; a name that stays keeps its place in the text."""
    inputs = [duty for duty in wanted if duty.text.strip() or duty.unit_ids]
    _check(inputs)
    standing = {(d.role, d.text, d.unit_id): d for d in task.duties.all()}
    places = {d.text: (d.start, d.end) for d in standing.values()}
    target: dict[tuple[str, str, int | None], str] = {}
    for duty in inputs:
        text = duty.text.strip()[:120]
        for unit_id in duty.unit_ids or (None,):
            target[duty.role, text, unit_id] = "" if unit_id else _reason(duty)
    gone = [d.pk for key, d in standing.items() if key not in target]
    Duty.objects.filter(pk__in=gone).delete()
    made = []
    for (role, text, unit_id), reason in target.items():
        known = standing.get((role, text, unit_id))
        if known is None:
            start, end = places.get(text, (0, 0))
            made.append(Duty(task=task, role=role, text=text, unit_id=unit_id, unlinked=reason, start=start, end=end))
        elif known.unlinked != reason:
            Duty.objects.filter(pk=known.pk).update(unlinked=reason)
    Duty.objects.bulk_create(made)


def _check(inputs: list[DutyInput]) -> None:
    for at, duty in enumerate(inputs):
        if duty.role not in Duty.Role.values:
            raise Invalid(_("请选择牵头、责任或配合。"), field=f"duty-{at}-role")
        if not duty.text.strip():
            raise Invalid(_("请填写单位在方案中的写法。"), field=f"duty-{at}-text")
    ids = {unit_id for duty in inputs for unit_id in duty.unit_ids}
    if Unit.objects.filter(pk__in=ids).count() != len(ids):
        raise Invalid(_("所选单位不在机构目录中,请刷新页面后重新选择。"), field="duties")


def _reason(duty: DutyInput) -> str:
    if duty.unlinked in Duty.Unlinked.values:
        return duty.unlinked
    return Duty.Unlinked.VAGUE if is_vague(duty.text) else ""
