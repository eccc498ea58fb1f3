"""The classes of all packs, as a form offers them and as it gives the chosen one back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.kernel.finding import Language
from guatu.web.base.problems import Invalid
from guatu.web.cases.library import library
from guatu.web.kit.values import text_of


def class_groups(language: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """All classes by pack; a pack without classes is one choice."""
    groups = []
    for name in library().packs:
        word = library().title(name, language)
        rows = [(f"{name}/{row.code}", row.label(language)) for row in library().classes(name)]
        groups.append((word, rows or [(f"{name}/", word)]))
    return groups


def chosen_class(data: Mapping[str, Any]) -> tuple[str, str]:
    """Pack and class out of `pack/code`."""
    pack, _slash, code = text_of(data, "class").partition("/")
    if pack not in library().packs:
        raise Invalid(_("请从列表中选择类别。"), field="class", code="case.no-class")
    return pack, code
