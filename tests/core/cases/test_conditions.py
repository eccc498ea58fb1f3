import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.cases.conditions import ConditionError, equals, evaluate, is_list, names, parse

DATA = {"move": "return", "amount": 3, "kind": "C0101", "empty": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("move == 'return'", True),
        ("amount > 2 and not (amount >= 4)", True),
        ("2 < amount < 3", False),
        ("kind in ('C0101', 'C0104')", True),
        ("kind not in ['C0101']", False),
        ("missing == None", True),
        ("missing > 3", False),
        ("kind > 3", False),
        ("amount == -3 or true", True),
        ("false", False),
    ],
)
def test_conditions_say_what_they_say(text: str, value: bool) -> None:
    assert evaluate(text, DATA) is value


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('ls')", "open('x')", "move.upper()", "amount + 1", "[x for x in y]", "lambda: 1",
        "move := 1", "data['x']", "f'{move}'", "1 if move else 2", "'a' * 10 ** 10", "import os", "", "a b", "b'x'",
        "x == " * 200 + "1", "(" * 450,
    ],
)  # fmt: skip
def test_code_is_no_condition(text: str) -> None:
    with pytest.raises(ConditionError):
        parse(text)


@given(st.text(max_size=60))
def test_any_text_is_a_condition_or_refused_and_never_anything_else(text: str) -> None:
    try:
        evaluate(text, DATA)
    except ConditionError:
        return
    assert isinstance(names(text), frozenset)


def test_names_and_keys_are_read_from_conditions() -> None:
    assert names("move == 'x' and amount > 2 and true") == {"move", "amount"}
    assert equals("move == 'x'", "move") == "x"
    assert equals("move != 'x'", "move") is None and equals("move == 3", "move") is None
    assert is_list("'a', 'b'") and not is_list("'a'") and not is_list("> 3")
