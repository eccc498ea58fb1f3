"""The evidence of reports and orders, and where else the same bytes were handed in.

The same photo for two months, or of two towns, is nothing that a program can judge: it is a question to who reviews.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.actors import Actor
from guatu.web.base.models import Attachment
from guatu.web.dispatch.models import Evidence, Order, OrderEvent, Report
from guatu.web.dispatch.selectors.reviewing import Reviewing
from guatu.web.ledger.selectors.names import unit_labels


@dataclass(frozen=True)
class Use:
    """Where the same file stands as well; no address where who looks may not see it."""

    label: str
    address: str = ""


def evidence_of(report: Report) -> list[Evidence]:
    return list(report.evidence.select_related("file").order_by("id"))


def ask_of(files: Iterable[Attachment], actor: Actor, *, report: int = 0, order: int = 0) -> None:
    """Puts on each file where else its bytes stand: in other reports and orders than the one that is looked at."""
    files = list(files)
    hashes = {file.sha256 for file in files}
    found: dict[str, list[Use]] = defaultdict(list)
    if hashes:
        for sha, use in (*_in_reports(hashes, actor, report), *_in_orders(hashes, actor, order)):
            found[sha].append(use)
    for file in files:
        file.elsewhere = found[file.sha256]


def _in_reports(hashes: set[str], actor: Actor, but: int) -> Iterator[tuple[str, Use]]:
    found = (
        Evidence.objects.filter(file__sha256__in=hashes).exclude(report=but).order_by("report__period__ends_on", "id")
    )
    rows = list(found.select_related("file", "report__period", "report__task"))
    if not rows:
        return
    labels = unit_labels([row.report.unit_id for row in rows], actor.today)
    reviewing = Reviewing({row.report.task_id for row in rows}, actor)
    for row in rows:
        one = row.report
        label = f"{one.period.key} {labels.get(one.unit_id, '')} {one.task.title}"
        seen = reviewing.may_see(one)
        yield row.file.sha256, Use(label, reverse("review_detail", args=[one.pk])) if seen else Use(_("其他单位的填报"))


def _in_orders(hashes: set[str], actor: Actor, but: int) -> Iterator[tuple[str, Use]]:
    of_events = OrderEvent.files.through.objects.filter(attachment__sha256__in=hashes)
    pairs = dict.fromkeys(
        of_events.exclude(orderevent__order=but).values_list("attachment__sha256", "orderevent__order")
    )
    orders = Order.objects.in_bulk({pk for _sha, pk in pairs})
    for sha, pk in pairs:
        one = orders[pk]
        seen = actor.may("order.view", one.unit_id)
        yield sha, Use(one.number, reverse("order_detail", args=[pk])) if seen else Use(_("其他单位的督办反馈"))
