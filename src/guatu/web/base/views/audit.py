"""The audit trail: who did what, newest first."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.actions.named import action_names
from guatu.web.base.asking import actor_of, login_required
from guatu.web.base.models import AuditEntry
from guatu.web.base.parsing import day_of
from guatu.web.base.selectors.audit import AuditFilter, audit_entries, changes_of, object_kinds

PER_PAGE = 100


@login_required
def audit_list(request: HttpRequest) -> HttpResponse:
    wanted = _filter(request)
    page = Paginator(audit_entries(actor_of(request), wanted), PER_PAGE).get_page(request.GET.get("page"))
    actions, kinds = action_names(), object_kinds()
    titles, names = dict(actions), dict(kinds)
    lines = [
        (
            entry,
            titles.get(entry.action, entry.action),
            names.get(entry.object_type, entry.object_type),
            changes_of(entry),
        )
        for entry in page
    ]
    context = {"page": page, "lines": lines, "wanted": wanted, "actions": actions, "kinds": kinds}
    return render(request, "base/audit_list.html", context)


@login_required
def audit_export(request: HttpRequest) -> StreamingHttpResponse:
    """What the list shows, all pages of it, as csv; streamed, whatever its length."""
    entries = audit_entries(actor_of(request), _filter(request))
    response = StreamingHttpResponse(_csv(entries.iterator(chunk_size=2000)), content_type="text/csv; charset=utf-8")
    name = f"audit-{timezone.localdate():%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _filter(request: HttpRequest) -> AuditFilter:
    given = request.GET
    kind, _sep, number = given.get("object", "").partition(":")
    return AuditFilter(
        user=given.get("user", "").strip(),
        action=given.get("action", ""),
        kind=given.get("kind", "") or kind,
        number=given.get("number", "").strip() or number,
        since=day_of(given.get("since"), _("开始日期"), "since"),
        until=day_of(given.get("until"), _("结束日期"), "until"),
    )


class _Echo:
    def write(self, value: str) -> str:
        return value


def _csv(entries: Iterator[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow([_("时间"), _("用户"), _("操作"), _("对象"), _("字段"), _("修改前"), _("修改后")])
    titles, names = dict(action_names()), dict(object_kinds())
    for entry in entries:
        at = timezone.localtime(entry.at).isoformat(sep=" ", timespec="seconds")
        what = f"{names.get(entry.object_type, entry.object_type)} {entry.object_id}"
        head = [at, str(entry.user or ""), titles.get(entry.action, entry.action), what]
        for cells in [(one.field, one.before, one.after) for one in changes_of(entry)] or [("", "", "")]:
            yield writer.writerow([plain_cell(cell) for cell in (*head, *cells)])


def plain_cell(text: str) -> str:
    """A cell that a spreadsheet takes as text: one that begins like a formula gets an apostrophe before it."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
