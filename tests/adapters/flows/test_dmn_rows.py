"""A decision table is shown and changed as rows, and still decides."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.adapters.flows.dmn import read_decisions_of
from guatu.adapters.flows.dmn_rows import RuleRow, TableRows, compare_rows, read_rows, with_rules
from tests.adapters.flows.texts import DMN


def rows_of(text: str) -> TableRows:
    (rows,), found = read_rows(text, "t.dmn")
    assert found == []
    return rows


def test_the_rows_of_a_table_are_its_cells_in_order() -> None:
    rows = rows_of(DMN)
    assert (rows.id, rows.name, rows.width) == ("routing", "派遣", 3)
    assert rows.inputs == (("", "class_code"), ("", "amount"))
    assert rows.outputs == (("unit", "unit"),)
    assert rows.rules[0] == RuleRow(('"01", "02"', ">= 100", '"局"'), "贵的归局里")


def test_a_table_with_other_rules_decides_by_them() -> None:
    rules = [RuleRow(('"01"', "", '"所"')), *rows_of(DMN).rules]
    text = with_rules(DMN, "routing", rules)
    assert rows_of(text).rules == tuple(rules)
    (table,), found = read_decisions_of(text, "t.dmn")
    assert found == []
    assert table.decide({"class_code": "01", "amount": 500}).outputs == {"unit": "所"}
    assert table.decide({"class_code": "02", "amount": 500}).outputs == {"unit": "局"}


def test_a_rule_of_another_width_and_a_file_without_a_table_are_misuse() -> None:
    with pytest.raises(ValueError, match="width"):
        with_rules(DMN, "routing", [RuleRow(('"01"',))])
    with pytest.raises(ValueError, match="no table"):
        with_rules("<a/>", "routing", [])
    assert [one.code for one in read_rows("<a/>", "t.dmn")[1]] == ["decision.no-table"]
    assert [one.code for one in read_rows("<a", "t.dmn")[1]] == ["xml.unreadable"]


def test_rules_that_are_new_gone_or_moved_are_told() -> None:
    old = rows_of(DMN)
    new = msgspec.structs.replace(old, rules=(*old.rules[1:], RuleRow(('"09"', "", '"镇"'))))
    assert [one.zh for one in compare_rows(old, new)] == [
        '决策表“派遣”第 3 条:"09" | - | "镇"', '决策表“派遣”不再有:"01", "02" | >= 100 | "局"',
    ]  # fmt: skip
    swapped = msgspec.structs.replace(old, rules=old.rules[::-1])
    assert [one.en for one in compare_rows(old, swapped)] == ["order, head or hit policy of table '派遣' changed"]
    assert compare_rows(old, old) == []


CELL = st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF), max_size=8).map(str.strip)


@settings(max_examples=40)
@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=4))
def test_cells_are_read_as_they_were_written(cells: list[tuple[str, str, str]]) -> None:
    rules = [RuleRow(row) for row in cells]
    assert rows_of(with_rules(DMN, "routing", rules)).rules == tuple(rules)
