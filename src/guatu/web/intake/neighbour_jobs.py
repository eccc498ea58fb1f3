"""Background work with neighbours: their requests are fetched, a case of ours is passed on."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.adapters.open311.client import NeighbourError, file_request, of_token
from guatu.adapters.open311.messages import NewRequest, Receipt
from guatu.web.base.actions import perform
from guatu.web.base.jobs import Running, handler
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid
from guatu.web.base.settings_table import setting
from guatu.web.cases.models import Case
from guatu.web.intake.actions.note_sent import NoteSent
from guatu.web.intake.actions.send_case import SEND, service_of
from guatu.web.intake.jobs import context_of_job
from guatu.web.intake.models import OutsideNumber
from guatu.web.intake.neighbours import Known, neighbour
from guatu.web.intake.pulling import PULL, pull


@handler(PULL, gettext_lazy("接收外单位案件"), by_day=True)
def pull_requests(running: Running) -> dict[str, Any]:
    """Twice: a request that is known by its number there is no new case."""
    known = neighbour(running.payload["neighbour"])
    since, until = (datetime.datetime.fromisoformat(running.payload[name]) for name in ("since", "until"))
    running.progress(5)
    return asdict(pull(known, since, until))


@handler(SEND, gettext_lazy("转送案件"))
def send_case(running: Running) -> dict[str, Any]:
    """The key of the request is the case's: a neighbour that knows keys takes a second try for the first."""
    with translation.override(running.payload["language"]):
        row = Case.objects.get(pk=running.payload["case"])
        known = neighbour(running.payload["to"])
        done = OutsideNumber.objects.filter(case=row, system=known.system, sent=True).first()
        # The worker may have died between the answer of the neighbour and the end of the job.
        if done is not None:
            return {"number": done.number}
        given = NewRequest(
            service_code=service_of(row, known),
            lat=row.lat,
            long=row.lon,
            address_string=row.address or None,
            description=row.text,
        )
        running.progress(20)
        number = _sent(known, given, f"guatu-{setting('county.code')}-{row.code}")
        perform(NoteSent(row.pk, known.system, number), context_of_job(running))
        return {"number": number}


def _sent(known: Known, given: NewRequest, key: str) -> str:
    """The neighbour's number; its token where it has no number yet."""
    try:
        receipt = file_request(known.there, given, key)
        if not receipt.service_request_id and receipt.token:
            receipt = _resolved(known, receipt)
    except NeighbourError as error:
        said = error.zh if language() == "zh" else error.en
        raise Invalid(_("没有转送成功:%(said)s") % {"said": said}, code="open311.neighbour") from error
    return receipt.service_request_id or f"token:{receipt.token}"


def _resolved(known: Known, receipt: Receipt) -> Receipt:
    try:
        return of_token(known.there, receipt.token or "")
    except NeighbourError:
        # It was taken: to send it again would make a second one. The token leads to the number later.
        return receipt
