"""One's own account: name, language, password, second factor, tokens for programs."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.actions.change_own_account import ChangeOwnAccount
from guatu.web.base.actions.create_token import CreateToken, NewToken
from guatu.web.base.actions.revoke_token import RevokeToken
from guatu.web.base.forms import AccountForm, TokenForm
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.base.problems_in_forms import into
from guatu.web.base.roles import described
from guatu.web.base.views.pages import keep_language


@login_required
def account(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        perform(ChangeOwnAccount(**form.cleaned_data), context_of(request))
    except Problem as problem:
        return _page(request, form=into(form, problem), status=problem.status)
    messages.success(request, _("已保存。"))
    return keep_language(redirect("account"), form.cleaned_data["language"])


@login_required
@require_POST
def create_token(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, token_form=form, status=422)
    try:
        made = perform(CreateToken(**form.cleaned_data), context_of(request))
    except Problem as problem:
        return _page(request, token_form=into(form, problem), status=problem.status)
    response = _page(request, made=made)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    perform(RevokeToken(pk), context_of(request))
    messages.success(request, _("令牌已停用。"))
    return redirect("account")


def _page(
    request: HttpRequest,
    *,
    form: AccountForm | None = None,
    token_form: TokenForm | None = None,
    made: NewToken | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    initial = {"display_name": user.display_name, "phone": user.phone, "language": user.language}
    context = {
        "form": form or AccountForm(initial=initial),
        "token_form": token_form or TokenForm(),
        "tokens": user.tokens.order_by("-id")[:50],
        "made": made,
        "role_names": described(request.actor),
        "second_factor": is_mfa_enabled(user),
        "single_sign_on": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "connected": SocialAccount.objects.filter(user=user).exists(),
    }
    return render(request, "base/account.html", context, status=status)
