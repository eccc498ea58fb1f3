"""What the pages of cases share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from guatu.web.base.actions import Context
from guatu.web.base.problems import Invalid
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.library import library
from guatu.web.ledger.views.fields import text_of


def degrees(data: Mapping[str, Any], name: str) -> float | None:
    """A coordinate in degrees; None where the field is empty."""
    text = text_of(data, name).replace(",", ".").strip("°")
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise Invalid(
            _("“%(text)s”不是经纬度,请按 118.12345 的格式填写。") % {"text": text[:30]}, field="position"
        ) from error


def decimal(data: Mapping[str, Any], name: str) -> float:
    """An amount; 0 where it is empty or no number, which the action refuses."""
    try:
        return float(text_of(data, name) or 0)
    except ValueError:
        return 0.0


def chosen_class(data: Mapping[str, Any]) -> tuple[str, str]:
    """Pack and class out of `pack/code`."""
    pack, _slash, code = text_of(data, "class").partition("/")
    if pack not in library().packs:
        raise Invalid(_("请从列表中选择类别。"), field="class", code="case.no-class")
    return pack, code


def by_content(context: Context, action: OpenCase) -> Context:
    """A key that holds for this report alone: a form that is changed and sent again is another report."""
    if not context.key:
        return context
    said = "\0".join((action.pack, action.class_code, action.text, action.address, action.phone))
    return replace(context, key=f"{context.key[:90]}-{hashlib.sha256(said.encode()).hexdigest()[:24]}")


def files(request: HttpRequest, name: str) -> list[Any]:
    found = request.FILES
    return found.getlist(name) if isinstance(found, MultiValueDict) else []
