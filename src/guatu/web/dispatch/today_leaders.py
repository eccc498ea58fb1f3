"""What waits for a leader's word, and what became of the words given."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from guatu.web.base.actors import Actor
from guatu.web.base.shown import first
from guatu.web.dispatch.models import Instruction
from guatu.web.dispatch.selectors.instructions import ASKED, TRACKED, instruction_rows, visible_instructions
from guatu.web.kit.today import MOST, WATCH, Part, Row, part


@part(5, "instruction.write")
def questions(actor: Actor) -> Part:
    """The oldest first."""
    asked = Instruction.objects.filter(ASKED).select_related("asked_by", "plan", "task").order_by("asked_at", "id")
    waiting = first(asked, MOST)
    rows = [
        Row(
            Truncator(row.one.question).chars(60),
            f"{reverse('instruction_new')}?question={row.one.pk}",
            f"{row.about} · {row.one.asked_by or ''} {_day(row.one)}",
        )
        for row in instruction_rows(waiting.rows, actor)
    ]
    return Part("questions", _("待批示"), rows, waiting.total, reverse("instruction_list"))


@part(WATCH, "instruction.write")
def instructions_under_way(actor: Actor) -> Part:
    """Of the words given those that are not closed yet, the most pressing first."""
    given = visible_instructions(actor).filter(TRACKED).select_related("plan", "task", "order")
    tracked = first(given.order_by("order__due_on", "id"), MOST)
    rows = [
        Row(
            Truncator(row.one.text).chars(60),
            reverse("order_detail", args=[row.one.order_id]),
            row.unit,
            row.order.order.due_on if row.order and row.order.waits else None,
            row.order.order.get_state_display() if row.order else "",
        )
        for row in instruction_rows(tracked.rows, actor)
    ]
    return Part("instructions", _("批示办理中"), rows, tracked.total, reverse("instruction_list"))


def _day(one: Instruction) -> str:
    return f"{timezone.localtime(one.asked_at):%m-%d}" if one.asked_at else ""
