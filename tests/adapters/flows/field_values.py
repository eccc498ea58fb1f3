"""Values of every kind of field, as people give them: what a walk through a flow fills in."""

from typing import Any

from guatu.core.cases.case_fields import CaseField

_BY_KIND: dict[str, list[Any]] = {
    "number": [1, "3", 5.0],
    "share": [0.5, "60%", "2/3", 0.9],
    "money": [5, "9,999", "1万", 12_000.5],
    "day": ["2026-04-30", "2026年5月1日"],
    "truth": ["是", False],
    "photo": [[1], [1, 2]],
    "file": [[3]],
    "phone": ["13800000000"],
    "code": ["2026-04"],
}


def values_of(field: CaseField) -> list[Any]:
    """Some values that a field takes; choices by their value and by their word."""
    if field.options:
        return [word for one in field.options for word in (one.value, one.zh)]
    return _BY_KIND.get(field.kind, ["文字", "其他"])
