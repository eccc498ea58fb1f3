"""Pages with a form that performs one action: what is common to all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from guatu.web.base.actions import Action, perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Conflict, Denied, Problem
from guatu.web.base.problems_in_forms import into


@dataclass
class FormPage:
    """A title, a form and where to go; `version` says how far the thing has got, for a form that was overtaken."""

    title: str
    submit: str
    back: str
    done: str = ""
    intro: str = ""
    danger: bool = False
    template: str = "directory/form.html"
    extra: dict[str, Any] = field(default_factory=dict)
    version: Callable[[], int] | None = None

    def show(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        return render(request, self.template, {"page_form": self, "form": form, **self.extra}, status=status)

    def handle(
        self,
        request: HttpRequest,
        form: forms.Form,
        action: Callable[[forms.Form], Action[Any]],
        target: Callable[[Any], str],
    ) -> HttpResponse:
        """The empty form; or the action performed and the page of its result; or the form with what was typed
        and why."""
        if request.method != "POST":
            return self.show(request, form)
        if not form.is_valid():
            return self.show(request, form, 422)
        try:
            result = perform(action(form), context_of(request))
        except Denied:
            raise
        except Problem as problem:
            return self.show(request, self._overtaken(form, problem), problem.status)
        if self.done:
            messages.success(request, self.done)
        return redirect(target(result))

    def _overtaken(self, form: forms.Form, problem: Problem) -> forms.Form:
        """The form with the problem; sent once more it is measured against what stands now, which the page shows."""
        into(form, problem)
        if isinstance(problem, Conflict) and self.version is not None and "seen" in form.fields:
            # What was sent cannot be changed in its place.
            sent = QueryDict(mutable=True)
            sent.update(form.data)
            sent["seen"] = str(self.version())
            form.data = sent
            self.extra["changed"] = problem.data.get("changed")
        return form


def bound(form: type[forms.Form], request: HttpRequest, initial: dict[str, Any] | None = None) -> forms.Form:
    return form(request.POST, request.FILES) if request.method == "POST" else form(initial=initial or {})
