"""Numbers in the cells of a scheme."""


def order(cell: str) -> int | None:
    """A whole number of 1 or more, else None."""
    return int(cell) if cell.isascii() and cell.isdigit() and int(cell) > 0 else None


def bound(cell: str) -> float | None:
    """A bound of weight in grams, or None where there is none."""
    whole, _, part = cell.partition(".")
    digits = whole + part
    return float(cell) if digits.isascii() and digits.isdigit() else None
