"""Notices for those who write them and put them up."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Choose, Column, Empty, Search, States, Table, day
from guatu.web.public.library import kinds
from guatu.web.public.models import Release

# As everywhere: yellow waits for somebody, green is done.
COLOURS = {Release.State.DRAFT: "yellow", Release.State.RELEASED: "green", Release.State.WITHDRAWN: "secondary"}


def visible_releases(actor: Actor) -> QuerySet[Release]:
    """Those of the units that the actor sees; what hangs is everybody's, and is seen on the public pages."""
    if not actor.may("public.view"):
        return Release.objects.none()
    units = actor.units_for("public.view")
    return Release.objects.all() if units is None else Release.objects.filter(unit_id__in=units)


def visible_release(actor: Actor, pk: int) -> Release:
    return get_object_or_404(visible_releases(actor), pk=pk)


def kind_label(row: Release) -> str:
    return row.kind_zh if language() == "zh" else row.kind_en


def state_badge(row: Release) -> SafeString:
    colour = COLOURS[Release.State(row.state)]
    return format_html('<span class="badge bg-{}-lt state-badge">{}</span>', colour, row.get_state_display())


RELEASES = Table[Release, Release](
    title=_("信息公开"),
    # A list needs none of the large columns.
    rows=lambda actor, wanted: visible_releases(actor).defer("content", "given", "words"),
    order=Order((By("from_on", down=True), By("id", down=True))),
    filters=(
        States(
            "state",
            groups=lambda actor: (
                ("", pgettext_lazy("releases", "全部"), Q()),
                *((value, label, Q(state=value)) for value, label in Release.State.choices),
            ),
        ),
        Search("q", _("标题、文号、村"), wide=True, fields=("title", "number", "place_name")),
        Choose(
            "kind",
            _("种类"),
            "kind",
            choices=lambda actor: [(one.word, one.label(language())) for one in kinds().values()],
        ),
    ),
    columns=(
        Column(
            "title",
            _("标题"),
            lambda one: one.title,
            link=lambda one: reverse("release_detail", args=[one.pk]),
            head=True,
            css="cell-title",
        ),
        Column("kind", _("种类"), kind_label),
        Column("unit", _("发布单位"), lambda one: one.unit_name),
        Column("place", _("村(社区)"), lambda one: one.place_name),
        day("from", _("公开自"), lambda one: one.from_on, sort="from_on"),
        day("until", _("公开至"), lambda one: one.until_on or _("长期")),
        Column("state", _("状态"), lambda one: one.get_state_display(), shown=state_badge),
    ),
    empty=Empty(_("还没有公示。"), _("选择种类,写好内容并核对后发布,公众就能看到。")),
)
