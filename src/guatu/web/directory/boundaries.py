"""The border of a place as a file: a GeoJSON geometry, by itself or as the only feature."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid
from guatu.web.kit.field import Field

LARGEST_BOUNDARY = 2 * 1024 * 1024


@dataclass(frozen=True)
class Boundary(Field):
    """None where no file came."""

    kind: str = "file"

    def typed(self, request: HttpRequest) -> Any:
        upload = request.FILES.get(self.name)
        if not isinstance(upload, UploadedFile):
            return None
        if (upload.size or 0) > LARGEST_BOUNDARY:
            raise Invalid(_("边界文件不能超过 2 MB,请先简化。"), field=self.name)
        try:
            value = json.loads(upload.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError, RecursionError) as error:
            raise Invalid(_("这不是 GeoJSON 文件,请检查。"), field=self.name) from error
        geometry = _geometry(value)
        if geometry is None:
            raise Invalid(_("文件应只含一个区域的 Polygon 或 MultiPolygon。"), field=self.name)
        return {"type": geometry.get("type"), "coordinates": geometry.get("coordinates")}


def _geometry(value: Any) -> dict[str, Any] | None:
    """The geometry itself, or that of the only feature."""
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        features = value.get("features")
        value = features[0] if isinstance(features, list) and len(features) == 1 else None
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = value.get("geometry")
    return value if isinstance(value, dict) else None
