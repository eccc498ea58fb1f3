"""An evaluation is published: its figures are kept as they stand, whatever is done with the cases afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.cases.library import evaluated_packs
from guatu.web.evaluation.models import EvaluationResult
from guatu.web.evaluation.selectors.figures import Asked, figures_of
from guatu.web.evaluation.selectors.results import level_of, of_period, stored

LONGEST_NOTE = 500


@dataclass(frozen=True)
class PublishEvaluation(RowAction[EvaluationResult]):
    """`seen` is the number of the last result that the publisher has seen: two do not publish the same unawares."""

    asked: Asked
    seen: int
    note: str = ""
    name: ClassVar[str] = "evaluation.publish"
    words: ClassVar[str | Promise] = _("发布评价结果")
    permission: ClassVar[str] = "case.evaluate"

    def change(self, context: Context) -> Change[EvaluationResult]:
        asked = self.asked
        if asked.pack not in evaluated_packs():
            raise Invalid(_("这个业务包没有评价办法。"), field="pack", code="evaluation.no-pack")
        if context.actor.today <= asked.span.ends_on:
            raise NotNow(_("本期还没有结束,结束后才能发布。"), code="evaluation.not-over")
        last = of_period(asked, asked.span).aggregate(last=Max("number"))["last"] or 0
        if last != self.seen:
            raise NotNow(_("本期刚刚已由他人发布,请先查看已发布的结果。"), code="evaluation.published-before")
        figures = figures_of(context.actor, asked, context.at)
        if not figures.rows:
            raise NotNow(_("本期没有可评价的案件。"), code="evaluation.empty")
        plain = stored(figures)
        note = self.note.replace("\0", "").strip()[:LONGEST_NOTE]
        row = EvaluationResult(
            pack=asked.pack, kind=asked.kind, level=level_of(asked), starts_on=asked.span.starts_on,
            ends_on=asked.span.ends_on, number=last + 1, sheet=asked.sheet, note=note, figures=plain,
            digest=digest_of(plain), published_at=context.at, published_by=context.actor.user,
        )  # fmt: skip
        row.save()
        change = Change(row)
        said = {"period": asked.span.key, "kind": asked.kind, "number": row.number, "digest": row.digest}
        change.note(row, None, said)
        return change


def digest_of(figures: Any) -> str:
    """SHA-256 of the figures as JSON with sorted keys."""
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
