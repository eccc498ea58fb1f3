"""The list of tasks: the ledger's own filters and columns, and those that other apps have added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actors import Actor
from guatu.web.base.addresses import address_form
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Choose, Column, Empty, Pick, Search, Table, Wanted, day, narrowed
from guatu.web.kit.values import text_of
from guatu.web.ledger import extensions
from guatu.web.ledger.models import Duty, Task
from guatu.web.ledger.selectors.tasks import (
    DUE,
    TaskRow,
    asked_for,
    domain_choices,
    due_q,
    plan_choices,
    task_rows,
    town_choices,
    unit_choices,
)

_SHOWN = ("pk", "id", "plan_id", "order", "annex", "path", "title", "domain", "due", "state")


def _light(actor: Actor, wanted: Wanted) -> QuerySet[Any]:
    """What a row shows of a task: of 500 rows a page, model instances would be a third of its time."""
    return asked_for(actor, wanted).values_list(*_SHOWN, named=True)


def totals(tasks: Any, actor: Actor, wanted: Wanted) -> dict[str, object]:
    """Counts over all pages; one query."""
    counts = tasks.order_by().aggregate(
        count=Count("pk"),
        open=Count("pk", filter=Q(state=Task.State.OPEN)),
        done=Count("pk", filter=Q(state=Task.State.DONE)),
        overdue=Count("pk", filter=due_q("overdue", actor.today)),
        undated=Count("pk", filter=due_q("none", actor.today)),
    )
    asked = {name: value for name, value in wanted.items() if name != "due"}
    due = format_html(
        '<a href="?{}">{}</a><br><a href="?{}">{}</a>',
        urlencode({**asked, "due": "overdue"}),
        _("已过时限 %(n)s") % {"n": counts["overdue"]},
        urlencode({**asked, "due": "none"}),
        _("没有时限 %(n)s") % {"n": counts["undated"]},
    )
    return {**counts, "title": _("推进中 %(open)s,已销号 %(done)s") % counts, "due": due}


def _title(row: TaskRow) -> SafeString:
    below = f'<div class="text-secondary small">{escape(row.below)}</div>' if row.below else ""
    return mark_safe(f'<a href="{address_form("task_detail") % row.pk}">{escape(row.title)}</a>{below}')


def _targets(row: TaskRow) -> SafeString:
    form = address_form("target_detail")
    return mark_safe("".join(f'<div><a href="{form % one.pk}">{escape(one.words)}</a></div>' for one in row.targets))


def _due(row: TaskRow) -> SafeString | str:
    written = row.due.isoformat() if row.due else ""
    if not row.overdue:
        return written
    return mark_safe(f'<span class="sum-off fw-bold">{written} <span class="small">{escape(_("已过"))}</span></span>')


_TASKS = Table[Task, TaskRow](
    title=gettext_lazy("任务台账"),
    rows=_light,
    lines=lambda tasks, actor, wanted: task_rows(tasks, actor, wanted),
    order=Order((By("plan_id"), By("order"), By("id"))),
    size=100,
    sizes=(100, 200, 500),
    totals=totals,
    filters=(
        Search("q", gettext_lazy("任务或原文"), wide=True, fields=("title", "content")),
        Pick(
            "plan",
            gettext_lazy("所属方案"),
            "plan",
            wide=True,
            choices=plan_choices,
            every=gettext_lazy("全部执行中的方案"),
        ),
        Pick("unit", gettext_lazy("单位(含下属)"), choices=unit_choices, every=gettext_lazy("全部单位")),
        Choose("role", gettext_lazy("角色"), choices=Duty.Role.choices),
        Pick("town", gettext_lazy("乡镇"), choices=town_choices),
        Pick(
            "domain",
            gettext_lazy("领域"),
            "domain",
            choices=domain_choices,
            by=lambda given, name: text_of(given, name) or None,
            every=gettext_lazy("全部领域"),
        ),
        Choose(
            "state",
            gettext_lazy("状态"),
            choices=(
                ("open", gettext_lazy("推进中")),
                ("done", gettext_lazy("已销号")),
                ("dropped", gettext_lazy("已撤销")),
                ("all", gettext_lazy("全部")),
            ),
            every=gettext_lazy("推进中和已销号"),
        ),
        Choose(
            "due",
            gettext_lazy("时限"),
            choices=tuple(DUE.items()),
            which=lambda value, actor: due_q(value, actor.today),
        ),
    ),
    columns=(
        Column("plan", gettext_lazy("所属方案"), lambda row: row.plan, on_page=False, width=28),
        Column("number", gettext_lazy("编号"), lambda row: row.number, css="text-nowrap", width=12),
        Column(
            "title",
            gettext_lazy("任务"),
            lambda row: row.title,
            shown=_title,
            sort="title",
            css="cell-title",
            width=36,
        ),
        Column("domain", gettext_lazy("领域"), lambda row: row.domain, on_page=False, width=18),
        Column("lead", gettext_lazy("牵头"), lambda row: row.lead, css="cell-units", width=18),
        Column("responsible", gettext_lazy("责任"), lambda row: row.responsible, css="cell-units", width=28),
        Column("support", gettext_lazy("配合"), lambda row: row.support, css="cell-units", width=24),
        Column(
            "targets",
            gettext_lazy("指标"),
            lambda row: "\n".join(one.words for one in row.targets),
            shown=_targets,
            css="cell-target",
            width=40,
        ),
        day("due", gettext_lazy("时限"), lambda row: row.due, shown=_due, sort="due"),
        Column("state", gettext_lazy("状态"), lambda row: row.state_label, css="text-nowrap", width=10),
    ),
    empty=Empty(
        gettext_lazy("没有符合条件的任务。"),
        lambda actor: (
            gettext_lazy("放宽筛选条件再试,或上传并确认一个方案。")
            if actor.may("plan.edit")
            else gettext_lazy("放宽筛选条件再试;方案确认后,任务会出现在这里。")
        ),
    ),
)


def _added(at: int, added: extensions.Column) -> Column[TaskRow]:
    """A cell of another app is escaped unless it says that it is markup."""
    return Column(
        added.name,
        added.label,
        lambda row: "" if (cell := row.cells[at]) is None else cell.value,
        shown=lambda row: "" if (cell := row.cells[at]) is None else cell.html,
        css="text-nowrap",
        width=12,
    )


def _added_filter(added: extensions.Column) -> Pick:
    def choices(actor: Actor) -> Sequence[tuple[object, object]]:
        return added.choices() if added.choices else ()

    return Pick(added.name, added.label, choices=choices, by=lambda given, name: text_of(given, name) or None)


def task_table() -> Table[Task, TaskRow]:
    columns = [_added(at, added) for at, added in enumerate(extensions.columns)]
    filters = [_added_filter(added) for added in extensions.columns if added.choices]
    return replace(_TASKS, columns=(*_TASKS.columns, *columns), filters=(*_TASKS.filters, *filters))


def sorted_tasks(actor: Actor, wanted: Wanted, sort: str = "") -> QuerySet[Task]:
    """The tasks themselves, as the list has them."""
    tasks = narrowed(asked_for(actor, wanted), _TASKS.filters, actor, wanted)
    return _TASKS.ordered(wanted, {"sort": sort})[0].sort(tasks)
