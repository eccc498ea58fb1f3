"""Requests of a neighbour become cases here: once each, by the table of classes, only open ones."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.adapters.open311.client import NeighbourError, requests_between
from guatu.adapters.open311.messages import ServiceRequest
from guatu.web.base.actions import Context
from guatu.web.base.actors import Actor, Grant
from guatu.web.base.language import language
from guatu.web.base.models import Job
from guatu.web.base.problems import Invalid, Problem
from guatu.web.cases.actions.open_case import LONGEST_ADDRESS, LONGEST_TEXT, OpenCase
from guatu.web.cases.models import Case
from guatu.web.intake.actions.take_in import TakeIn, once
from guatu.web.intake.neighbours import Known

PULL = "intake.pull"
OVERLAP, FIRST = datetime.timedelta(hours=1), datetime.timedelta(days=7)
"""What a neighbour enters late is found by asking again for the last hour; the first pull goes back a week."""
# They are kept in the job's row and shown on one page; `left` counts those beyond.
MOST_SKIPPED = 500


@dataclass
class Pulled:
    created: int = 0
    same: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """Numbers of the neighbour that were not taken, and why; the first ones."""
    left: int = 0
    """How many were not taken."""


def desk_context(at: datetime.datetime) -> Context:
    """Nobody is there: the desk's rights, and no user in the audit line."""
    return Context(Actor(None, timezone.localtime(at).date(), (Grant("desk", None, None),)), at)


def since_last(known: Known, now: datetime.datetime) -> datetime.datetime:
    """From where the last pull that went through ended, with some overlap."""
    last = Job.objects.filter(kind=PULL, state=Job.State.DONE, payload__neighbour=known.name).order_by("-id").first()
    until = datetime.datetime.fromisoformat(last.payload["until"]) if last else now - FIRST
    return until - OVERLAP


def pull(known: Known, since: datetime.datetime, until: datetime.datetime) -> Pulled:
    """Raises `Problem` where the neighbour cannot be asked; what was taken before stays."""
    found = Pulled()
    try:
        for request in requests_between(known.there, since, until):
            _take(known, request, found)
    except NeighbourError as error:
        raise Invalid(error.zh if language() == "zh" else error.en, code="open311.neighbour") from error
    return found


def _take(known: Known, request: ServiceRequest, found: Pulled) -> None:
    try:
        action = TakeIn(
            _case(known, request), known.system, request.service_request_id[:120], request.requested_datetime
        )
        _case_id, fresh = once(action, desk_context(timezone.now()))
    except Problem as problem:
        found.left += 1
        if len(found.skipped) < MOST_SKIPPED:
            found.skipped.append((request.service_request_id[:120], str(problem.message)))
        return
    found.created += fresh
    found.same += not fresh


def _case(known: Known, request: ServiceRequest) -> OpenCase:
    ours = known.classes.get(request.service_code)
    if ours is None:
        raise Invalid(_("对方的 service_code %(code)s 没有对应的类别。") % {"code": request.service_code[:40]})
    # Nobody here would have anything to do in it, and its times would count as ours.
    if request.status == "closed":
        raise Invalid(_("对方已办结。"))
    text = (request.description or request.service_name or request.service_code).replace("\0", "")
    address = (request.address or request.address_id or "").replace("\0", "")
    said = [text, request.media_url or ""]
    return OpenCase(
        *ours,
        "\n".join(part for part in said if part)[:LONGEST_TEXT],
        address[:LONGEST_ADDRESS],
        request.long,
        request.lat,
        source=Case.Source.API,
    )
