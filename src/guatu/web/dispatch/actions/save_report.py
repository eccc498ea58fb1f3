"""A unit saves or hands in its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from guatu.web.base.actions import Action, Change, Context, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.dispatch.models import Figure, Report, ReportEvent
from guatu.web.dispatch.selectors.checks import figure_findings
from guatu.web.dispatch.selectors.targets import targets_to_report

EDITABLE = (Report.State.DUE, Report.State.DRAFT, Report.State.RETURNED)
_MOST = Decimal(10) ** 13


@dataclass(frozen=True)
class SaveReport(Action[Report]):
    """`figures` holds what was typed for each target, `notes` the reason where there is no figure."""

    name: ClassVar[str] = "dispatch.save-report"
    report: int
    seen: int
    progress: str
    problems: str = ""
    next_step: str = ""
    done: bool = False
    figures: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    submit: bool = False
    instance: str = ""

    def permit(self, context: Context) -> None:
        require(context, "report.write", Report.objects.values_list("unit_id", flat=True).get(pk=self.report))

    def change(self, context: Context) -> Change[Report]:
        report = Report.objects.select_related("period", "task").get(pk=self.report)
        if report.state not in EDITABLE:
            raise NotNow(_("这一期已经提交,不能再改。需要修改时,请审核人先退回。"))
        values = self._values(report)
        take_version(report, self.seen)
        before = {"state": report.state, "progress": report.progress}
        report.progress, report.problems, report.next_step = self.progress, self.problems, self.next_step
        report.done, report.instance = self.done, self.instance or report.instance
        report.state = Report.State.SUBMITTED if self.submit else Report.State.DRAFT
        if self.submit:
            report.submitted_at = report.submitted_at or context.at
            report.submitted_by = context.actor.user
        report.save()
        self._write(report, values)
        verb = ReportEvent.Verb.SUBMITTED if self.submit else ReportEvent.Verb.SAVED
        ReportEvent.objects.create(report=report, at=context.at, user=context.actor.user, verb=verb)
        change = Change(report)
        after = {
            "state": report.state,
            "progress": report.progress,
            "figures": {str(k): str(v) for k, v in values.items()},
        }
        change.note(report, before, after)
        return change

    def recall(self, answer: Any) -> Report:
        return Report.objects.get(pk=answer)

    def _values(self, report: Report) -> dict[int, Decimal | None]:
        """The figures as numbers. On submission each target needs one, or a note why there is none."""
        values = {pk: number(text, f"figure-{pk}") for pk, text in self.figures.items()}
        if not self.submit:
            return values
        if not self.progress.strip():
            raise Invalid(_("请写明本期进展,再提交。"), field="progress")
        for target in targets_to_report(report):
            if values.get(target.pk) is None and not self.notes.get(target.pk, "").strip():
                raise Invalid(
                    _("请填写“%(metric)s”的数值;确实没有的,请在备注里写明原因。") % {"metric": target.metric},
                    field=f"figure-{target.pk}",
                )
        for pk, finding in figure_findings(report, values):
            if finding.severity == "error":
                raise Invalid(finding.message("zh"), field=f"figure-{pk}", code=finding.code)
        return values

    def _write(self, report: Report, values: Mapping[int, Decimal | None]) -> None:
        known = {target.pk for target in targets_to_report(report)}
        for pk, value in values.items():
            if pk in known:
                note = self.notes.get(pk, "")[:300]
                Figure.objects.update_or_create(report=report, target_id=pk, defaults={"value": value, "note": note})


def number(text: str, field_name: str) -> Decimal | None:
    """A figure as people type it: 1,234.5, full-width digits, blanks; None for an empty field. Raises `Invalid`."""
    plain = text.strip().replace(",", "").replace("，", "").replace(" ", "")
    plain = plain.translate({0xFF0E: ".", **{0xFF10 + i: str(i) for i in range(10)}})
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Invalid(_("“%(text)s”不是数字,请只填数字,单位不用填。") % {"text": text[:40]}, field=field_name) from None
    if not value.is_finite() or abs(value) >= _MOST:
        raise Invalid(_("“%(text)s”超出了可以填写的范围。") % {"text": text[:40]}, field=field_name)
    return value.quantize(Decimal("0.000001"))
