"""How a value of a table is written: the same on the page, in the docx and, by its number format, in the xlsx."""

from decimal import ROUND_HALF_UP, Decimal

from guatu.adapters.writers.official.model import CellValue, Kind

NOTHING = "—"
LIGHTS = {"green": "绿灯", "amber": "黄灯", "red": "红灯", "grey": "灰灯"}
_SHARE_STEP = Decimal("0.001")
_NUMBER_STEP = Decimal("0.0001")


def rounded(value: float, kind: Kind) -> Decimal:
    """The number that is shown: a share to a tenth of a percent, any other number to four decimals."""
    step = _SHARE_STEP if kind == "share" else _NUMBER_STEP
    return Decimal(repr(value)).quantize(step, ROUND_HALF_UP)


def shown(value: CellValue, kind: Kind = "text") -> str:
    """The value as text: 0.8333 as 83.3 %, 1200 as 1,200, a missing one as a dash."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, str):
        return LIGHTS.get(value, value) if kind == "light" else value
    number = rounded(value, kind)
    if kind == "share":
        return f"{number * 100:.1f}%"
    plain = f"{number:,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
