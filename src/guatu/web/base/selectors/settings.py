"""Settings for people: what each holds, since when, what it held before and what it will hold."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guatu.web.base.actors import Actor
from guatu.web.base.declarations import Declared, declarations
from guatu.web.base.models import AuditEntry, Setting
from guatu.web.base.problems import Invalid
from guatu.web.base.shown import first

SECRET = "***"
VIEW = "settings.view"
_TOLD = 3
"""So many lines of a value stand in the list."""


@dataclass(frozen=True)
class SettingLine:
    """A setting on a day. `rows` are all its values, the latest first; `kept` what holds, None for the default."""

    declared: Declared[Any]
    on: datetime.date
    rows: Sequence[Setting]
    shows_secret: bool
    may_change: bool

    @property
    def row(self) -> Setting | None:
        return next((row for row in self.rows if row.valid_from <= self.on), None)

    @property
    def kept(self) -> Any:
        row = self.row
        return self.declared.kept_default if row is None or row.value is None else row.value

    @property
    def differs(self) -> bool:
        row = self.row
        return row is not None and row.value is not None and row.value != self.declared.kept_default

    @property
    def is_tried(self) -> bool:
        """Whether a change has to be tried first. A template would call the trial itself."""
        return self.declared.trial is not None

    @property
    def coming(self) -> list[Setting]:
        return [row for row in reversed(self.rows) if row.valid_from > self.on]

    @property
    def stamp(self) -> str:
        return stamp_of(self.rows)

    @property
    def wrong(self) -> str:
        """What does not fit in the value of the day; "" where it does."""
        try:
            self.declared.look(self.row.value if self.row else None)
        except Invalid as problem:
            return str(problem.message)
        return ""

    @property
    def falls_back(self) -> bool:
        """Whether the default holds, since what is kept does not fit; else it holds as far as it does."""
        try:
            self.declared.value(self.row.value if self.row else None)
        except Invalid:
            return not self.declared.refuses
        return False

    @property
    def lines(self) -> list[str]:
        return lines_of(self.declared, self.kept, self.shows_secret)

    @property
    def markup(self) -> list[SafeString]:
        return markup_of(self.declared, self.kept, self.shows_secret)

    @property
    def short(self) -> list[str]:
        shown = first(self.markup, _TOLD)
        return [*shown, _("……共 %(n)d 行") % {"n": shown.total}] if shown.cut else list(shown)

    def words(self, row: Setting) -> Sequence[str]:
        """What a row of it says."""
        if row.value is None:
            return [_("恢复默认")]
        return markup_of(self.declared, row.value, self.shows_secret)

    @property
    def history(self) -> list[tuple[Setting, Sequence[str]]]:
        return [(row, self.words(row)) for row in self.rows]


def lines_of(declared: Declared[Any], kept: Any, shows_secret: bool) -> list[str]:
    """A value in words. One that does not fit is shown as it is kept."""
    return _said(declared, kept, shows_secret, declared.kind.lines)


def markup_of(declared: Declared[Any], kept: Any, shows_secret: bool) -> list[SafeString]:
    """The same for a page."""
    return _said(declared, kept, shows_secret, declared.kind.markup)


def _said(declared: Declared[Any], kept: Any, shows_secret: bool, words: Callable[[Any], list[Any]]) -> list[Any]:
    if kept is None or kept in ("", [], (), {}):
        return []
    if declared.secret and not shows_secret:
        return [SECRET]
    try:
        return words(kept)
    except Invalid:
        return [json.dumps(kept, ensure_ascii=False)]


def words_of(declared: Declared[Any], kept: Any, *, shows_secret: bool) -> str:
    """The same as one text; the default in its words where nothing is kept."""
    if kept is None:
        default = "; ".join(lines_of(declared, declared.kept_default, shows_secret))
        return _("默认(%(words)s)") % {"words": default} if default else _("默认")
    return "; ".join(lines_of(declared, kept, shows_secret))


def setting_lines(actor: Actor, names: Iterable[str] | None = None) -> list[SettingLine]:
    """All settings, or some, in the order of their declarations; one query."""
    wanted = declarations() if names is None else {name: declarations()[name] for name in names}
    rows: dict[str, list[Setting]] = {}
    for row in Setting.objects.filter(name__in=list(wanted)).order_by("-valid_from"):
        rows.setdefault(row.name, []).append(row)
    return [
        SettingLine(one, actor.today, rows.get(name, []), *[one.may_change(actor)] * 2) for name, one in wanted.items()
    ]


def rows_of(name: str, *, lock: bool = False) -> list[Setting]:
    """All values of a setting, the latest first."""
    found = Setting.objects.filter(name=name).order_by("-valid_from")
    return list(found.select_for_update() if lock else found)


def stamp_of(rows: Iterable[Setting]) -> str:
    """By what a change is known to be thought for these values: another one for any other value or day."""
    said = [[row.valid_from.isoformat(), row.value, row.source] for row in rows]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def changes(name: str) -> QuerySet[AuditEntry]:
    """Who changed a setting when, the latest first."""
    numbers = [str(pk) for pk in Setting.objects.filter(name=name).values_list("pk", flat=True)]
    found = AuditEntry.objects.filter(object_type=Setting._meta.label_lower, object_id__in=numbers)
    return found.select_related("user").order_by("-id")


def last_change(name: str) -> AuditEntry | None:
    return changes(name).first()


def is_sought(line: SettingLine, sought: str) -> bool:
    """Whether a search finds it: by its name, its words, or what it holds."""
    texts = (line.declared.name, line.declared.label, line.declared.help, line.declared.group, *line.lines)
    return all(any(word in str(text).casefold() for text in texts) for word in sought.casefold().split())
