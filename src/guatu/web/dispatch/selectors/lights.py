"""The list of lights, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.base.templatetags.guatu_tags import light as light_mark
from guatu.web.dispatch.models import Light, Period
from guatu.web.dispatch.selectors.delivered import NO_DOMAIN
from guatu.web.dispatch.selectors.light_pages import explained_of, visible
from guatu.web.dispatch.selectors.list_filters import period_filter, plan_filter, unit_filter
from guatu.web.dispatch.selectors.period_facts import as_then
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Choose, Column, Empty, Pick, Table, Wanted, day

_BADNESS = [When(colour=colour, then=Value(at)) for at, colour in enumerate(("red", "amber", "grey", "green"))]
_LEVELS = {"task": Q(target__isnull=True), "target": Q(target__isnull=False), "all": Q()}


@dataclass(frozen=True)
class LightRow:
    light: Light
    unit: str
    sentence: str


def _of_domain(value: str, actor: Actor) -> Q:
    return Q(domain="" if value == NO_DOMAIN else value)


def _worst_first(actor: Actor, wanted: Wanted) -> QuerySet[Light]:
    """The task stands before its targets; no version of a plan moves the lights of a closed period."""
    lights = visible(actor).select_related("task", "task__plan", "target", "period").defer("task__content")
    return lights.annotate(
        badness=Case(*_BADNESS, default=Value(9)),
        place=Case(
            When(period__state=Period.State.OPEN, then="task__order"), default="task_id", output_field=BigIntegerField()
        ),
        part=Coalesce("target_id", Value(0)),
    )


def _lines(lights: Sequence[Light], actor: Actor, wanted: Wanted) -> list[LightRow]:
    """A query more for the names of the units, and one for the seals of closed periods."""
    names = as_then(lights, actor.today)
    return [LightRow(one, names.unit(one), explained_of(one).sentence(language())) for one in lights]


LIGHTS = Table[Light, LightRow](
    title=_("亮灯"),
    rows=_worst_first,
    lines=_lines,
    order=Order(
        (
            By("badness", field=IntegerField()),
            By("period__ends_on", down=True),
            By("task__plan_id"),
            By("place", field=BigIntegerField()),
            By("unit_id"),
            By("part", field=IntegerField()),
            By("id"),
        )
    ),
    size=100,
    filters=(
        period_filter(visible, newest=True),
        plan_filter(visible, "task__plan"),
        unit_filter(visible),
        Pick("task", field="task", hidden=True),
        Pick("domain", _("领域"), hidden=True, by=lambda given, name: given.get(name), which=_of_domain),
        Choose("light", _("灯"), "colour", choices=Light.Colour.choices),
        Choose(
            "level",
            _("层级"),
            choices=(("task", _("任务")), ("target", _("指标")), ("all", _("全部"))),
            default="task",
            which=lambda value, actor: _LEVELS[value],
        ),
    ),
    columns=(
        Column(
            "light",
            _("亮灯"),
            lambda row: row.light.get_colour_display(),
            shown=lambda row: light_mark(row.light.colour, reverse("light_detail", args=[row.light.pk])),
            width=10,
        ),
        Column("plan", _("方案"), lambda row: row.light.task.plan.title, on_page=False, width=28),
        Column("number", _("编号"), lambda row: row.light.task.number, on_page=False, width=12),
        Column(
            "task",
            _("任务"),
            lambda row: row.light.task.title,
            link=lambda row: reverse("task_detail", args=[row.light.task_id]),
            shown=lambda row: f"{row.light.task.number} {row.light.task.title}",
            width=36,
        ),
        Column("target", _("指标"), lambda row: row.light.target.metric if row.light.target else "", width=24),
        Column("unit", _("单位"), lambda row: row.unit, width=18),
        Column("period", _("期次"), lambda row: row.light.period.key, css="text-nowrap", width=10),
        Column("why", _("依据"), lambda row: row.sentence, width=60),
        day("on", _("判定日"), lambda row: row.light.on, on_page=False),
    ),
    empty=Empty(_("没有符合条件的亮灯。"), _("第一期填报审核之后,这里显示各单位各任务的灯。")),
)
