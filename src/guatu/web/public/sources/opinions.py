"""Answered opinions: what was asked and what the office said. Who asked is nobody's matter."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.core.publishing.content import Paragraph, paragraphs
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Invalid
from guatu.web.public.selectors.opinions import visible_opinions
from guatu.web.public.sources import Source, Taken

SHORT = 30


def _rows(actor: Actor) -> Iterable[tuple[int, str]]:
    found = visible_opinions(actor).filter(state="answered").order_by("-answered_at", "-pk")
    return ((one.pk, f"{timezone.localtime(one.received_at):%Y-%m-%d} {one.text[:SHORT]}") for one in found)


def _take(actor: Actor, pk: int) -> Taken:
    row = visible_opinions(actor).filter(state="answered", pk=pk).first()
    if row is None:
        raise Invalid(_("请从列表中选择。"), field="source", code="public.no-source")
    # Who wrote may have named people: that is looked at before it hangs, as of any notice.
    content = (
        Paragraph("意见", level=1), *paragraphs(row.text),
        Paragraph("答复", level=1), *paragraphs(row.answer),
    )  # fmt: skip
    return Taken(f"关于“{row.text.splitlines()[0][:SHORT]}”的答复", content)


SOURCES = (Source("answer", _rows, _take),)
