"""The administrator of a county that is not set up yet begins with its first steps; every page stays
within reach."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from guatu.web.base.asking import actor_of
from guatu.web.base.beginnings import begins
from guatu.web.base.settings import EDIT
from guatu.web.county.selectors.facts import facts_on
from guatu.web.county.selectors.first_steps import first_steps, is_open


@begins
def first_steps_first(request: HttpRequest) -> str:
    actor = actor_of(request)
    if not actor.may(EDIT):
        return ""
    # Others can do nothing about what is missing.
    return reverse("first_steps") if is_open(first_steps(facts_on(actor.today))) else ""
