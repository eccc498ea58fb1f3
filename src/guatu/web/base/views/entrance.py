"""Pages before the login that are ours and not the library's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from guatu.web.base.accounts import of_login
from guatu.web.base.asking import login_required
from guatu.web.base.methods import require_POST
from guatu.web.base.puzzles import PARTS, new_puzzle
from guatu.web.base.slowdowns import bits_wanted


@require_POST
@never_cache
def login_puzzle(request: HttpRequest) -> HttpResponse:
    """The puzzle that a login with this name needs now; nothing where it needs none. The same for names that nobody
    bears."""
    counters = of_login(request, request.POST.get("login", "")[:150])
    bits = bits_wanted(counters)
    if not bits:
        return JsonResponse({})
    puzzle = new_puzzle(counters[0].key, bits)
    return JsonResponse({"challenge": puzzle.challenge, "seed": puzzle.seed, "bits": puzzle.bits, "parts": PARTS})


@login_required
def password_by_link(request: HttpRequest) -> HttpResponse:
    """Who comes by the login service has no password; an open session alone sets none."""
    return render(request, "account/password_set.html")
