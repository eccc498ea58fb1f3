"""Columns of sheets that hold a unit or a place: written by code, read by code or name as in any form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.utils import timezone

from guatu.web.directory.models import Place, Unit
from guatu.web.directory.selectors.named import Named, place_named, unit_named
from guatu.web.kit.sheets import Text


@dataclass(frozen=True)
class _NamedCell(Text):
    """Its value is the number of the row. A sheet is read and written by a copy that knows all names (`bound`)."""

    named: Named | None = None
    codes: Mapping[int, str] = field(default_factory=dict)

    def read(self, value: Any) -> Any:
        assert self.named is not None, "read_sheet binds its columns"
        return self.named(super().read(value))

    def shown(self, value: Any) -> Any:
        return self.codes.get(value, "")


@dataclass(frozen=True)
class UnitCell(_NamedCell):
    def bound(self) -> Self:
        return replace(self, named=unit_named(timezone.localdate(), ended=True), codes=_codes(Unit))


@dataclass(frozen=True)
class PlaceCell(_NamedCell):
    def bound(self) -> Self:
        return replace(self, named=place_named(timezone.localdate()), codes=_codes(Place))


def _codes(model: type[Unit] | type[Place]) -> dict[int, str]:
    return dict(model._default_manager.values_list("pk", "code"))
