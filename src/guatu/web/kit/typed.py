"""A form that could not be taken: what was typed and what is wrong with it, shown where it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from guatu.web.base.problems import Problem
from guatu.web.kit.values import text_of


@dataclass(frozen=True)
class Typed:
    """A form that could not be taken: which one, what was typed, and what is wrong with it."""

    form: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    problem: Problem | None = None

    @property
    def status(self) -> int:
        return self.problem.status if self.problem else 200

    def shown(self) -> dict[str, Any]:
        """For templates: `typed.<field>`, and the problem with the form that it belongs to."""
        return {"typed_form": self.form, "typed": self.values, "problem": self.problem}


NOTHING = Typed()


def typed(request: HttpRequest, form: str, problem: Problem) -> Typed:
    values = {name: text_of(request.POST, name) for name in request.POST if not name.startswith("csrf")}
    return Typed(form, values, problem)
