"""What the pages of supervision share: values out of forms, a problem shown where it arose, files to take away."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict

from guatu.web.base.actors import Actor
from guatu.web.base.problems import Problem
from guatu.web.ledger.views.fields import text_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def typed(request: HttpRequest, form: str, problem: Problem) -> Typed:
    values = {name: text_of(request.POST, name) for name in request.POST if not name.startswith("csrf")}
    return Typed(form, values, problem)


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


def files_of(request: HttpRequest, name: str = "files") -> tuple[Any, ...]:
    files = request.FILES
    return tuple(files.getlist(name)) if isinstance(files, MultiValueDict) else ()


def kind_of(request: HttpRequest) -> str:
    """The kind of file asked for by an export: xlsx unless it is csv."""
    return "csv" if text_of(request.GET, "format") == "csv" else "xlsx"


def attached(data: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to take away. Its name may hold any character."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
