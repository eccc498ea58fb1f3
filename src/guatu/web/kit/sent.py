"""A form that was sent: what it asks for is done, or it comes back as it was typed, with what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext as _

from guatu.web.base.actions import Action, Context, perform
from guatu.web.base.kept import KEY, TOKEN, typed_again
from guatu.web.base.methods import page_of
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.kit.typed import Typed, typed

R = TypeVar("R")
P = TypeVar("P", bound=HttpResponseBase)


def sent(
    request: HttpRequest,
    action: Callable[[], Action[R]],
    page: Callable[[Typed], P],
    to: str | Callable[[R], str],
    said: str | Promise | Callable[[R], str] = "",
    form: str = "",
    by: Callable[[Context, Action[R]], Context] = lambda context, action: context,
) -> P | HttpResponse:
    """Performs the action that `action` makes of what was typed, and leads on `to` an address or the name of a page.

    A problem, of making or of doing, shows `page` again. `said` tells what was done; "saved" where nothing is said.
    `by` makes the context another one, such as `by_content`.
    """
    try:
        asked = action()
        result = perform(asked, by(context_of(request), asked))
    except Problem as problem:
        return _told(request, page(typed(request, form, problem)), problem)
    messages.success(request, (said(result) if callable(said) else str(said)) or _("已保存。"))
    return redirect(to(result) if callable(to) else to)


def _told(request: HttpRequest, answer: P, problem: Problem) -> P | HttpResponse:
    """The page with the problem; where its form stands there no more, as of something that is closed by now, a page
    that says it and holds what was typed."""
    first = escape(str(problem.message).partition("\n")[0])
    if not isinstance(answer, HttpResponse) or first in answer.content.decode(answer.charset, "replace"):
        return answer
    fields, files = typed_again(request)
    said = [value for name, value in fields if name not in (KEY, TOKEN) and len(value) > 1]
    context = {"problem": problem, "visible": said, "files": files, "back": page_of(request)}
    return render(request, "kit/unshown.html", context, status=problem.status)
