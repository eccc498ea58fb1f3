"""A unit saves its report, or hands it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.actions.versions import still_at
from guatu.web.base.parsing import figure_of
from guatu.web.base.prepared import insert
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.actions.reports import known_report, writable
from guatu.web.dispatch.models import Figure, Report, ReportEvent
from guatu.web.dispatch.selectors.answering import Answer, asked_of
from guatu.web.dispatch.selectors.checks import Said, findings
from guatu.web.dispatch.selectors.report_content import content, content_with, figures_of
from guatu.web.ledger.models import Target

LONGEST = 5000
_NOTE = 300
INSTANCE_USED = "report.instance-used"
_WRITTEN = ("state", "level", "progress", "problems", "next_step", "done", "submitted_at", "submitted_by", "typed")
Row = tuple[int, Decimal | None, str]


@dataclass(frozen=True)
class SaveReport(RowAction[Report]):
    """`figures` holds what was typed for each target, `notes` what is to be said of it.

    A draft keeps what is no number yet as it was typed. `despite` hands in although checks warn, with the
    reason as the figure's note. An `instance` that was
    handed in before changes nothing: a form sent twice is one report, whenever its second copy arrives; other content
    under it is refused. `quiet` saves leave no line in the report's own history.
    """

    name = "dispatch.save-report"
    words = _("保存或提交填报")
    report: int
    seen: int
    progress: str
    problems: str = ""
    next_step: str = ""
    done: bool = False
    figures: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    submit: bool = False
    despite: bool = False
    instance: str = ""
    quiet: bool = False

    def permit(self, context: Context) -> None:
        require(context, "report.write", known_report(self.report).unit_id)

    def change(self, context: Context) -> Change[Report]:
        report = known_report(self.report)
        # Before state and version are looked at: both were changed by the first copy, and the second is no conflict.
        if self.submit and self.instance and (came := self._handed_in_before(report)):
            self._check_same(came)
            return Change(report)
        writable(report)
        still_at(report, self.seen)
        before = content(report)
        answers = asked_of(report.task_id, report.unit_id)
        values, typed = self._values(answers)
        self._check_texts()
        if self.submit:
            self._check_complete(before["files"], answers, values)
            self._check_figures(report, answers, values)
        self._put(report, context, typed)
        figures = self._put_figures(report, before, values)
        after = content_with(report, figures, before["files"])
        self._put_event(report, context, after)
        change = Change(report)
        new = {name: value for name, value in after.items() if before[name] != value}
        if new:
            change.note(report, {name: before[name] for name in new}, new)
        return change

    def _handed_in_before(self, report: Report) -> ReportEvent | None:
        came = ReportEvent.objects.filter(report=report, instance=self.instance[:80], verb=ReportEvent.Verb.SUBMITTED)
        return came.order_by("-id").first()

    def _check_same(self, came: ReportEvent) -> None:
        """A form that is changed and sent again is no second copy: it is refused, and not taken for the first."""
        units = dict(Target.objects.filter(pk__in=self.figures).values_list("pk", "unit_text"))
        if not says_the_same(self, came.content or {}, units):
            raise Invalid(
                _("这份表单已经提交过,内容与这次不同。这次的内容没有保存,请对照现有内容后重新提交。"),
                code=INSTANCE_USED,
            )

    def _values(self, answers: list[Answer]) -> tuple[dict[int, Decimal | None], dict[str, str]]:
        """Figures as numbers, and what is none: kept as typed in a draft, a problem at the field otherwise."""
        values: dict[int, Decimal | None] = {}
        typed: dict[str, str] = {}
        for answer in answers:
            pk = answer.target.pk
            text = self.figures.get(pk, "")
            try:
                values[pk] = figure_of(text, f"figure-{pk}", answer.target.unit_text)
            except Invalid:
                if self.submit:
                    raise
                values[pk], typed[str(pk)] = None, text[:60]
        return values, typed

    def _check_texts(self) -> None:
        for name in ("progress", "problems", "next_step"):
            if len(getattr(self, name)) > LONGEST:
                raise Invalid(_("最多 %(n)d 字,详细材料请作为附件上传。") % {"n": LONGEST}, field=name)

    def _check_complete(self, files: list[Any], answers: list[Answer], values: Mapping[int, Decimal | None]) -> None:
        """Each target has a figure, or a note why there is none; who asks for closing has shown evidence."""
        if not self.progress.strip():
            raise Invalid(_("请写明本期进展,再提交。"), field="progress")
        for target in (answer.target for answer in answers):
            if values[target.pk] is None and not self.notes.get(target.pk, "").strip():
                raise Invalid(_lacking(target), field=f"figure-{target.pk}", code="report.figure-missing")
        if self.done and not files:
            raise Invalid(_("申请销号要有佐证材料,请先上传照片或文件。"), field="done", code="report.no-evidence")

    def _check_figures(self, report: Report, answers: list[Answer], values: Mapping[int, Decimal | None]) -> None:
        said = findings(report, answers, values)
        if said and said[0].blocks:
            raise Invalid(said[0].message, field=f"figure-{said[0].target_id}", code=said[0].code)
        if not said or self.despite:
            self._check_reasons(said)
            return
        raise Invalid(
            _("有 %(n)d 处需要核对。核对无误的,请在备注里说明原因,并选择“仍要提交”。") % {"n": len(said)},
            field="despite",
            code="report.has-warnings",
            data={"warnings": [{"target": one.target_id, "message": one.message} for one in said]},
        )

    def _check_reasons(self, said: Sequence[Said]) -> None:
        """An odd figure is handed in with the reason, which stays with it and is shown to who reviews it."""
        for one in said:
            if one.asks and not self._note(one.target_id):
                message = _("请在备注里说明原因,再提交:%(said)s") % {"said": one.message}
                raise Invalid(message, field=f"figure-{one.target_id}", code="report.reason-missing")

    def _put(self, report: Report, context: Context, typed: dict[str, str]) -> None:
        report.progress, report.problems, report.next_step = map(_clean, (self.progress, self.problems, self.next_step))
        report.done, report.typed = self.done, typed
        if self.submit:
            report.state, report.level = Report.State.SUBMITTED, 0
            # Whether a report came in time is said of its first copy: returned and sent again it has not become late.
            report.submitted_at = report.submitted_at or context.at
            report.submitted_by = context.actor.user
        elif report.state == Report.State.DUE:
            report.state = Report.State.DRAFT
        take_version(report, self.seen, *_WRITTEN)

    def _put_figures(self, report: Report, before: dict[str, Any], values: Mapping[int, Decimal | None]) -> list[Row]:
        """All figures of the report as they stand now, also those of targets that are no longer asked for."""
        rows = [Figure(report=report, target_id=pk, value=value, note=self._note(pk)) for pk, value in values.items()]
        if before["figures"]:
            Figure.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["report", "target"], update_fields=["value", "note"]
            )
            return list(figures_of(report))
        # A first save meets no rows that could be there already: it goes by a prepared statement.
        insert(rows)
        return [(row.target_id, row.value, row.note) for row in rows]

    def _note(self, pk: int) -> str:
        return _clean(self.notes.get(pk, "")).strip()[:_NOTE]

    def _put_event(self, report: Report, context: Context, after: dict[str, Any]) -> None:
        if self.quiet and not self.submit:
            return
        event = ReportEvent(
            report=report,
            at=context.at,
            user=context.actor.user,
            verb=ReportEvent.Verb.SUBMITTED if self.submit else ReportEvent.Verb.SAVED,
            content=after if self.submit else None,
            instance=self.instance[:80],
        )
        insert([event])


def says_the_same(action: SaveReport, stored: Mapping[str, Any], units: Mapping[int, str]) -> bool:
    """Whether texts, figures and notes are those that stand in an event; files come by an action of their own."""
    texts = {name: _clean(getattr(action, name)) for name in ("progress", "problems", "next_step")}
    figures, notes = stored.get("figures", {}), stored.get("notes", {})
    return (
        all(stored.get(name) == text for name, text in texts.items())
        and stored.get("done") == action.done
        and all(_same_figure(text, units.get(pk, ""), figures.get(str(pk))) for pk, text in action.figures.items())
        and all(_clean(note).strip()[:_NOTE] == notes.get(str(pk), "") for pk, note in action.notes.items())
    )


def _same_figure(typed: str, unit: str, stored: str | None) -> bool:
    try:
        value = figure_of(typed, "", unit)
    except Invalid:
        return False
    return value is None if stored is None else value == Decimal(stored)


def _clean(text: str) -> str:
    """Without NUL, which no database text takes, and with one kind of line end."""
    return text.replace("\0", "").replace("\r\n", "\n")


def _lacking(target: Target) -> str:
    return _("请填写“%(metric)s”的数值;确实没有的,请在备注里写明原因。") % {"metric": target.metric}
