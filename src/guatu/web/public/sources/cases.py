"""Results of closed cases of classes that anybody may report: class, steps and days. No text, name or address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.core.publishing.content import Paragraph, Sheet
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Invalid
from guatu.web.cases.library import class_name, public_classes
from guatu.web.cases.selectors.public import public_case
from guatu.web.cases.selectors.visible import visible
from guatu.web.public.sources import Source, Taken

MOST = 200
"""So many of the latest are offered."""


def _closed(actor: Actor) -> Any:
    # The pack says of which classes the public may know, and the county of which packs.
    public = Q(pk__in=())
    for pack, row in public_classes():
        public |= Q(pack=pack, class_code=row.code)
    return visible(actor).filter(public, ended_at__isnull=False, confidential=False).order_by("-ended_at", "-pk")


def _rows(actor: Actor) -> Iterable[tuple[int, str]]:
    for one in _closed(actor)[:MOST]:
        name = class_name(one.pack, one.class_code, "zh")
        yield one.pk, f"{timezone.localtime(one.ended_at):%Y-%m-%d} {name} {one.code[-4:]}"


def _take(actor: Actor, pk: int) -> Taken:
    row = _closed(actor).filter(pk=pk).first()
    if row is None:
        raise Invalid(_("请从列表中选择。"), field="source", code="public.no-source")
    found = public_case(row.code, "zh")
    # Texts of handlers name people and places: they are not even read.
    steps = tuple(
        (f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}", f"{one.text}{'(退回)' if one.back else ''}")
        for one in found.steps
    )
    opened, ended = (timezone.localtime(at).date() for at in (row.opened_at, row.ended_at))
    said = f"{opened} 受理，{ended} 办结。"
    rated = f"反映人评价 {found.stars} 星（满分 5 星）。" if found.stars else ""
    content = (Paragraph(f"{said}{rated}"), Sheet("办理过程", ("时间", "环节"), steps))
    return Taken(f"“{found.class_name}”办理结果", content)


SOURCES = (Source("case", _rows, _take),)
