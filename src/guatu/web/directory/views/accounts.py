"""Accounts, for administrators: list, one account, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.actions.lift_slowdowns import LiftSlowdowns
from guatu.web.base.actions.revoke_token import RevokeToken
from guatu.web.base.middleware import context_of
from guatu.web.base.parsing import day_of
from guatu.web.base.problems import Denied, Problem
from guatu.web.base.problems_in_forms import into
from guatu.web.directory.account_forms import GrantForm, NewUserForm, UserForm
from guatu.web.directory.actions.change_user import ChangeUser
from guatu.web.directory.actions.create_user import CreateUser, NewPassword
from guatu.web.directory.actions.end_grant import EndGrant
from guatu.web.directory.actions.grant_role import GrantRole
from guatu.web.directory.actions.invite_users import InviteUsers
from guatu.web.directory.actions.remove_second_factor import RemoveSecondFactor
from guatu.web.directory.actions.reset_password import ResetPassword
from guatu.web.directory.actions.set_user_active import SetUserActive
from guatu.web.directory.selectors.accounts import ACCOUNTS, account_page, check_may_keep, never_in
from guatu.web.directory.views.forming import FormPage, bound
from guatu.web.kit.guard import actor_of, check_may, login_required
from guatu.web.kit.kinds import Text
from guatu.web.kit.sheets import as_download, write_sheet
from guatu.web.kit.table import table_page

EDIT = "accounts.edit"
INVITATION_COLUMNS = (
    Text("username", gettext_lazy("用户名"), width=20),
    Text("display_name", gettext_lazy("姓名"), width=16),
    Text("phone", gettext_lazy("电话"), width=16),
    Text("link", gettext_lazy("设置密码的链接"), width=90, longest=1000),
)


@login_required
def account_list(request: HttpRequest) -> HttpResponseBase:
    check_may_keep(actor_of(request))
    return table_page(request, ACCOUNTS, "directory/account_list.html", {"never_in": never_in()})


@login_required
def account_new(request: HttpRequest) -> HttpResponse:
    check_may(actor_of(request), EDIT)
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
    if data["role"]:
        # The second action of the request has a key of its own, so that another role under it is refused as well.
        second = replace(context, key=f"{context.key}.role" if context.key else "")
        perform(GrantRole(made.pk, data["role"], data["unit_id"], None), second)
    return made


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
    check_may(actor_of(request), EDIT)
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
    return _do(request, pk, LiftSlowdowns(user_id=pk), _("登录限制已解除。"))


@login_required
@require_POST
def second_factor_remove(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, RemoveSecondFactor(pk), _("两步验证已解除,请本人重新绑定。"))


@login_required
@require_POST
def account_token_revoke(request: HttpRequest, pk: int, token: int) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    return _do(request, pk, RevokeToken(token), _("令牌已停用。"))


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
    page = account_page(actor_of(request), pk)
    initial = {"display_name": page.user.display_name, "phone": page.user.phone}
    context = {
        "account": page,
        "form": form or UserForm(initial=initial),
        "grant_form": grant_form or GrantForm(initial={"day": actor_of(request).today}),
        "own": page.user.pk == request.user.pk,
    }
    return render(request, "directory/account_detail.html", context, status=status)


def _show_password(request: HttpRequest, made: NewPassword) -> HttpResponse:
    """The password, this once; a request that is repeated does not see it again."""
    response = render(request, "directory/account_password.html", {"made": made})
    response["Cache-Control"] = "no-store"
    return response
