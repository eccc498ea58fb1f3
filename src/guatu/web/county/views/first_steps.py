"""The first hour of a county: what is there and what is missing, and the short forms by which it comes there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.base.settings import EDIT
from guatu.web.base.settings_table import setting
from guatu.web.county.actions.add_offices import AddOffices
from guatu.web.county.actions.add_people import AddPeople
from guatu.web.county.actions.add_towns import AddTowns
from guatu.web.county.actions.open_county import OpenCounty
from guatu.web.county.people_rows import people_of, person_rows, typed_rows
from guatu.web.county.selectors.facts import facts_on, unled
from guatu.web.county.selectors.first_steps import Step, first_steps, is_open
from guatu.web.county.selectors.health import faults, health_on
from guatu.web.directory.selectors.grants import role_choices
from guatu.web.directory.selectors.units import unit_choices
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import FORM, Sends, page
from guatu.web.kit.typed import NOTHING, Typed, typed

ON = gettext_lazy("保存并继续")
COUNTY = Form("county", "", OpenCounty, button=ON, icon="check")
TOWNS = Form(
    "towns", "", AddTowns, button=ON, icon="check", said=lambda n: _("已录入 %(n)d 个乡镇和它们的单位。") % {"n": n}
)
OFFICES = Form("offices", "", AddOffices, button=ON, icon="check", said=lambda n: _("已录入 %(n)d 个部门。") % {"n": n})
# Where a step has no form here, the list says what is next and leads there.
FORMS = ("first_county", "first_towns", "first_units", "first_people")
"""Steps that have a short form of their own; the others are done on the pages of the plans and periods."""


@page(EDIT, "county/first_steps.html")
def first_steps_page(request: HttpRequest) -> dict[str, Any]:
    steps = first_steps(facts_on(actor_of(request).today))
    return {
        "steps": steps,
        "open": is_open(steps),
        "done": sum(step.done for step in steps),
        "next": next((step.key for step in steps if not step.done), ""),
        "faults": faults(health_on(actor_of(request).today)),
        "hidden": [step.key for step in steps if not actor_of(request).may(step.needs)],
    }


def onwards(request: HttpRequest) -> str:
    """The form of the next step that is open; the list of steps where the next one has none."""
    step = next((one for one in _steps(request) if not one.done), None)
    return reverse(step.page if step and step.page in FORMS else "first_steps")


def _steps(request: HttpRequest) -> list[Step]:
    return first_steps(facts_on(actor_of(request).today))


def _form_page(form: Form[Any], of: str, title: Any, first: Any = lambda request: {}) -> Any:
    """A step that is one form; where it leads is known when it is done."""

    @page(EDIT, FORM, sends=Sends(form, "first_on", first=first))
    def view(request: HttpRequest) -> dict[str, Any]:
        why = next(one.why for one in _steps(request) if one.key == of)
        return {"page_title": title, "intro": why, "back": reverse("first_steps")}

    return view


def _as_set(request: HttpRequest) -> dict[str, Any]:
    return {
        "county": setting("county.name"),
        "code": setting("county.code") or "",
        "issuer": setting("supervision.issuer"),
    }


def _without_unit(request: HttpRequest) -> dict[str, Any]:
    """Towns that are there and have no unit: to be sent as they stand."""
    return {"lines": "\n".join(f"{one.name} {one.code}" for one in unled(actor_of(request).today))}


first_county = _form_page(COUNTY, "county", gettext_lazy("县名、代码和落款"), _as_set)
first_towns = _form_page(TOWNS, "places", gettext_lazy("录入乡镇街道"), _without_unit)
first_units = _form_page(OFFICES, "units", gettext_lazy("录入部门"))


@needs(EDIT)
def first_on(request: HttpRequest) -> HttpResponseBase:
    """On to the next step that is open."""
    return redirect(onwards(request))


@needs("accounts.edit")
def first_people(request: HttpRequest) -> HttpResponseBase:
    """Rows of people; what comes of them is shown once, with the passwords."""
    if request.method != "POST":
        return _people(request, NOTHING)
    action = AddPeople(people_of(request.POST), "own_office" in request.POST)
    try:
        made = perform(action, context_of(request))
    except Problem as problem:
        return _people(request, typed(request, "people", problem))
    # Not behind a redirect: passwords are kept nowhere, not even in the session.
    return render(request, "county/first_passwords.html", {"made": made, "onwards": onwards(request)})


def _people(request: HttpRequest, form: Typed) -> HttpResponseBase:
    today = actor_of(request).today
    step = next(one for one in _steps(request) if one.key == "people")
    context = {
        "step": step,
        "rows": typed_rows(today, request.POST) if form.problem else person_rows(today),
        "units": list(unit_choices(today)),
        "roles": role_choices(),
        "offers_office": not actor_of(request).may("plan.confirm"),
        **form.shown(),
    }
    return render(request, "county/first_people.html", context, status=form.status)
