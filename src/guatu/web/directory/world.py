"""What stands in the directory, read once for one action: both hierarchies and all codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from guatu.core.link.forest import Forest, Stretch
from guatu.web.directory.models import Place, PlaceVersion, Unit, UnitVersion


@dataclass
class World:
    """Read when first asked for. An import adds to it what it is about to write."""

    @cached_property
    def units(self) -> Forest:
        rows = UnitVersion.objects.values_list("unit_id", "valid_from", "valid_to", "parent_id", "name")
        return Forest(Stretch(*row) for row in rows)

    @cached_property
    def places(self) -> Forest:
        rows = PlaceVersion.objects.values_list("place_id", "valid_from", "valid_to", "parent_id", "name")
        return Forest(Stretch(*row) for row in rows)

    @cached_property
    def unit_codes(self) -> dict[str, int]:
        return dict(Unit.objects.values_list("code", "pk"))

    @cached_property
    def place_codes(self) -> dict[str, int]:
        return dict(Place.objects.values_list("code", "pk"))

    @cached_property
    def credit_codes(self) -> dict[str, int]:
        return dict(Unit.objects.exclude(credit_code="").values_list("credit_code", "pk"))
