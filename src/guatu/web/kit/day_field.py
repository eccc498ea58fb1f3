"""A day in a form of Django: read as everywhere, shown by the browser's own control."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from guatu.web.base.parsing import day_of
from guatu.web.base.problems import Invalid


class DayField(forms.DateField):
    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)

    def to_python(self, value: Any) -> datetime.date | None:
        try:
            return day_of(value)
        except Invalid as problem:
            raise forms.ValidationError(str(problem.message), code=problem.code) from problem
