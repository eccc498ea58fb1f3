"""Tokens for programs: what each may do, until when, when it was last used; made after the password was asked for
again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.actions.create_token import CreateToken, NewToken
from guatu.web.base.actions.revoke_token import RevokeToken
from guatu.web.base.asking import login_required, user_of
from guatu.web.base.forms import TokenForm
from guatu.web.base.fresh import ask_again
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.models import ApiToken
from guatu.web.base.problems import Problem
from guatu.web.base.problems_in_forms import into
from guatu.web.base.scopes import SCOPES
from guatu.web.base.shown import first
from guatu.web.base.tokens import ended

SHOWN = 50
STATES: dict[str, str | Promise] = {
    "": gettext_lazy("有效"),
    "revoked": gettext_lazy("已作废"),
    "expired": gettext_lazy("已到期"),
    "closed": gettext_lazy("账号已停用"),
    "roles": gettext_lazy("生成时的角色已变化,不再有效"),
    "duty": gettext_lazy("须先设置密码或两步验证"),
}


@dataclass(frozen=True)
class TokenRow:
    token: ApiToken
    scopes: list[str | Promise]
    state: str | Promise
    works: bool


def rows_of(tokens: Iterable[ApiToken]) -> list[TokenRow]:
    now = timezone.now()
    found = []
    for token in tokens:
        why = ended(token, now)
        words = [SCOPES.get(scope, scope) for scope in token.scopes]
        found.append(TokenRow(token, words, STATES[why], not why))
    return found


@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    if (asking := ask_again(request)) is not None:
        return asking
    given = form.cleaned_data
    try:
        made = perform(CreateToken(given["label"], tuple(given["scopes"]), given["days"]), context_of(request))
    except Problem as problem:
        return _page(request, form=into(form, problem), status=problem.status)
    response = _page(request, made=made)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    perform(RevokeToken(pk), context_of(request))
    messages.success(request, _("令牌已停用。"))
    return redirect("tokens")


def _page(
    request: HttpRequest, *, form: TokenForm | None = None, made: NewToken | None = None, status: int = 200
) -> HttpResponse:
    # What was stopped stands last: however many there are, none that is valid is hidden behind them.
    own = user_of(request).tokens.select_related("user").order_by(F("revoked_at").asc(nulls_first=True), "-id")
    shown = first(own, SHOWN)
    context = {"form": form or TokenForm(), "rows": rows_of(shown), "shown": shown, "made": made}
    return render(request, "base/tokens.html", context, status=status)
