"""The audit trail as a list: who did what, newest first; in a file each field that changed has its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions.named import action_names
from guatu.web.base.actors import Actor
from guatu.web.base.models import AuditEntry
from guatu.web.base.selectors.audit import Changed, audit_entries, changes_of, midnight, object_kinds
from guatu.web.kit.table import Column, Day, Empty, Filter, Search, Table, Wanted, Word, moment, text


@dataclass(frozen=True)
class AuditLine:
    entry: AuditEntry
    action: str
    kind: str
    changes: Sequence[Changed] = ()

    @property
    def thing(self) -> str:
        return f"{self.kind} {self.entry.object_id}"

    @property
    def change(self) -> Changed:
        """The only one of a line of a file."""
        return self.changes[0] if self.changes else Changed("", "", "")


@dataclass(frozen=True)
class Whose(Search):
    """The very name of the account, or a part of what the person is called."""

    def q(self, value: Any, actor: Actor) -> Q:
        return Q(user__username__iexact=value) | Q(user__display_name__icontains=value)


@dataclass(frozen=True)
class Edge(Day):
    """A day, from whose beginning or until whose end; both included."""

    today: bool = False
    days: int = field(default=0, kw_only=True)

    def q(self, value: Any, actor: Actor) -> Q:
        return Q(**{self.field: midnight(value, self.days)})


def _rows(actor: Actor, wanted: Wanted) -> QuerySet[AuditEntry]:
    return audit_entries(actor)


def _lines(entries: Sequence[AuditEntry], actor: Actor, wanted: Wanted) -> Iterator[AuditLine]:
    titles, names = dict(action_names()), dict(object_kinds())
    for one in entries:
        action, kind = titles.get(one.action, one.action), names.get(one.object_type, one.object_type)
        yield AuditLine(one, action, kind, changes_of(one))


def _each(entries: Sequence[AuditEntry], actor: Actor, wanted: Wanted) -> Iterator[AuditLine]:
    for line in _lines(entries, actor, wanted):
        for change in line.changes or [Changed("", "", "")]:
            yield AuditLine(line.entry, line.action, line.kind, [change])


def _changes(line: AuditLine) -> SafeString:
    return format_html_join(
        "",
        '<div><span class="text-secondary">{}</span> {}{}</div>',
        (
            (
                one.field,
                format_html("<del>{}</del> → ", one.before) if one.before else mark_safe(""),
                one.after or "—",
            )
            for one in line.changes
        ),
    )


_HEAD: tuple[Column[AuditLine], ...] = (
    moment("at", _("时间"), lambda line: line.entry.at),
    text("user", _("用户"), lambda line: str(line.entry.user or "")),
    text("action", _("操作"), lambda line: line.action, width=20),
    text(
        "thing",
        _("对象"),
        lambda line: line.thing,
        link=lambda line: f"{reverse('audit_list')}?kind={line.entry.object_type}&number={line.entry.object_id}",
        css="text-nowrap",
        width=20,
    ),
)
AUDIT = Table[AuditEntry, AuditLine](
    title=_("操作记录"),
    rows=_rows,
    lines=_lines,
    filters=(
        Whose("user", _("用户")),
        Word("action", _("操作"), "action", choices=lambda actor: action_names()),
        Word("kind", _("对象"), "object_type", choices=lambda actor: object_kinds()),
        Filter("number", _("编号"), "object_id"),
        Edge("since", _("开始日期"), "at__gte"),
        Edge("until", _("结束日期"), "at__lt", days=1),
    ),
    columns=(
        *_HEAD,
        text("changes", _("改动"), lambda line: "", shown=_changes, css="small", width=60),
    ),
    empty=Empty(_("没有符合条件的操作记录。")),
    size=100,
)
AUDIT_FILE = AUDIT.as_file(
    AUDIT.title,
    (
        *_HEAD,
        text("field", _("字段"), lambda line: line.change.field, width=18),
        text("before", _("修改前"), lambda line: line.change.before, width=30),
        text("after", _("修改后"), lambda line: line.change.after, width=30),
    ),
    _each,
)
