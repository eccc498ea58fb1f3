"""What a unit that goes still has in hand passes to its heirs, on the day on which it goes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.language import joined
from guatu.web.base.problems import NotNow
from guatu.web.directory.hooks import holdings, tell
from guatu.web.directory.models import Reorganisation, Succession, Unit


def succeed(made: Reorganisation, old: Unit, heir: Unit, others: Mapping[str, Unit] | None = None) -> None:
    """Names who takes over from a unit: `others` by the kind of holding, `heir` all the rest."""
    kinds: dict[int, list[str]] = {heir.pk: []}
    for one in holdings:
        to = (others or {}).get(one.key, heir)
        kinds.setdefault(to.pk, []).append(one.key)
    for pk, keys in kinds.items():
        row, _new = Succession.objects.get_or_create(reorganisation=made, old=old, new_id=pk)
        row.kinds = keys
        row.save(update_fields=["kinds"])


def hand_on(made: Reorganisation, change: Change[Any], context: Context) -> None:
    """At once where the day has come; of a day that is ahead the hourly run does it, and until then all stays."""
    tell(made, change, context)
    if made.day > context.actor.today:
        return
    for row in made.successions.order_by("id"):
        for one in holdings:
            if one.key in row.kinds and row.old_id != row.new_id:
                one.give(row.old_id, row.new_id, change, context)
    made.handed_on = context.actor.today
    made.save(update_fields=["handed_on"])


def refuse_heirless(units: Iterable[int]) -> None:
    """Raises `NotNow` with all that units have in hand: nothing that is open is left to nobody."""
    left = [f"{one.label} {count}" for unit in units for one in holdings if (count := one.count(unit))]
    if left:
        said = _("这个单位还有未了的事项:%(what)s。请选择承接单位,随撤销一并移交。")
        raise NotNow(said % {"what": joined(left)}, field="heir_id", code="unit.holds", data={"holds": left})


@dataclass(frozen=True)
class HandOnDue(Action[int]):
    """Reorganisations whose day has come and that were decided before it; how many."""

    name = "directory.hand-on-due"
    permission = "period.edit"
    words = _("移交到期的机构调整")
    today: datetime.date

    def change(self, context: Context) -> Change[int]:
        rows = Reorganisation.objects.select_for_update().filter(handed_on=None, day__lte=self.today)
        change: Change[int] = Change(0)
        for made in rows.order_by("day", "id"):
            hand_on(made, change, context)
            change.note(made, None, {"handed_on": self.today.isoformat()})
            change.result += 1
        return change

    def answer(self, result: int) -> Any:
        return result

    def recall(self, answer: Any) -> int:
        return int(answer or 0)
