"""Lists as files, sent row by row."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from django.http import StreamingHttpResponse

from guatu.adapters.writers.export import Column, csv_parts, xlsx_parts
from guatu.web.kit.downloads import XLSX

__all__ = ["Column", "download"]


def download(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], kind: str, on: datetime.date
) -> StreamingHttpResponse:
    """An answer that streams the rows as `xlsx` or `csv`, named by the list and the day."""
    body = xlsx_parts(name, columns, rows) if kind == "xlsx" else csv_parts(columns, rows)
    response = StreamingHttpResponse(body, content_type=XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    file = quote(f"{name}-{on.isoformat()}.{kind}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{file}"
    return response
