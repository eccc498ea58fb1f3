"""What the pages of cases share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from guatu.web.base import parsing
from guatu.web.base.actions import Context
from guatu.web.base.actions.digest import digest_of
from guatu.web.base.problems import Invalid
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.library import library
from guatu.web.kit.values import text_of


def degrees(data: Mapping[str, Any], name: str) -> float | None:
    """A coordinate in degrees; None where the field is empty."""
    return parsing.degrees_of(text_of(data, name), "position")


def decimal(data: Mapping[str, Any], name: str) -> float:
    """An amount; 0 where it is empty, which the action refuses. Raises `Invalid` for what is no number."""
    return float(parsing.figure_of(text_of(data, name), name) or 0)


def chosen_class(data: Mapping[str, Any]) -> tuple[str, str]:
    """Pack and class out of `pack/code`."""
    pack, _slash, code = text_of(data, "class").partition("/")
    if pack not in library().packs:
        raise Invalid(_("请从列表中选择类别。"), field="class", code="case.no-class")
    return pack, code


def by_content(context: Context, action: OpenCase) -> Context:
    """A key that holds for this report alone: a form that is changed and sent again is another report."""
    return replace(context, key=f"{context.key}.{digest_of(action)[:24]}") if context.key else context


def files(request: HttpRequest, name: str) -> list[Any]:
    found = request.FILES
    return found.getlist(name) if isinstance(found, MultiValueDict) else []
