"""What every kind of field promises, over one object of each."""

import ast
from functools import cmp_to_key
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core import fields
from guatu.core.fields.kind import Field
from tests.core.fields.kinds import CITIZEN, KINDS, digits
from tests.core.fields.test_words import CELLS

EACH = pytest.mark.parametrize(("kind", "values"), KINDS, ids=lambda one: type(one).__name__)


@EACH
@given(st.data())
def test_what_is_shown_is_read_back(kind: Field[Any], values: st.SearchStrategy[Any], data: st.DataObject) -> None:
    value = data.draw(values)
    for language in ("zh", "en"):
        again = kind.read(kind.show(value, language))  # type: ignore[arg-type]
        assert again.error is None, again
        assert kind.same(again.value, value)


@EACH
@given(st.data())
def test_comparing_is_a_total_order_and_what_is_missing_comes_last(
    kind: Field[Any], values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    drawn = [*data.draw(st.lists(values, max_size=5)), None]

    def sign(one: Any, other: Any) -> int:
        left, right = kind.sort_key(one), kind.sort_key(other)
        return (left > right) - (left < right)

    for one, other in product(drawn, drawn):
        assert sign(one, other) == -sign(other, one)
        if sign(one, other) == 0 and one is not None and other is not None:
            assert kind.sort_key(one) == kind.sort_key(other)
    ordered = sorted(drawn, key=cmp_to_key(sign))
    assert all(sign(one, other) <= 0 for at, one in enumerate(ordered) for other in ordered[at:])
    assert ordered[-1] is None


@EACH
@given(cell=CELLS)
@settings(max_examples=40)
def test_no_cell_raises_and_what_is_refused_says_so(
    kind: Field[Any], values: st.SearchStrategy[Any], cell: Any
) -> None:
    read = kind.read(cell)
    assert read.error is None or read.value is None
    assert all(one.message("zh") and one.message("en") for one in read.findings)


@EACH
@given(st.data())
def test_a_mask_of_nothing_is_nothing_and_no_mask_is_the_whole(
    kind: Field[Any], values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    assert kind.mask(None) == ""
    value = data.draw(values)
    # A number of a public service is nobody's.
    if str(value) not in ("12345", "95598", "400-123-4567"):
        assert "*" in kind.mask(value) and kind.mask(value) != kind.show(value)


HIDDEN: dict[str, list[tuple[Any, Any]]] = {
    "PersonName": [("张三", "张小云"), ("欧阳云", "欧大")],
    "File": [("张三.pdf", "李四.pdf")],
}


@given(head=st.integers(3, 9), middle=st.tuples(digits(4), digits(4)), tail=digits(4))
def test_two_mobile_numbers_that_differ_in_the_hidden_part_look_alike(
    head: int, middle: tuple[str, str], tail: str
) -> None:
    kind = next(kind for kind, _ in KINDS if type(kind).__name__ == "Phone")
    one, other = (kind.mask(f"1{head}9{part}{tail}") for part in middle)
    assert one == other and (len(set(middle)) == 1 or middle[0] not in one or middle[0] in f"1{head}9{tail}")


@given(area=digits(3), ends=st.tuples(digits(4), digits(4)), first=st.integers(2, 9), tail=digits(2), inner=digits(3))
def test_two_fixed_numbers_that_differ_in_the_hidden_part_look_alike(
    area: str, ends: tuple[str, str], first: int, tail: str, inner: str
) -> None:
    kind = next(kind for kind, _ in KINDS if type(kind).__name__ == "Phone")
    masks = {kind.mask(f"0{area}-{first}{end}{tail}转{inner}") for end in ends}
    masks |= {kind.mask(f"0{area}-{(first - 1) % 8 + 2}{end}{tail}") for end in ends}
    assert masks == {f"0{area}-*****{tail}"}


@given(CITIZEN, CITIZEN)
def test_of_a_citizen_number_nothing_of_the_person_is_left(one: str, other: str) -> None:
    kind = next(kind for kind, _ in KINDS if type(kind).__name__ == "CitizenNumber")
    assert kind.mask(one) == kind.mask(other) == "340123" + "*" * 12


@pytest.mark.parametrize(("name", "one", "other"), [(name, *pair) for name, pairs in HIDDEN.items() for pair in pairs])
def test_two_names_that_differ_in_the_hidden_part_look_alike(name: str, one: str, other: str) -> None:
    kind = next(kind for kind, _ in KINDS if type(kind).__name__ == name)
    read = [kind.read(text).value for text in (one, other)]
    assert kind.mask(read[0]) == kind.mask(read[1])


def test_no_kind_is_left_out() -> None:
    found = set()
    for file in Path(fields.__file__).parent.glob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            bases = {getattr(getattr(base, "value", base), "id", "") for base in getattr(node, "bases", [])}
            if isinstance(node, ast.ClassDef) and bases & {"Field", "Text", "File", "Reference"}:
                found.add(node.name)
    assert found == {type(kind).__name__ for kind, _ in KINDS}
