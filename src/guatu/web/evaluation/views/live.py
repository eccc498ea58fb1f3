"""The evaluation as it stands: the table, its file, the reason of a figure, and publishing it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guatu.web.base.language import language
from guatu.web.evaluation.actions.publish_evaluation import PublishEvaluation
from guatu.web.evaluation.models import EvaluationResult
from guatu.web.evaluation.periods import spans
from guatu.web.evaluation.selectors.counted import pack_names, rubrics_of
from guatu.web.evaluation.selectors.figures import LEVELS, SCORE, Asked, Figures, figures_of
from guatu.web.evaluation.selectors.reasons import reason_of
from guatu.web.evaluation.selectors.results import of_period, read
from guatu.web.evaluation.selectors.shown import Reader
from guatu.web.evaluation.views.common import asked_of, columns_of, lines_of, query_of
from guatu.web.kit import export
from guatu.web.kit.downloads import kind_of
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import page
from guatu.web.kit.values import text_of


@page("case.view", "evaluation/evaluation_list.html")
def evaluation_list(request: HttpRequest) -> dict[str, Any] | HttpResponseBase:
    """The live table for who evaluates; the published results for the others."""
    actor, now = actor_of(request), timezone.now()
    if not actor.may("case.evaluate"):
        return redirect("evaluation_results")
    asked = asked_of(request.POST or request.GET, actor.today)
    figures, before = figures_of(actor, asked, now), _before(request, asked)
    reader = Reader(actor, language(), figures)
    last = of_period(asked, asked.span).first()
    shown = reader.shown(figures, asked.kind, before)
    asked_again = {"pack": asked.pack, "kind": asked.kind, "level": asked.level, "period": asked.span.key}
    return {
        **_choices(request, asked),
        "asked": asked,
        "measures": [*shown.measures, *([(SCORE, _("得分"))] if asked.sheet else [])],
        "sent_again": [
            *asked_again.items(),
            ("sheet", asked.sheet),
            ("by", figures.by),
            ("seen", last.number if last else 0),
        ],
        "figures": figures,
        "shown": shown,
        "ranked_by": ranked_name(reader, figures.by),
        "reason_url": reverse("evaluation_reason") + query_of(asked),
        "export_url": reverse("evaluation_export") + query_of(asked),
        "last": last,
        "may_publish": actor.today > asked.span.ends_on,
    }


def _choices(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    zh = language() == "zh"
    words = {"town": _("乡镇街道"), "village": _("村(社区)")}
    return {
        "packs": pack_names(),
        "kinds": EvaluationResult.Kind.choices,
        "periods": [(span.key, str(span)) for span in spans(actor_of(request).today)],
        "levels": [(level, words[level]) for level in LEVELS],
        "sheets": [(sheet.code, sheet.zh if zh else sheet.en) for sheet in rubrics_of(asked.pack).sheets],
    }


def _before(request: HttpRequest, asked: Asked) -> Figures:
    """The period before: as it was published, else as it stands."""
    earlier = Asked(
        pack=asked.pack, kind=asked.kind, span=asked.span.before, level=asked.level, sheet=asked.sheet, by=asked.by
    )
    published = of_period(earlier, earlier.span).first()
    return read(published) if published else figures_of(actor_of(request), earlier, timezone.now())


def ranked_name(reader: Reader, by: str) -> str:
    return str(_("得分")) if by == SCORE else reader.rate_name(by)


@needs("case.evaluate")
def evaluation_export(request: HttpRequest) -> HttpResponseBase:
    """What the page shows, as xlsx or csv."""
    actor = actor_of(request)
    asked = asked_of(request.GET, actor.today)
    figures = figures_of(actor, asked, timezone.now())
    reader = Reader(actor, language(), figures)
    shown = reader.shown(figures, asked.kind, _before(request, asked))
    name = _("综合评价 %(period)s") % {"period": asked.span}
    columns = columns_of(shown, ranked_name(reader, figures.by))
    return export.download(name, columns, lines_of(shown), kind_of(request), actor.today)


@page("case.evaluate", "evaluation/evaluation_reason.html")
def evaluation_reason(request: HttpRequest) -> dict[str, Any]:
    """The cases behind a figure, numerator and denominator."""
    actor = actor_of(request)
    asked = asked_of(request.GET, actor.today)
    figures = figures_of(actor, asked, timezone.now())
    found = reason_of(actor, figures, text_of(request.GET, "key"), text_of(request.GET, "code"), language())
    if found is None:
        raise Http404
    return {"found": found, "asked": asked, "back": reverse("evaluation_list") + query_of(asked)}


PUBLISH = Form("publish", "evaluation_publish", PublishEvaluation, said=_("已发布,结果不再随案件变化。"))
evaluation_publish = posted(
    PUBLISH,
    "case.evaluate",
    evaluation_list,
    lambda row: reverse("evaluation_result", args=[row.pk]),
    known=lambda request: {"asked": asked_of(request.POST, actor_of(request).today)},
)
