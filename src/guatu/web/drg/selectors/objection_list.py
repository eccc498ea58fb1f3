"""The objections to a run."""

from __future__ import annotations

from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from guatu.web.drg.models import Objection, Run
from guatu.web.drg.selectors.negotiation import visible_objections
from guatu.web.kit.table import Choose, Column, Empty, Table, day, text


def _about(one: Objection) -> str:
    return reverse("drg_objection", args=[one.pk])


HOSPITAL: Column[Objection] = text("hospital", _("医院"), lambda one: str(one.hospital), head=True, width=24)
SUBJECT: Column[Objection] = text("subject", _("对象"), lambda one: one.get_subject_display(), width=8)
ABOUT: Column[Objection] = text("about", _("编号"), lambda one: one.about, link=_about, width=20)
TEXT: Column[Objection] = text(
    "text", _("理由"), lambda one: one.text, shown=lambda one: truncatechars(one.text, 80), width=50
)
STATE: Column[Objection] = text("state", _("状态"), lambda one: one.get_state_display(), width=10)
OF_HOSPITAL: tuple[Column[Objection], ...] = (
    SUBJECT,
    ABOUT,
    TEXT,
    day("deadline", _("答复期限"), lambda one: one.deadline),
    STATE,
)
"""The objections of one hospital."""


def objections_to(run: Run) -> Table[Objection, Objection]:
    return Table(
        title=f"{now('异议')} · {run.region_year}",
        rows=lambda actor, wanted: visible_objections(actor, run),
        filters=(Choose("state", _("状态"), "state", choices=Objection.State.choices),),
        size=100,
        columns=(
            HOSPITAL,
            SUBJECT,
            ABOUT,
            TEXT,
            text("wanted", _("请求"), lambda one: one.wanted, on_page=False, width=30),
            day("raised", _("提出日期"), lambda one: one.raised),
            day("deadline", _("答复期限"), lambda one: one.deadline, template="drg/_deadline.html"),
            STATE,
            text("reply", _("答复"), lambda one: one.reply, on_page=False, width=50),
        ),
        empty=Empty(_("没有异议。"), _("医院在自己的结算单页上提出异议。")),
    )
