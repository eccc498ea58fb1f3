"""Accounts with their roles, for those who keep them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q
from django.http import Http404
from django.utils.translation import gettext as _

from guatu.web.base.accounts import is_locked
from guatu.web.base.actors import Actor
from guatu.web.base.models import ApiToken, User
from guatu.web.base.problems import Denied
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.selectors.tree import UnitTree, on_day, unit_tree

PER_PAGE = 100


@dataclass(frozen=True)
class GrantRow:
    grant: RoleGrant
    unit: str
    now: bool


@dataclass(frozen=True)
class AccountRow:
    user: User
    grants: list[GrantRow]


@dataclass(frozen=True)
class Accounts:
    rows: list[AccountRow]
    found: int
    never_in: int
    """Accounts that are open and have never been used."""


@dataclass(frozen=True)
class AccountPage:
    user: User
    grants: list[GrantRow]
    locked: bool
    second_factor: bool
    tokens: list[ApiToken]


@dataclass(frozen=True)
class AccountFilter:
    text: str = ""
    role: str = ""
    state: str = ""


def list_accounts(actor: Actor, wanted: AccountFilter, page: int = 1) -> Accounts:
    """Raises `Denied` for everybody but administrators."""
    _check(actor)
    found = _filtered(wanted, actor.today)
    tree = unit_tree(actor.today)
    held = Prefetch("grants", RoleGrant.objects.filter(on_day(actor.today)).order_by("id"), to_attr="held")
    count = found.count()
    part = found.prefetch_related(held)[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows = [AccountRow(user, [_grant_row(grant, tree, actor.today) for grant in user.held]) for user in part]
    never = User.objects.filter(is_active=True, last_login__isnull=True).count()
    return Accounts(rows, count, never)


def account_page(actor: Actor, user_id: int) -> AccountPage:
    _check(actor)
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Http404
    tree = unit_tree(actor.today)
    grants = [_grant_row(grant, tree, actor.today) for grant in user.grants.order_by("-valid_from", "id")]
    return AccountPage(
        user=user,
        grants=grants,
        locked=is_locked(user.username),
        second_factor=Authenticator.objects.filter(user=user).exists(),
        tokens=list(user.tokens.filter(revoked_at__isnull=True).order_by("-id")),
    )


def _check(actor: Actor) -> None:
    if not actor.may("accounts.edit"):
        raise Denied(_("您没有管理账号的权限。"))


def _filtered(wanted: AccountFilter, today: datetime.date):  # type: ignore[no-untyped-def]
    found = User.objects.order_by("username")
    if wanted.text:
        found = found.filter(
            Q(username__icontains=wanted.text) | Q(display_name__icontains=wanted.text) | Q(phone__contains=wanted.text)
        )
    if wanted.role:
        holders = RoleGrant.objects.filter(on_day(today), role=wanted.role).values("user_id")
        found = found.filter(pk__in=holders)
    states = {
        "active": Q(is_active=True),
        "closed": Q(is_active=False),
        "never": Q(is_active=True, last_login__isnull=True),
    }
    return found.filter(states.get(wanted.state, Q()))


def _grant_row(grant: RoleGrant, tree: UnitTree, today: datetime.date) -> GrantRow:
    unit = tree.name(grant.unit_id) if grant.unit_id else _("全县")
    now = grant.valid_from <= today and (grant.valid_to is None or grant.valid_to > today)
    return GrantRow(grant, unit or _("(已撤销的单位)"), now)
