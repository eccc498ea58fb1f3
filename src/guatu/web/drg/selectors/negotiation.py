"""Rounds and objections, as the pack computes with them and as pages show them."""

from __future__ import annotations

from django.db.models import QuerySet

from guatu.engines.drg.simulation import negotiation
from guatu.web.base.actors import Actor
from guatu.web.base.words import one_of
from guatu.web.drg.models import Objection, Round, Run
from guatu.web.drg.selectors.scope import sees_all, visible_hospitals


def core_round(row: Round) -> negotiation.Round:
    objections = tuple(
        negotiation.Objection(
            str(one.pk), one.hospital.code, one_of(negotiation.SUBJECTS, one.subject), one.about, one.text, one.raised,
            one.deadline, one.wanted, one_of(negotiation.STATES, one.state), one.reply, "", one.settled,
        )
        for one in row.objections.select_related("hospital")
    )  # fmt: skip
    opened, digest = row.made_at.date(), row.run.parameters.digest
    return negotiation.Round(row.number, digest, "", opened, row.until, row.answer_days, objections)


def visible_objections(actor: Actor, run: Run | None = None) -> QuerySet[Objection]:
    rows = Objection.objects.select_related("hospital", "round__run__region_year", "replied_by").order_by("-id")
    if run is not None:
        rows = rows.filter(round__run=run)
    return rows if sees_all(actor) else rows.filter(hospital__in=visible_hospitals(actor))


def round_of(run: Run) -> Round | None:
    """The newest round of a run."""
    return run.rounds.order_by("-number").first()
