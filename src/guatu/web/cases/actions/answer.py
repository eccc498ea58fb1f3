"""The way back: who reported is told what became of it, on the way that they chose; the unit is told what waits.

What is told is a row of the same transaction, sent by a background job: no network delays or undoes what was done.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from guatu.adapters.notices import Outcome
from guatu.core.fields.phone import masked_contact
from guatu.web.base.actions import Context
from guatu.web.base.jobs import enqueue
from guatu.web.cases.history import Standing
from guatu.web.cases.library import class_name
from guatu.web.cases.models import Case, CaseEvent, CaseMessage, Reporter
from guatu.web.cases.posts import posts_of_pack
from guatu.web.cases.selectors.public import public_path, said_of
from guatu.web.cases.told import WAITING, waits
from guatu.web.cases.ways import KIND, way_of


def answer(now: Standing, context: Context, event: CaseEvent) -> None:
    """Tells whoever is to know of a line of the history, in Chinese, whatever the page's language is. Nobody reads of a
    confidential case in a message."""
    with override("zh-hans"):
        _answer(now, context, event)


def _answer(now: Standing, context: Context, event: CaseEvent) -> None:
    row = now.row
    if not row.confidential:
        said = said_of(now, event, "zh")
        for reporter in reporters_of(row) if said else ():
            _write(reporter, context, row, said)
    if row.unit_id is not None and _waits_for_unit(now, event):
        for tell in waits:
            tell(context, WAITING, row.unit_id, _title(row, event), reverse("case_detail", args=[row.pk]))


def reporters_of(row: Case) -> Iterable[Reporter]:
    """Those who reported the matter: of the case, and of the cases that were joined to it."""
    return Reporter.objects.filter(Q(case=row) | Q(case__joined_to=row)).exclude(way="").select_related("case")


def note_outcome(message: CaseMessage, outcome: Outcome) -> None:
    """What became of sending it."""
    message.state = CaseMessage.State.SENT if outcome.sent else CaseMessage.State.FAILED
    message.error = outcome.reason
    message.save(update_fields=["state", "error"])


def _write(reporter: Reporter, context: Context, row: Case, said: str) -> None:
    way = way_of(reporter.way, context.actor.today)
    if way is None or not reporter.phone:
        return
    code = reporter.case.code
    title = _("您反映的 %(code)s:%(what)s") % {"code": code, "what": class_name(row.pack, row.class_code, "zh")}
    message = CaseMessage.objects.create(
        reporter=reporter, way=way.name, masked=masked_contact(reporter.phone), title=title[:200],
        text="\n\n".join((said, public_path(code))), at=context.at,
    )  # fmt: skip
    enqueue(KIND, {"message": message.pk}, context.actor.user, context.at)


def _waits_for_unit(now: Standing, event: CaseEvent) -> bool:
    """Whether a step waits now for the unit that has the case, and did not before, or it is urged."""
    if event.kind in (CaseEvent.Kind.URGE, CaseEvent.Kind.ASSIGN):
        return True
    flow, posts = now.engine.flow, posts_of_pack(now.row.pack)
    return any(
        posts.post(role).owner == "unit"
        for step in now.state.open
        if step != event.step
        for role in flow.by_id[step].roles
    )


def _title(row: Case, event: CaseEvent) -> str:
    what = class_name(row.pack, row.class_code, "zh")
    if event.kind == CaseEvent.Kind.URGE:
        return _("催办:%(what)s %(code)s") % {"what": what, "code": row.code}
    return _("有案件待办理:%(what)s %(code)s") % {"what": what, "code": row.code}
