"""What is wrong in a county that runs: packs, settings, cases, the calendar. Facts are handed in here as well."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guatu.adapters.packs.finder import find_packs
from guatu.adapters.packs.loading import load_pack
from guatu.web.base.actors import Actor
from guatu.web.base.calendar import calendar
from guatu.web.base.language import language
from guatu.web.base.settings_table import misfits
from guatu.web.cases.selectors.ownerless import open_counts
from guatu.web.directory.selectors.grants import everybody

_SOON = datetime.timedelta(days=60)
"""Deadlines of reports and replies lie this far ahead at most."""
_DESK = "desk"


@dataclass(frozen=True)
class Health:
    """`broken` are findings of packs that are left out, each with its file and line; `year` is the first year without
    a notice of holidays that days of now or soon are counted into."""

    broken: Sequence[str] = ()
    unfit: Sequence[tuple[str, str]] = ()
    open_cases: int = 0
    ownerless: int = 0
    desk: bool = False
    year: int | None = None
    is_now: bool = False


@dataclass(frozen=True)
class Fault:
    """`page` is where it is mended, "" where no page does; `advice` is no reason to call the county incomplete."""

    key: str
    said: str
    page: str = ""
    advice: bool = False


def faults(health: Health) -> list[Fault]:
    return list(_faults(health))


def _faults(health: Health) -> Iterator[Fault]:
    for one in health.broken:
        yield Fault("pack", _("业务包没有装入:%(finding)s") % {"finding": one})
    for label, why in health.unfit:
        said = _("设置“%(label)s”现有的值不能用:%(why)s") % {"label": label, "why": why}
        yield Fault("setting", said, "setting_list")
    if health.ownerless:
        said = _("%(n)d 件未办结的案件无人承办。") % {"n": health.ownerless}
        yield Fault("ownerless", said, "case_list")
    if health.open_cases and not health.desk:
        said = _("有 %(n)d 件案件在办,却没有案件受理的账号。") % {"n": health.open_cases}
        yield Fault("desk", said, "account_list")
    if health.year is not None:
        said = _("%(year)d 年的放假安排没有录入,这一年的期限都是暂定。") % {"year": health.year}
        # A notice for the next year is issued late in this one: until then nobody can enter it.
        yield Fault("calendar", said, "calendar_year", advice=not health.is_now)


def health_on(today: datetime.date) -> Health:
    somebody = everybody(today)
    open_cases, ownerless = open_counts(Actor(None, today))
    known = calendar(today)
    unknown = [day for day in (today, today + _SOON) if not known.is_known(day)]
    return Health(
        broken=broken_packs(),
        unfit=[(str(declared.label), why) for declared, why in misfits(today)],
        open_cases=open_cases,
        ownerless=ownerless,
        desk=_DESK in somebody.roles,
        year=unknown[0].year if unknown else None,
        is_now=today in unknown,
    )


def broken_packs() -> list[str]:
    """Findings of the packs that cannot be used, read anew: what a running server holds may be older than the files."""
    found = []
    for name, pack in find_packs().items():
        loaded, findings = load_pack(pack.folder)
        if loaded is None:
            found += [f"{name}: {one.text(language())}" for one in findings if one.severity == "error"]
    return found
