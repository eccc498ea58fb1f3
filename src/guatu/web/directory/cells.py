"""Columns of sheets that hold a unit or a place: written by code, read by code or name as in any form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from django.utils import timezone

from guatu.core.fields.reference import Reference
from guatu.web.base.parsing import taken
from guatu.web.directory.selectors.named import place_kind, unit_kind
from guatu.web.kit.sheets import Text


@dataclass(frozen=True)
class _NamedCell(Text):
    """Its value is the number of the row. A sheet is read and written by a copy that knows all names (`bound`)."""

    kind: Reference[int] | None = None

    def read(self, value: Any) -> Any:
        assert self.kind is not None, "read_sheet binds its columns"
        return taken(self.kind.read(super().read(value)))

    def shown(self, value: Any) -> Any:
        assert self.kind is not None, "write_sheet binds its columns"
        return self.kind.export(value)


@dataclass(frozen=True)
class UnitCell(_NamedCell):
    def bound(self) -> Self:
        return replace(self, kind=unit_kind(timezone.localdate(), ended=True))


@dataclass(frozen=True)
class PlaceCell(_NamedCell):
    def bound(self) -> Self:
        return replace(self, kind=place_kind(timezone.localdate(), ended=True))
