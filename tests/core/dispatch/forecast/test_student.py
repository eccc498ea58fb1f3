import pytest

from guatu.core.dispatch.forecast.student import two_sided


@pytest.mark.parametrize(
    ("level", "freedom", "quantile"),
    # Rows of the table that every textbook prints.
    [
        (0.95, 1, 12.706),
        (0.95, 2, 4.303),
        (0.95, 5, 2.571),
        (0.95, 10, 2.228),
        (0.95, 30, 2.042),
        (0.95, 120, 1.980),
        (0.8, 1, 3.078),
        (0.8, 2, 1.886),
        (0.8, 10, 1.372),
        (0.99, 4, 4.604),
    ],
)
def test_the_quantiles_are_those_of_the_printed_table(level: float, freedom: int, quantile: float) -> None:
    assert two_sided(level, freedom) == pytest.approx(quantile, abs=5e-4)


@pytest.mark.parametrize(("level", "freedom"), [(0, 3), (1, 3), (0.8, 0)])
def test_a_level_or_a_freedom_that_there_is_not_is_refused(level: float, freedom: int) -> None:
    with pytest.raises(ValueError, match="no quantile"):
        two_sided(level, freedom)
