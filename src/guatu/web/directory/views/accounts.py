"""Accounts, for administrators: list, one account, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.actions.revoke_token import RevokeToken
from guatu.web.base.middleware import context_of
from guatu.web.base.parsing import day_of, number_of
from guatu.web.base.problems import Denied, Problem
from guatu.web.base.problems_in_forms import into
from guatu.web.base.sheets import Text, as_download, write_sheet
from guatu.web.directory.account_forms import GrantForm, NewUserForm, UserForm
from guatu.web.directory.actions.change_user import ChangeUser
from guatu.web.directory.actions.create_user import CreateUser, NewPassword
from guatu.web.directory.actions.end_grant import EndGrant
from guatu.web.directory.actions.grant_role import GrantRole
from guatu.web.directory.actions.invite_users import InviteUsers
from guatu.web.directory.actions.remove_second_factor import RemoveSecondFactor
from guatu.web.directory.actions.reset_password import ResetPassword
from guatu.web.directory.actions.set_user_active import SetUserActive
from guatu.web.directory.actions.unlock_user import UnlockUser
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.selectors.accounts import PER_PAGE, AccountFilter, account_page, list_accounts
from guatu.web.directory.views.forming import FormPage, bound, check_may

EDIT = "accounts.edit"
STATES = (
    ("active", gettext_lazy("启用")),
    ("never", gettext_lazy("从未登录")),
    ("closed", gettext_lazy("已停用")),
)
INVITATION_COLUMNS = (
    Text("username", gettext_lazy("用户名"), width=20),
    Text("display_name", gettext_lazy("姓名"), width=16),
    Text("phone", gettext_lazy("电话"), width=16),
    Text("link", gettext_lazy("设置密码的链接"), width=90, longest=1000),
)


@login_required
def account_list(request: HttpRequest) -> HttpResponse:
    given = request.GET
    wanted = AccountFilter(given.get("q", "").strip(), given.get("role", ""), given.get("state", ""))
    number = number_of(given.get("page")) or 1
    accounts = list_accounts(request.actor, wanted, number)
    context = {
        "wanted": wanted,
        "accounts": accounts,
        "page": Paginator(range(accounts.found), PER_PAGE).get_page(number),
        "roles": RoleGrant.Role.choices,
        "states": STATES,
    }
    return render(request, "directory/account_list.html", context)


@login_required
def account_new(request: HttpRequest) -> HttpResponse:
    check_may(request.actor, EDIT)
    page = FormPage(_("新开账号"), _("开通"), reverse("account_list"))
    page.intro = _("系统生成一个初始密码,只显示一次;本人首次登录后必须修改。")
    form = bound(NewUserForm, request)
    if request.method != "POST":
        return page.show(request, form)
    if not form.is_valid():
        return page.show(request, form, 422)
    try:
        made = _create(request, form.cleaned_data)
    except Denied:
        raise
    except Problem as problem:
        return page.show(request, into(form, problem), problem.status)
    return _show_password(request, made)


@transaction.atomic
def _create(request: HttpRequest, data: dict[str, Any]) -> NewPassword:
    """The account and its first role, both or neither."""
    context = context_of(request)
    made = perform(CreateUser(data["username"], data["display_name"], data["phone"]), context)
    if data["role"] and made.raw:
        perform(GrantRole(made.pk, data["role"], data["unit_id"], None), _without_key(context))
    return made


def _without_key(context: Any) -> Any:
    """The second action of one request: the key belongs to the first."""
    from dataclasses import replace

    return replace(context, key="")


@login_required
def account_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, pk)


@login_required
@require_POST
def account_change(request: HttpRequest, pk: int) -> HttpResponse:
    form = UserForm(request.POST)
    if not form.is_valid():
        return _detail(request, pk, form=form, status=422)
    try:
        perform(ChangeUser(pk, **form.cleaned_data), context_of(request))
    except Denied:
        raise
    except Problem as problem:
        return _detail(request, pk, form=into(form, problem), status=problem.status)
    messages.success(request, _("已保存。"))
    return redirect("account_detail", pk)


@login_required
@require_POST
def grant_add(request: HttpRequest, pk: int) -> HttpResponse:
    check_may(request.actor, EDIT)
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _detail(request, pk, grant_form=form, status=422)
    try:
        perform(GrantRole(pk, **form.cleaned_data), context_of(request))
    except Problem as problem:
        return _detail(request, pk, grant_form=into(form, problem), status=problem.status)
    messages.success(request, _("授权已登记。"))
    return redirect("account_detail", pk)


@login_required
@require_POST
def grant_end(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    day = day_of(request.POST.get("day"), _("失效日期"), "day")
    return _do(request, pk, EndGrant(grant, day), _("授权已撤销。"))


@login_required
@require_POST
def password_reset(request: HttpRequest, pk: int) -> HttpResponse:
    return _show_password(request, perform(ResetPassword(pk), context_of(request)))


@login_required
@require_POST
def account_active(request: HttpRequest, pk: int) -> HttpResponse:
    active = request.POST.get("active") == "1"
    return _do(request, pk, SetUserActive(pk, active), _("账号已启用。") if active else _("账号已停用。"))


@login_required
@require_POST
def account_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, UnlockUser(pk), _("锁定已解除。"))


@login_required
@require_POST
def second_factor_remove(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, RemoveSecondFactor(pk), _("两步验证已解除,请本人重新绑定。"))


@login_required
@require_POST
def account_token_revoke(request: HttpRequest, pk: int, token: int) -> HttpResponse:
    check_may(request.actor, EDIT)
    return _do(request, pk, RevokeToken(token), _("令牌已停用。"))


@login_required
@require_POST
def invitations(request: HttpRequest) -> HttpResponse:
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


def _do(request: HttpRequest, pk: int, action: Any, done: str) -> HttpResponse:
    """An action of one button; its problem is shown above the account."""
    try:
        perform(action, context_of(request))
    except Denied:
        raise
    except Problem as problem:
        messages.error(request, str(problem.message))
        return redirect("account_detail", pk)
    messages.success(request, done)
    return redirect("account_detail", pk)


def _detail(
    request: HttpRequest,
    pk: int,
    *,
    form: UserForm | None = None,
    grant_form: GrantForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = account_page(request.actor, pk)
    initial = {"display_name": page.user.display_name, "phone": page.user.phone}
    context = {
        "account": page,
        "form": form or UserForm(initial=initial),
        "grant_form": grant_form or GrantForm(initial={"day": request.actor.today}),
        "own": page.user.pk == request.user.pk,
    }
    return render(request, "directory/account_detail.html", context, status=status)


def _show_password(request: HttpRequest, made: NewPassword) -> HttpResponse:
    """The password, this once; a request that is repeated does not see it again."""
    response = render(request, "directory/account_password.html", {"made": made})
    response["Cache-Control"] = "no-store"
    return response
