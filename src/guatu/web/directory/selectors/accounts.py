"""Accounts with their roles, for those who keep them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.dated import on_day
from guatu.web.base.models import ApiToken, User
from guatu.web.base.problems import Denied
from guatu.web.base.slowdowns import active
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.selectors.tree import UnitTree, unit_tree
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Choose, Column, Empty, Search, Table, Wanted, day, moment, text


@dataclass(frozen=True)
class GrantRow:
    grant: RoleGrant
    unit: str
    now: bool

    @property
    def tone(self) -> str:
        return "" if self.now else "text-secondary"


@dataclass(frozen=True)
class AccountRow:
    user: User
    grants: list[GrantRow]


@dataclass(frozen=True)
class AccountPage:
    user: User
    grants: list[GrantRow]
    slowed: bool
    second_factor: bool
    tokens: list[ApiToken]


def account_page(actor: Actor, user_id: int) -> AccountPage:
    check_may_keep(actor)
    user = get_object_or_404(User, pk=user_id)
    tree = unit_tree(actor.today)
    grants = [_grant_row(grant, tree, actor.today) for grant in user.grants.order_by("-valid_from", "id")]
    return AccountPage(
        user=user,
        grants=grants,
        slowed=user.slowdowns.filter(active(timezone.now())).exists(),
        second_factor=Authenticator.objects.filter(user=user).exists(),
        tokens=list(user.tokens.filter(revoked_at__isnull=True).order_by("-id")),
    )


def check_may_keep(actor: Actor) -> None:
    if not actor.may("accounts.edit"):
        raise Denied(str(_("您没有管理账号的权限。")))


def never_in() -> int:
    """How many accounts are open and have never been used."""
    return User.objects.filter(is_active=True, last_login__isnull=True).count()


def is_named(username: str) -> bool:
    """Whether an account bears the name, in whatever case."""
    return User.objects.filter(username__iexact=username).exists()


def id_of(username: str) -> int:
    """The number of the account that bears the name; raises `User.DoesNotExist`."""
    return User.objects.values_list("pk", flat=True).get(username=username)


def with_roles(today: datetime.date) -> int:
    """How many accounts in use hold a role, administrators not counted: they do none of the county's work."""
    held = RoleGrant.objects.filter(on_day(today), user__is_active=True).exclude(role=RoleGrant.Role.ADMIN)
    return held.values("user").distinct().count()


def _grant_row(grant: RoleGrant, tree: UnitTree, today: datetime.date) -> GrantRow:
    unit = tree.name(grant.unit_id) if grant.unit_id else _("全县")
    now = grant.valid_from <= today and (grant.valid_to is None or grant.valid_to > today)
    return GrantRow(grant, str(unit or _("(已撤销的单位)")), now)


STATES = {
    "active": (_("启用"), Q(is_active=True)),
    "never": (_("从未登录"), Q(is_active=True, last_login__isnull=True)),
    "closed": (_("已停用"), Q(is_active=False)),
}


def _rows(actor: Actor, wanted: Wanted) -> QuerySet[User]:
    """Raises `Denied` for everybody but administrators."""
    check_may_keep(actor)
    held = RoleGrant.objects.filter(on_day(actor.today))
    found = User.objects.filter(STATES[wanted["state"]][1] if "state" in wanted else Q())
    if "role" in wanted:
        found = found.filter(pk__in=held.filter(role=wanted["role"]).values("user_id"))
    return found.prefetch_related(Prefetch("grants", held.order_by("id"), to_attr="held"))


def _lines(users: Sequence[User], actor: Actor, wanted: Wanted) -> list[AccountRow]:
    tree, today = unit_tree(actor.today), actor.today

    def held(user: Any) -> list[GrantRow]:
        return [_grant_row(grant, tree, today) for grant in user.held]

    return [AccountRow(user, held(user)) for user in users]


def _roles(row: AccountRow) -> SafeString:
    if not row.grants:
        return format_html('<span class="text-secondary">{}</span>', _("没有角色"))
    return format_html_join(
        mark_safe("<br>"), "{} · {}", ((held.grant.get_role_display(), held.unit) for held in row.grants)
    )


ACCOUNTS = Table[User, AccountRow](
    title=_("账号"),
    rows=_rows,
    lines=_lines,
    order=Order((By("username"), By("id"))),
    size=100,
    filters=(
        Search("q", _("用户名、姓名或电话"), wide=True, fields=("username", "display_name", "phone")),
        Choose("role", _("角色"), choices=RoleGrant.Role.choices),
        Choose("state", _("状态"), choices=[(name, words) for name, (words, _which) in STATES.items()]),
    ),
    columns=(
        text(
            "username",
            _("用户名"),
            lambda row: row.user.username,
            link=lambda row: reverse("account_detail", args=[row.user.pk]),
            head=True,
            sort="username",
        ),
        text("name", _("姓名"), lambda row: row.user.display_name, sort="display_name"),
        text("phone", _("电话"), lambda row: row.user.phone, css="text-nowrap"),
        text("roles", _("角色"), lambda row: "", shown=_roles),
        moment("last", _("最近登录"), lambda row: row.user.last_login or _("从未登录"), sort="last_login"),
        text("state", _("状态"), lambda row: _("启用") if row.user.is_active else _("已停用")),
    ),
    empty=Empty(_("没有符合条件的账号。")),
)
GRANTS: tuple[Column[GrantRow], ...] = (
    text("role", _("角色"), lambda row: row.grant.get_role_display()),
    text("unit", _("代表单位"), lambda row: row.unit),
    day("from", _("起"), lambda row: row.grant.valid_from),
    day("to", _("止"), lambda row: row.grant.valid_to),
    text("end", _("操作"), lambda row: "", template="directory/_grant_end.html"),
)
