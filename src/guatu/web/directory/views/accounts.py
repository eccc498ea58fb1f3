"""Accounts, for administrators: list, one account, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.actions.lift_slowdowns import LiftSlowdowns
from guatu.web.base.actions.revoke_token import RevokeToken
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.models import User
from guatu.web.base.problems import Problem
from guatu.web.directory.actions.change_user import ChangeUser
from guatu.web.directory.actions.create_user import CreateUser, NewPassword
from guatu.web.directory.actions.end_grant import EndGrant
from guatu.web.directory.actions.grant_role import ACTS_FOR, GrantRole
from guatu.web.directory.actions.invite_users import InviteUsers
from guatu.web.directory.actions.remove_second_factor import RemoveSecondFactor
from guatu.web.directory.actions.reset_password import ResetPassword
from guatu.web.directory.actions.set_user_active import SetUserActive
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.references import NamedUnit
from guatu.web.directory.selectors.accounts import ACCOUNTS, GRANTS, account_page, check_may_keep, never_in
from guatu.web.kit.forms import Form, by_name, posted
from guatu.web.kit.guard import View, actor_of, check_may, login_required
from guatu.web.kit.kinds import Choice, Text
from guatu.web.kit.pages import FORM, page
from guatu.web.kit.record import fields_of
from guatu.web.kit.sheets import as_download, write_sheet
from guatu.web.kit.typed import NOTHING, Typed, typed

EDIT = "accounts.edit"
INVITATION_COLUMNS = (
    Text("username", gettext_lazy("用户名"), width=20),
    Text("display_name", gettext_lazy("姓名"), width=16),
    Text("phone", gettext_lazy("电话"), width=16),
    Text("link", gettext_lazy("设置密码的链接"), width=90, longest=1000),
)
FIRST_ROLE = Choice("role", gettext_lazy("角色"), choices=RoleGrant.Role.choices, none=gettext_lazy("以后再定"))
FIRST_UNIT = NamedUnit("unit_id", gettext_lazy("代表单位"), hint=ACTS_FOR)
OPEN = Form(
    "account",
    "",
    CreateUser,
    (*fields_of(CreateUser).values(), FIRST_ROLE, FIRST_UNIT),
    button=gettext_lazy("开通"),
    icon="",
)
CHANGE = Form("change", "account_change", ChangeUser, icon="")
GRANT = Form(
    "grant",
    "grant_add",
    GrantRole,
    button=gettext_lazy("授权"),
    icon="plus",
    box="row",
    each="col-md-6 mb-3",
    said=gettext_lazy("授权已登记。"),
)


@page("", "directory/account_list.html", ACCOUNTS)
def account_list(request: HttpRequest) -> dict[str, Any]:
    check_may_keep(actor_of(request))
    return {"never_in": never_in()}


@page("", FORM)
def account_new(request: HttpRequest, form: Typed = NOTHING) -> dict[str, Any] | HttpResponseBase:
    check_may(actor_of(request), EDIT)
    if request.method == "POST" and form is NOTHING:
        return _opened(request)
    said = _("系统生成一个初始密码,只显示一次;本人首次登录后必须修改。")
    return {"page_title": _("新开账号"), "intro": said, "back": reverse("account_list"), "page_form": OPEN}


def _opened(request: HttpRequest) -> HttpResponseBase:
    try:
        made = _create(request)
    except Problem as problem:
        return account_new(request, form=typed(request, OPEN.name, problem))
    return _show_password(request, made)


@transaction.atomic
def _create(request: HttpRequest) -> NewPassword:
    """The account and its first role, both or neither."""
    context = context_of(request)
    role, unit = FIRST_ROLE.typed(request), FIRST_UNIT.typed(request)
    made = perform(OPEN.read(request), context)
    if role:
        # The second action of the request has a key of its own, so that another role under it is refused as well.
        second = replace(context, key=f"{context.key}.role" if context.key else "")
        perform(GrantRole(made.pk, role, unit, None), second)
    return made


@page("", "directory/account_detail.html")
def account_detail(request: HttpRequest, pk: int, *_row: int) -> dict[str, Any]:
    found = account_page(actor_of(request), pk)
    return {
        "account": found,
        "forms": by_name((CHANGE, GRANT)),
        "grant_columns": GRANTS,
        "own": found.user.pk == request.user.pk,
    }


account_change = posted(CHANGE, "", account_detail, "account_detail")
grant_add = posted(GRANT, "", account_detail, "account_detail")


def _one_button(at: str, action: Any, said: Any, row: str | tuple[str, ...] = "") -> View:
    """An action on the page of an account that asks for nothing."""
    return posted(Form("", at, action, said=said), "", account_detail, "account_detail", row=row)


def _active(user: User) -> str:
    return _("账号已启用。") if user.is_active else _("账号已停用。")


grant_end = _one_button("grant_end", EndGrant, gettext_lazy("授权已撤销。"), ("", "grant_id"))
account_active = _one_button("account_active", SetUserActive, _active)
account_unlock = _one_button("account_unlock", LiftSlowdowns, gettext_lazy("登录限制已解除。"), "user_id")
second_factor_remove = _one_button(
    "second_factor_remove", RemoveSecondFactor, gettext_lazy("两步验证已解除,请本人重新绑定。")
)
account_token_revoke = posted(
    Form("", "account_token_revoke", RevokeToken, said=gettext_lazy("令牌已停用。")),
    "",
    account_detail,
    "account_detail",
    row=("", "token_id"),
    # Who revokes a token of their own does so on the page of their account.
    sees=lambda request, *of: check_may(actor_of(request), EDIT),
)


@login_required
@require_POST
def password_reset(request: HttpRequest, pk: int) -> HttpResponse:
    return _show_password(request, perform(ResetPassword(pk), context_of(request)))


@login_required
@require_POST
def invitations(request: HttpRequest) -> HttpResponseBase:
    """Links for all who have never logged in, as a spreadsheet; nothing of them is kept."""
    made = perform(InviteUsers(), context_of(request))
    rows = [
        {
            "username": invitation.user.username,
            "display_name": invitation.user.display_name,
            "phone": invitation.user.phone,
            "link": request.build_absolute_uri(invitation.path),
        }
        for invitation in made
    ]
    name = f"{_('邀请')}-{timezone.localdate()}.xlsx"
    response = as_download(name, lambda out: write_sheet(out, _("邀请"), INVITATION_COLUMNS, rows))
    response["Cache-Control"] = "no-store"
    return response


def _show_password(request: HttpRequest, made: NewPassword) -> HttpResponse:
    """The password, this once; a request that is repeated does not see it again."""
    response = render(request, "directory/account_password.html", {"made": made})
    response["Cache-Control"] = "no-store"
    return response
