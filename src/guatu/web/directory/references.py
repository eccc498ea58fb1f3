"""Fields that refer to a unit or a place: chosen from a list on a page, in a sheet written by code and read by code or
name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from guatu.core.fields.reference import Reference
from guatu.web.base.parsing import taken
from guatu.web.directory.selectors.named import place_kind, unit_kind, written
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.selectors.units import place_choices, unit_choices
from guatu.web.kit.field import Field
from guatu.web.kit.kinds import Text
from guatu.web.kit.values import id_in


@dataclass(frozen=True)
class _Reference(Field):
    """Its value is the number of the row. A sheet is read and written by a copy that knows all names (`bound`)."""

    kind: str = "select"
    names: Reference[int] | None = None
    written: ClassVar[str | Promise]

    @property
    def attribute(self) -> str:
        return self.of or f"{self.name}_id"

    @property
    def how(self) -> str:
        return ",".join(filter(None, (str(self.written), super().how)))

    def read(self, value: Any) -> Any:
        assert self.names is not None, "read_sheet binds its columns"
        return taken(self.names.read(Text().read(value)))

    def taken(self, given: str) -> int | None:
        return id_in(given)

    def shown(self, value: Any) -> Any:
        assert self.names is not None, "write_sheet binds its columns"
        return self.names.export(value)


@dataclass(frozen=True)
class UnitRef(_Reference):
    choices: Any = unit_choices
    written = gettext_lazy("单位编码、全称或简称")

    def bound(self) -> Self:
        return replace(self, names=unit_kind(timezone.localdate(), ended=True))


@dataclass(frozen=True)
class PlaceRef(_Reference):
    choices: Any = place_choices
    written = gettext_lazy("区划代码或名称")

    def bound(self) -> Self:
        return replace(self, names=place_kind(timezone.localdate(), ended=True))


def _offering(address: str) -> Mapping[str, Any]:
    """A control that asks for names while one types."""
    asked = {"hx_get": reverse_lazy(address), "hx_trigger": "input changed delay:200ms, focus once"}
    return {**asked, "hx_swap": "innerHTML"}


@dataclass(frozen=True)
class _Named(_Reference):
    """Typed by its code, or by a name that only one bears on the day: a list cannot show all that a county has."""

    kind: str = "text"

    @property
    def attribute(self) -> str:
        return self.of or self.name

    def taken(self, given: str) -> Any:
        return self.bound().read(given)


@dataclass(frozen=True)
class NamedUnit(_Named):
    attributes: Mapping[str, Any] = field(default_factory=lambda: _offering("unit_options"))
    written = UnitRef.written

    def bound(self) -> Self:
        return replace(self, names=unit_kind(timezone.localdate()))

    def entered(self, value: Any) -> str:
        return written(unit_tree(timezone.localdate()).nodes.get(value or 0))


@dataclass(frozen=True)
class NamedPlace(_Named):
    attributes: Mapping[str, Any] = field(default_factory=lambda: _offering("place_options"))
    written = PlaceRef.written

    def bound(self) -> Self:
        return replace(self, names=place_kind(timezone.localdate()))

    def entered(self, value: Any) -> str:
        return written(place_tree(timezone.localdate()).nodes.get(value or 0))
