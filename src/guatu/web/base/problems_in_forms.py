"""A problem that an action raised, shown at its field of the form."""

from __future__ import annotations

from typing import TypeVar

from django import forms

from guatu.web.base.problems import Problem

F = TypeVar("F", bound=forms.BaseForm)


def into(form: F, problem: Problem) -> F:
    """The bound form with the problem at its field; at the head of the form where the form has no such field."""
    form.is_valid()
    form.add_error(problem.field if problem.field in form.fields else None, str(problem.message))
    return form
