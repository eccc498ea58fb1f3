"""The distance of a pack is one in metres, or none."""

import pytest

from guatu.core.cases.duplicates.distance import metres
from guatu.core.cases.parameters import Parameter


@pytest.mark.parametrize(
    ("value", "unit", "is_"),
    [(30, "m", 30), (30, "米", 30), (0.05, "公里", 50), (30, "", 30), (0, "m", None), (-3, "m", None), (30, "元", None),
     ("near", "m", None), (True, "m", None)],
)  # fmt: skip
def test_a_distance_is_read_in_its_unit(value: object, unit: str, is_: float | None) -> None:
    assert metres(Parameter(name="d", zh="距离", en="distance", value=value, unit=unit)) == is_
