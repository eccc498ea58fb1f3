"""Decisions of a case that gave nothing: the case went on by the default way, and its page says why."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from guatu.core.kernel.finding import Language
from guatu.web.cases.history import Standing


def undecided(now: Standing, on: datetime.date, language: Language) -> list[str]:
    """A sentence for each decision that was asked and set none of its fields, with what it lacked."""
    flow, data = now.engine.flow, now.state.data
    found = []
    for node in flow.nodes:
        decision = now.engine.decisions.get(node.decision) if node.kind == "decision" else None
        # What was asked has set its fields, to nothing where it decided nothing.
        if decision is None or any(data.get(name, "") is not None for name in decision.outputs):
            continue
        name = (node.name_en if language == "en" else node.name) or decision.name or decision.id
        lacking = decision.decide({**flow.parameters.on(on), **data}, flow.words).lacking(flow.words)
        if lacking is None:
            found.append(_("“%(name)s”没有适用的规则,案件按默认去向办理。") % {"name": name})
        else:
            words = {"name": name, "lacking": lacking.en if language == "en" else lacking.zh}
            found.append(_("“%(name)s”不能判定,缺少:%(lacking)s。案件按默认去向办理。") % words)
    return found
