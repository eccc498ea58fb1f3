"""One's own account: name, language, password, second factor."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.actions.change_own_account import ChangeOwnAccount
from guatu.web.base.asking import actor_of, login_required, user_of
from guatu.web.base.forms import AccountForm
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


def _page(request: HttpRequest, *, form: AccountForm | None = None, status: int = 200) -> HttpResponse:
    user = user_of(request)
    initial = {"display_name": user.display_name, "phone": user.phone, "language": user.language}
    context = {
        "form": form or AccountForm(initial=initial),
        "role_names": described(actor_of(request)),
        "second_factor": is_mfa_enabled(user),
        "connected": SocialAccount.objects.filter(user=user).exists(),
        "token_count": user.tokens.filter(revoked_at__isnull=True, expires_at__gt=timezone.now()).count(),
    }
    return render(request, "base/account.html", context, status=status)
