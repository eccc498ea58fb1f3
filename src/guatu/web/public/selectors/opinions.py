"""Opinions of the public: those that an actor answers, and the one that somebody follows by its code."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actors import Actor
from guatu.web.base.problems import Problem
from guatu.web.base.settings_table import setting
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Column, Empty, States, Table, due, moment
from guatu.web.public.models import Opinion

SHORT = 60


class NoOpinion(Problem):
    status = 404
    code = "public.no-code"


def visible_opinions(actor: Actor) -> QuerySet[Opinion]:
    if not actor.may("public.answer"):
        return Opinion.objects.none()
    units = actor.units_for("public.answer")
    return Opinion.objects.all() if units is None else Opinion.objects.filter(unit_id__in=units)


def office_of_opinions(today: datetime.date) -> int | None:
    """The unit that answers now; None while the county has named none that there is."""
    code = setting("public.opinion-unit")
    nodes = unit_tree(today).nodes.values()
    return next((node.id for node in nodes if code and node.code == code), None)


def opinion_of(code: str) -> Opinion:
    """The opinion of a code as somebody types it. Raises `NoOpinion`."""
    # Hyphens and blanks are as people write them.
    letters = "".join(letter for letter in code.upper() if letter.isalnum())[:12]
    row = Opinion.objects.filter(code="-".join((letters[:4], letters[4:8], letters[8:]))).first()
    if row is None or len(letters) != 12:
        raise NoOpinion(_("没有这个查询码,请核对后重新输入。"), field="code")
    return row


OPINIONS = Table[Opinion, Opinion](
    title=gettext_lazy("意见箱"),
    rows=lambda actor, wanted: visible_opinions(actor),
    # What is due first stands first.
    order=Order((By("due_on"), By("id"))),
    filters=(
        States(
            "state",
            groups=lambda actor: (
                (Opinion.State.WAITING, Opinion.State.WAITING.label, Q(state=Opinion.State.WAITING)),
                (
                    "late",
                    gettext_lazy("逾期未答复"),
                    Q(state=Opinion.State.WAITING, due_on__lt=actor.today),
                ),
                (Opinion.State.ANSWERED, Opinion.State.ANSWERED.label, Q(state=Opinion.State.ANSWERED)),
            ),
            late="late",
        ),
    ),
    columns=(
        Column(
            "text",
            gettext_lazy("意见"),
            lambda one: one.text[:SHORT],
            link=lambda one: reverse("opinion_detail", args=[one.pk]),
            head=True,
        ),
        moment("received", gettext_lazy("收到"), lambda one: one.received_at),
        due("due", gettext_lazy("答复期限"), lambda one: one.due_on),
        Column("state", gettext_lazy("状态"), lambda one: one.get_state_display()),
    ),
    empty=Empty(gettext_lazy("没有意见。"), gettext_lazy("公众在意见箱里写的意见会出现在这里。")),
)
