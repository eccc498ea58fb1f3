"""A grave act as an official document: a card, a notice of criticism, a call to a talk; withdrawn, its withdrawal."""

from __future__ import annotations

from django.utils import timezone

from guatu.adapters.writers.official import OfficialDocument, Paragraph
from guatu.adapters.writers.official.words import chinese_signs
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Act
from guatu.web.dispatch.selectors.circular_texts import issuer
from guatu.web.ledger.selectors.names import unit_labels


def act_document(act: Act) -> OfficialDocument:
    """The unit bears its name of the day on which it was taken, or taken back."""
    gone = act.state == Act.State.WITHDRAWN
    at = act.withdrawn_at if gone else act.decided_at
    on = timezone.localtime(at or act.proposed_at).date()
    by, task = issuer(on), f"“{act.task.title}”"
    first = f"根据《{act.task.plan.title}》，你单位承担{task}任务。"
    if gone:
        taken = timezone.localtime(act.decided_at or act.proposed_at).date()
        day = f"{taken.year}年{taken.month}月{taken.day}日"
        lines = (
            f"{day}因{task}任务对你单位采取的{act.label}，现予撤销。",
            f"撤销理由：{chinese_signs(act.withdrawal).rstrip('。')}。",
            "已在通报中点名的，在下一期通报中更正。",
        )
    else:
        lines = (
            f"{first}经查，{chinese_signs(act.reason).rstrip('。')}。",
            f"现对你单位采取{act.label}措施。请查明原因，明确责任人，限期整改，并书面反馈整改情况。",
            "对认定的事实有异议的，可在系统中对相应亮灯提出申诉。",
        )
    return OfficialDocument(
        agency=str(setting("supervision.agency-mark", on) or by),
        title=f"关于撤销{act.label}的通知" if gone else f"关于{act.task.title}的{act.label}通知",
        recipients=unit_labels([act.unit_id], on).get(act.unit_id, ""),
        blocks=tuple(Paragraph(line) for line in lines),
        author=by,
        on=on,
    )
