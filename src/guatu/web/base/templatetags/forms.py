"""Fields of forms: label, control, hint and error together, tied to each other for those who do not see them."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField

register = template.Library()

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
)


@register.inclusion_tag("base/_field.html")
def field(bound: BoundField, autofocus: bool = False, hint: bool = True, **attributes: str) -> dict[str, Any]:
    """A field of a form; further attributes go to the control (`inputmode="numeric"`)."""
    widget = bound.field.widget
    group = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    if group:
        widget.attrs["class"] = "form-check-input"
        return {"bound": bound, "hint": bound.help_text if hint else "", "group": True}
    style = next((css for kind, css in _CLASSES if isinstance(widget, kind)), "form-control")
    attrs = {"class": style + (" is-invalid" if bound.errors else ""), **attributes}
    if autofocus:
        attrs["autofocus"] = "autofocus"
    return {
        "bound": bound,
        "hint": bound.help_text if hint else "",
        "control": bound.as_widget(attrs={**widget.attrs, **attrs}),
        "check": isinstance(widget, forms.CheckboxInput),
        "hidden": widget.is_hidden,
    }
