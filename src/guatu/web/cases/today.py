"""The cases that wait for somebody today, and those that are late."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.base.shown import first
from guatu.web.cases.library import class_name
from guatu.web.cases.models import Case
from guatu.web.cases.selectors.queue import MINE, URGENT_FIRST
from guatu.web.cases.selectors.visible import visible
from guatu.web.cases.timers import timer
from guatu.web.kit.table.table import queried
from guatu.web.kit.today import MOST, WATCH, Part, Row, part


@part(15, "case.handle")
def cases_to_handle(actor: Actor) -> Part:
    return _mine(actor)


@part(15, "case.collect")
def cases_to_collect(actor: Actor) -> Part:
    return _mine(actor)


@part(15, "case.edit")
def cases_of_the_desk(actor: Actor) -> Part:
    return _mine(actor)


def _mine(actor: Actor) -> Part:
    waiting = queried(MINE.rows(actor, {}))
    found = first(URGENT_FIRST.sort(waiting), MOST)
    return Part("cases", _("待办案件"), [*map(_row, found)], found.total, reverse("case_mine"))


@part(WATCH + 4, "case.view")
def late_cases(actor: Actor) -> Part | None:
    """For those who see the cases of the whole county."""
    if actor.units_for("case.view") is not None:
        return None
    late = visible(actor).filter(Q(ended_at__isnull=True, due__lt=timezone.now()))
    found = first(late.order_by("due", "id"), 6)
    return Part("late-cases", _("超期案件"), [*map(_row, found)], found.total, f"{reverse('case_list')}?state=late")


def _row(case: Case) -> Row:
    due = timezone.localtime(case.due).date() if case.due else None
    what = Truncator(case.text).chars(60) or case.code
    note = f"{case.code} · {class_name(case.pack, case.class_code, language())}"
    return Row(what, reverse("case_detail", args=[case.pk]), note, due, timer(case, timezone.now()).shown())
