"""Whom an MDC takes, by its condition in the one language."""

from pathlib import Path

import numpy as np
import pytest

from guatu.engines.drg.content import SCHEME
from guatu.engines.drg.scheme.entry import OLDEST, asks_for, taken, years
from guatu.engines.drg.scheme.loader import load


@pytest.mark.parametrize(
    ("condition", "sex", "age", "valid", "held"),
    [
        ("", 0, 40, False, True),
        ("sex=1", 1, 40, False, True),
        ("sex = 1", 2, 40, False, False),
        ("sex=1", 0, 40, False, False),
        ("sex != 1", 0, 40, True, False),
        ("age=0", 1, 0, False, True),
        ("age=0", 1, 1, False, False),
        ("valid_proc", 1, 1, True, True),
        ("valid_proc", 1, 1, False, False),
        ("age >= 65 and not(valid_proc)", 1, 65, False, True),
        ("age >= 65 or sex = 2", 0, 70, False, True),
    ],
)
def test_a_stay_is_taken_where_the_condition_holds_of_it(
    condition: str, sex: int, age: int, valid: bool, held: bool
) -> None:
    assert taken(condition)[sex, age, int(valid)] == held


def test_ages_are_whole_years_and_none_is_older_than_the_table() -> None:
    assert years(np.array([0.9, 17.99, 400.0, np.nan])).tolist() == [0, 17, OLDEST, 0]


def test_a_condition_asks_for_a_sex_where_it_takes_no_stay_of_the_other() -> None:
    assert asks_for("sex=2", 2) and not asks_for("sex=2", 1) and not asks_for("age=0", 2) and not asks_for("", 1)


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("sex=3", "scheme.value"),
        ("sax=1", "rule.unknown-name"),
        ("sex=", "rule.syntax"),
        ('sex="男"', "rule.types-differ"),
    ],
)
def test_a_condition_that_takes_nobody_or_cannot_be_read_is_found_at_its_row(
    tmp_path: Path, condition: str, code: str
) -> None:
    for file in SCHEME.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    table = (tmp_path / "mdc.tsv").read_text(encoding="utf-8")
    (tmp_path / "mdc.tsv").write_text(table.replace("\tsex=1\t", f"\t{condition}\t"), encoding="utf-8")
    findings = load(tmp_path).findings
    assert [(one.row, one.code) for one in findings if one.field == "condition"] == [("mdc.tsv:6", code)]
