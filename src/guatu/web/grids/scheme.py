"""The county's rules of rating and pay, from TOML: the setting `grids.rating`, or the example that comes along."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec
from django.utils.translation import gettext as _

from guatu.core.grids.rating import PayTier, RatingRule, check_rules
from guatu.web.base.problems import Invalid
from guatu.web.base.settings_table import setting
from guatu.web.grids.words import said

EXAMPLE = Path(__file__).with_name("rating.toml")


class SchemeRule(RatingRule, frozen=True, forbid_unknown_fields=True):
    unverified: bool = False
    """Nobody has checked it against the document that is its source."""


class SchemeTier(PayTier, frozen=True, forbid_unknown_fields=True):
    unverified: bool = False


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    rules: tuple[SchemeRule, ...]
    tiers: tuple[SchemeTier, ...]


def scheme_text(month: datetime.date) -> str:
    """The rules in force in a month, as they are written."""
    return str(setting("grids.rating", month))


def scheme_of(text: str) -> Scheme:
    """Raises `Invalid` that says where the text is wrong."""
    try:
        found = msgspec.toml.decode(text.encode(), type=Scheme)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise _unreadable(str(error)[:200]) from error
    wrong = [one for one in check_rules(found.rules) if one.severity == "error"]
    if wrong:
        raise _unreadable("; ".join(f"[{one.row}] {said(one)}" for one in wrong[:3]))
    return found


def _unreadable(reason: str) -> Invalid:
    told = _("评级规则(设置 grids.rating)读不出来: %(reason)s") % {"reason": reason}
    return Invalid(told, field="rules", code="grid.scheme")
