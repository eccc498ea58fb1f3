"""Fields that refer to a unit or a place: chosen from a list on a page, in a sheet written by code and read by code or
name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from guatu.web.directory.models import Place, Unit
from guatu.web.directory.selectors.named import Named, place_named, unit_named
from guatu.web.directory.selectors.units import place_choices, unit_choices
from guatu.web.kit.field import Field
from guatu.web.kit.kinds import Text
from guatu.web.kit.values import id_in


@dataclass(frozen=True)
class _Reference(Field):
    """Its value is the number of the row. A sheet is read and written by a copy that knows all names (`bound`)."""

    kind: str = "select"
    named: Named | None = None
    codes: Mapping[int, str] = field(default_factory=dict)
    written: ClassVar[str | Promise]

    @property
    def attribute(self) -> str:
        return self.of or f"{self.name}_id"

    @property
    def how(self) -> str:
        return ",".join(filter(None, (str(self.written), super().how)))

    def read(self, value: Any) -> Any:
        assert self.named is not None, "read_sheet binds its columns"
        return self.named(Text().read(value))

    def taken(self, given: str) -> int | None:
        return id_in(given)

    def shown(self, value: Any) -> Any:
        return self.codes.get(value, "")


@dataclass(frozen=True)
class UnitRef(_Reference):
    choices: Any = unit_choices
    written = gettext_lazy("单位编码、全称或简称")

    def bound(self) -> Self:
        return replace(self, named=unit_named(timezone.localdate(), ended=True), codes=_codes(Unit))


@dataclass(frozen=True)
class PlaceRef(_Reference):
    choices: Any = place_choices
    written = gettext_lazy("区划代码或名称")

    def bound(self) -> Self:
        return replace(self, named=place_named(timezone.localdate()), codes=_codes(Place))


def _codes(model: type[Unit] | type[Place]) -> dict[int, str]:
    return dict(model._default_manager.values_list("pk", "code"))
