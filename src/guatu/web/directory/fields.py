"""A unit or place named in a form: by its code, or by a name that only one of them bears on the day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone

from guatu.core.fields.normal import compared
from guatu.web.base.problems import Invalid
from guatu.web.base.shown import Shown, first
from guatu.web.directory.selectors.named import Named, place_named, unit_named, written

SHOWN = 20


class _NamedField(forms.CharField):
    options: ClassVar[str]
    url: ClassVar[Any]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {
            "list": self.options,
            "autocomplete": "off",
            "hx-get": self.url,
            "hx-trigger": "input changed delay:200ms, focus once",
            "hx-target": f"#{self.options}",
            "hx-swap": "innerHTML",
        }

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).strip()
        try:
            return self.reader(timezone.localdate())(text) if text else None
        except Invalid as problem:
            raise forms.ValidationError(str(problem.message)) from problem

    def reader(self, on: datetime.date) -> Named:
        raise NotImplementedError


class UnitField(_NamedField):
    """Gives the number of the unit; None for nothing."""

    options = "unit-options"
    url = reverse_lazy("unit_options")

    def reader(self, on: datetime.date) -> Named:
        return unit_named(on)


class PlaceField(_NamedField):
    """Gives the number of the place; None for nothing."""

    options = "place-options"
    url = reverse_lazy("place_options")

    def reader(self, on: datetime.date) -> Named:
        return place_named(on)


def options(text: str, nodes: Iterable[Any]) -> Shown[str]:
    """Units or places whose name or code holds the text, those that begin with it first."""
    wanted = compared(text).lower()
    hits = [n for n in nodes if wanted in compared(n.name).lower() or wanted in n.code.lower()]
    hits.sort(key=lambda n: (not compared(n.name).lower().startswith(wanted), len(n.name), n.code))
    return first([written(node) for node in hits], SHOWN)
