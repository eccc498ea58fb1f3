"""A change from a day on: the version that holds until then is closed, a new one begins. Nothing before the day
changes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid, NotNow
from guatu.web.directory.models import PlaceVersion, UnitVersion

V = TypeVar("V", UnitVersion, PlaceVersion)


@dataclass(frozen=True)
class Laid(Generic[V]):
    """What a change comes to: the version that ends (where one does) and the one that holds, both yet to be saved."""

    closed: V | None
    opened: V
    before: dict[str, Any]
    after: dict[str, Any]

    def save(self) -> None:
        if self.closed is not None:
            self.closed.save(update_fields=["valid_to"])
        self.opened.save()


def lay(last: V, day: datetime.date, fields: dict[str, Any]) -> Laid[V] | None:
    """The last version changed from a day on; None where nothing changes. Raises a `Problem` at `day`."""
    check_end(last)
    if day < last.valid_from:
        raise Invalid(
            _("最近一次变更从 %(day)s 起生效,新的变更不能早于这一天。") % {"day": last.valid_from.isoformat()},
            field="day",
        )
    changed = {name: value for name, value in fields.items() if getattr(last, name) != value}
    if not changed:
        return None
    before = {name: _brief(getattr(last, name)) for name in changed}
    after = {name: _brief(value) for name, value in changed.items()} | {"from": day.isoformat()}
    if day == last.valid_from:
        for name, value in changed.items():
            setattr(last, name, value)
        return Laid(None, last, before, after)
    new = type(last)(**{f.attname: getattr(last, f.attname) for f in last._meta.concrete_fields if not f.primary_key})
    for name, value in changed.items():
        setattr(new, name, value)
    new.valid_from, last.valid_to = day, day
    return Laid(last, new, before, after)


def check_end(last: V) -> None:
    """Raises `NotNow` where the end is set already."""
    if last.valid_to is not None:
        raise NotNow(_("已定于 %(day)s 撤销,不能再变更。") % {"day": last.valid_to.isoformat()}, field="day")


def brief(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields as the audit line keeps them: of a boundary only that there is one."""
    return {name: _brief(value) for name, value in fields.items()}


def _brief(value: Any) -> Any:
    if isinstance(value, dict) and "coordinates" in value:
        return f"{value.get('type')}, {len(str(value['coordinates']))}"
    return value.isoformat() if isinstance(value, datetime.date) else value
