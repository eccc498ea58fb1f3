"""A case ends where it stands: it is taken back with a reason, or another case goes on for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.cases.actions.answer import answer
from guatu.web.cases.actions.entries import add_event, case_for, changed, locked, shown_columns, summarise, written
from guatu.web.cases.history import Standing, standing
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.cases.selectors.public import tracked


@dataclass(frozen=True)
class RevokeCase(RowAction[Case]):
    """By the desk: what was filed by mistake is no case. It counts in no rate."""

    case_id: int
    seen: int
    reason: str
    name = "case.revoke"
    words = gettext_lazy("撤销案件")
    permission = "case.edit"

    def change(self, context: Context) -> Change[Case]:
        return _end(locked(case_for(context, self.case_id), self.seen), context, "revoked", self.reason)


@dataclass(frozen=True)
class WithdrawCase(RowAction[Case]):
    """By the code, for who reported, as long as nobody has been given the case."""

    code: str
    reason: str
    name = "case.withdraw"
    words = gettext_lazy("反映人撤回")

    def permit(self, context: Context) -> None:
        tracked(self.code)

    def change(self, context: Context) -> Change[Case]:
        row = tracked(self.code)
        if row.unit_id is not None:
            raise NotNow(_("案件已交承办单位办理,不能撤回;请拨打受理热线。"), code="case.given-already")
        take_version(row, row.row_version)
        return _end(standing(row), context, "revoked", self.reason)


@dataclass(frozen=True)
class JoinCase(RowAction[Case]):
    """A case is of the same matter as another, which goes on for both: each reporter gets its answer."""

    case_id: int
    seen: int
    into: int
    name = "case.join"
    words = gettext_lazy("并案")
    permission = "case.edit"

    def change(self, context: Context) -> Change[Case]:
        row, main = case_for(context, self.case_id), case_for(context, self.into)
        if row.pk == main.pk or row.pack != main.pack or row.confidential != main.confidential:
            raise Invalid(_("只能并入同一业务的另一个案件。"), field="into", code="case.no-join")
        if main.ended_at is not None:
            raise NotNow(_("要并入的案件已经结束,请改为重新办理。"), code="case.join-ended")
        take_version(main, main.row_version)
        now = locked(row, self.seen)
        # Whoever was joined to this one before is joined to what it is joined to: the way to the answer is one step.
        Case.objects.filter(joined_to=row).update(joined_to=main)
        row.joined_to = main
        row.save(update_fields=["joined_to"])
        add_event(standing(main), context, CaseEvent.Kind.JOIN, reason=row.code)
        # It is read by whoever reported.
        said = f"与案件 {main.code} 是同一件事,一并办理"
        return _end(now, context, "joined", said)


@dataclass(frozen=True)
class UrgeCase(RowAction[Case]):
    """Whoever waits says so: the unit that has the case is told."""

    case_id: int
    seen: int
    reason: str
    name = "case.urge"
    words = gettext_lazy("催办案件")
    permission = "case.edit"

    def change(self, context: Context) -> Change[Case]:
        row = case_for(context, self.case_id)
        if row.ended_at is not None:
            raise NotNow(_("案件已经结束,不需要催办。"), code="case.ended-before")
        if row.unit_id is None:
            raise Denied(_("案件还没有承办单位,请先指定。"), code="case.not-given")
        now = locked(row, self.seen)
        reason = _needed(self.reason)
        event = add_event(now, context, CaseEvent.Kind.URGE, reason=reason, unit_id=row.unit_id)
        answer(now, context, event)
        return changed(row, {}, {"urged": row.unit_id})


def _end(now: Standing, context: Context, outcome: str, reason: str) -> Change[Case]:
    row = now.row
    if row.ended_at is not None:
        raise NotNow(_("案件已经结束。"), code="case.ended-before")
    before = shown_columns(row)
    event = add_event(now, context, CaseEvent.Kind.END, move=outcome, reason=_needed(reason))
    summarise(now)
    answer(Standing(row, now.events), context, event)
    return changed(row, before, {**shown_columns(row), "outcome": outcome})


def _needed(reason: str) -> str:
    said = written(reason, most=2000)
    if not said:
        raise Invalid(_("请写明理由。"), field="reason", code="case.reason-missing")
    return said
