"""Files to take away."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from guatu.web.kit.values import text_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def kind_of(request: HttpRequest) -> str:
    """The kind of file asked for by an export: xlsx unless it is csv."""
    return "csv" if text_of(request.GET, "format") == "csv" else "xlsx"


def attached(data: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to take away. Its name may hold any character."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
