"""A setting gets another value from a day on; what held before stays as it was."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import JSONField, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions.action import Change, Context, RowAction, require
from guatu.web.base.declarations import Declared, Tried, declarations
from guatu.web.base.models import Setting
from guatu.web.base.problems import Conflict, Invalid, NotNow
from guatu.web.base.selectors.settings import last_change, rows_of, stamp_of, words_of

LONGEST_BASIS = 200


class TryFirst(NotNow):
    """A rule is saved only by who has seen what it would change; `tried` says what that was."""

    code = "setting.try-first"

    def __init__(self, tried: Tried, token: str) -> None:
        said = _("请先看看改后的规则在最近一期会改变什么:%(said)s。确认后再次保存。") % {"said": tried.said}
        lines = [{"what": one.what, "before": one.before, "after": one.after, "url": one.url} for one in tried.lines]
        data = {"tried": token, "where": tried.where, "changed": tried.changed, "lines": lines}
        super().__init__(said, data=data)
        self.tried = tried


@dataclass(frozen=True)
class SetSetting(RowAction[Setting]):
    """`given` is what the kind of the setting takes; None is its default again. `seen` is the stamp of the values that
    the change was thought for, and `tried` the token of a trial that was seen."""

    setting: str
    given: Any
    valid_from: datetime.date | None = None
    basis: str = ""
    seen: str = ""
    tried: str = ""
    name = "settings.set"
    words = gettext_lazy("修改设置")

    @cached_property
    def declared(self) -> Declared[Any]:
        found = declarations().get(self.setting)
        if found is None:
            raise Invalid(
                _("没有“%(name)s”这项设置。") % {"name": self.setting[:80]}, field="name", code="setting.unknown"
            )
        return found

    def permit(self, context: Context) -> None:
        require(context, self.declared.permission)

    @cached_property
    def kept(self) -> Any:
        return None if self.given is None else self.declared.take(self.given)

    def prepare(self, context: Context) -> None:
        """A rule is tried before the transaction, which would keep all others from writing meanwhile."""
        trial, kept = self.declared.trial, self.kept
        if trial is None or self.tried == token_of(kept):
            return
        raise TryFirst(trial(self.declared.value(kept), context.actor), token_of(kept))

    def change(self, context: Context) -> Change[Setting]:
        rows = rows_of(self.setting, lock=True)
        if not self.seen:
            said = _("请先读取这一项,并把读到的 seen 一起送来:它说明是对照哪些值改的。")
            raise Invalid(said, field="seen", code="setting.not-seen")
        if self.seen != stamp_of(rows):
            raise _conflict(self.setting)
        day = self._day(context.actor.today, bool(rows))
        before = next((row for row in rows if row.valid_from <= day), None)
        if (before.value if before else None) == self.kept:
            raise NotNow(_("这一天的值已经是这样,没有改动。"), code="setting.same")
        row = next((row for row in rows if row.valid_from == day), None) or Setting(name=self.setting, valid_from=day)
        change = Change(row)
        line = self._told(before.value if before else None), self._told(self.kept)
        # None in the column would be no value at all; the default is a JSON null.
        row.value = Value(None, JSONField()) if self.kept is None else self.kept
        row.source = self._basis()
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            # The first value of a setting, by two at once: there was no row to lock.
            raise _conflict(self.setting) from error
        after = {"name": self.setting, "value": line[1], "valid_from": day.isoformat(), "source": row.source}
        change.note(row, {"value": line[0]}, after)
        return change

    def _day(self, today: datetime.date, set_before: bool) -> datetime.date:
        day = self.valid_from or today
        if day < today and (set_before or not self.declared.opening):
            said = _("生效日期最早是今天(%(day)s):以前的结果按当时的设置得出,不能改动。") % {"day": today.isoformat()}
            raise Invalid(said, field="valid_from", code="setting.past")
        return day

    def _basis(self) -> str:
        basis = self.basis.replace("\0", "").strip()
        if len(basis) > LONGEST_BASIS:
            said = _("依据不超过 %(most)d 个字。") % {"most": LONGEST_BASIS}
            raise Invalid(said, field="basis", code="setting.long-basis")
        return basis

    def _told(self, kept: Any) -> str:
        """As the audit trail says it; what is secret stands nowhere but in the table."""
        return words_of(self.declared, kept, shows_secret=False)


def token_of(kept: Any) -> str:
    """By what a trial is known: what was tried."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def _conflict(name: str) -> Conflict:
    last = last_change(name)
    who = str(last.user) if last and last.user else _("另一位用户")
    return Conflict(
        _("%(who)s 刚刚修改了这一项。您的输入还在,请对照最新内容后再次保存。") % {"who": who},
        data={"who": who, "changed": last.after if last else None},
    )
