"""Circulars and monthly reports, as far as an actor may see them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.adapters.writers.official.words import period_name
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Denied
from guatu.web.dispatch.models import Circular, Light, Period
from guatu.web.dispatch.selectors.list_filters import plan_filter, state_mark
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Choose, Column, Empty, Table, moment
from guatu.web.ledger.models import Plan


def visible_circulars(actor: Actor) -> QuerySet[Circular]:
    """All for who writes them; issued ones for who may see all orders. They name many units: other users see none."""
    if actor.may("circular.edit"):
        return Circular.objects.all()
    if actor.may("order.view") and actor.units_for("order.view") is None:
        return Circular.objects.filter(state=Circular.State.ISSUED)
    return Circular.objects.none()


def periods_to_tell(plan: int | None = None) -> list[tuple[int, str]]:
    """Periods with lights: what a circular may be made of. Closed ones come first, the newest of them on top; of an
    open one the paper is provisional, and the choice says so."""
    lit = Exists(Light.objects.filter(period=OuterRef("pk")))
    periods = Period.objects.filter(lit, rule__plan__state=Plan.State.CONFIRMED)
    if plan is not None:
        periods = periods.filter(rule__plan=plan)
    rows = periods.select_related("rule__plan").order_by("state", "-ends_on", "rule__plan__title", "id")
    return [(row.pk, f"{period_name(row.key)} · {row.rule.plan.title}{_unclosed(row)}") for row in rows]


def _unclosed(period: Period) -> str:
    words = _("未结期,阶段性")
    return "" if period.state == Period.State.CLOSED else f" · {words}"


def _files(one: Circular) -> SafeString:
    links = [(reverse(f"circular_{kind}", args=[one.pk]), one.title, kind, kind) for kind in ("docx", "xlsx")]
    return format_html_join(" · ", '<a href="{}" aria-label="{} {}">{}</a>', links)


def _state(one: Circular) -> SafeString:
    return format_html("{} {}", state_mark(one), one.issued_on.isoformat() if one.issued_on else "")


CIRCULARS = Table[Circular, Circular](
    title=_("通报和月报"),
    rows=lambda actor, wanted: (
        visible_circulars(actor).select_related("plan", "period", "made_by").defer("body", "texts")
    ),
    lines=lambda rows, actor, wanted: rows,
    order=Order((By("made_at", down=True), By("id", down=True))),
    filters=(
        plan_filter(visible_circulars),
        Choose("kind", _("种类"), "kind", choices=Circular.Kind.choices),
        Choose("state", _("状态"), "state", choices=Circular.State.choices),
    ),
    columns=(
        Column(
            "title",
            _("标题"),
            lambda one: one.title,
            link=lambda one: reverse("circular_detail", args=[one.pk]),
            head=True,
            css="cell-title",
        ),
        Column("kind", _("种类"), lambda one: one.get_kind_display()),
        Column("number", _("发文字号"), lambda one: one.number, css="text-nowrap"),
        Column("period", _("期次"), lambda one: one.period.key),
        moment("made", _("生成时间"), lambda one: one.made_at, sort="made_at"),
        Column("by", _("生成人"), lambda one: one.made_by or ""),
        Column("state", _("状态"), lambda one: one.get_state_display(), shown=_state),
        Column("files", _("下载"), lambda one: "", shown=_files, css="text-nowrap"),
    ),
    empty=Empty(
        _("还没有通报。"),
        lambda actor: (
            _("在上面选择期次和方案,生成草稿。") if actor.may("circular.edit") else _("通报印发后会出现在这里。")
        ),
    ),
)


def check_may_see(actor: Actor) -> None:
    """Raises `Denied` for those to whom no circular is shown."""
    if not actor.may("circular.edit") and actor.units_for("order.view") is not None:
        raise Denied(_("您没有查看通报的权限,请联系本县系统管理员。"))


def visible_circular(actor: Actor, pk: int) -> Circular:
    found = visible_circulars(actor).select_related("plan", "period", "made_by", "issued_by")
    return get_object_or_404(found, pk=pk)
