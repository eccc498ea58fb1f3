"""Parameters: dated, sourced, complete, approved; what is wrong with a file is told at its line and key."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from guatu.core.kernel.row_finding import RowFinding
from guatu.engines.drg.parameters import (
    Approval,
    ParameterSet,
    Terms,
    digest_of,
    lacks_approval,
    load_set,
    segments,
    terms_on,
)
from guatu.engines.drg.parameters.catalogue import OF_WEIGHTS, PARAMETERS
from guatu.engines.drg.simulation.change import changed, of_weights

HEAD = """region = "青禾县"
year = 2026
version = "一"
valid_from = 2026-01-01
valid_to = 2026-12-31

"""
GOOD = """[[parameters.low_threshold]]
value = 0.4
source = "文件"
reliability = "verified"
"""


def findings(text: str) -> list[RowFinding]:
    found, problems = load_set(text, "p.toml")
    assert (found is None) == bool(problems)
    return problems


BAD = [
    ("region = ", "p.toml:1", "drg.parameters-unreadable"),
    (GOOD, "p.toml:1", "drg.parameters-key-missing"),
    (HEAD.replace("2026\n", '"2026"\n', 1), "p.toml:2", "drg.parameter-value"),
    (HEAD + GOOD.replace("low_threshold", "low_treshold"), "p.toml:7", "drg.parameter-unknown"),
    (HEAD + GOOD.replace("0.4", "-0.4"), "p.toml:8", "drg.parameter-value"),
    (HEAD + GOOD.replace("0.4", "0.40001"), "p.toml:8", "drg.parameter-value"),
    (HEAD + GOOD.replace("0.4", "nan"), "p.toml:8", "drg.parameter-value"),
    (HEAD + GOOD.replace('source = "文件"', ""), "p.toml:7", "drg.parameter-source"),
    (HEAD + GOOD.replace('"verified"', '"perhaps"'), "p.toml:10", "drg.parameter-value"),
    (HEAD + GOOD + "from = 2026-09-01\nto = 2026-03-01\n", "p.toml:11", "drg.parameter-dates"),
    (HEAD + GOOD + "from = 2025-09-01\n", "p.toml:11", "drg.parameter-dates"),
    (HEAD + GOOD + "to = 2026-06-30\n" + GOOD, "p.toml:12", "drg.parameter-overlap"),
    (HEAD + "[parameters]\nlow_threshold = 0.4\n", "p.toml:1", "drg.parameter-value"),
    (HEAD + '[[approval]]\nby = "甲"\n', "p.toml:7", "drg.parameter-value"),
    (HEAD + '[[parameters.high_thresholds]]\nvalue = 1\nsource = "文件"\nreliability = "verified"\n', "p.toml:8", "drg.parameter-value"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "code"), BAD, ids=range(len(BAD)))
def test_what_is_wrong_stands_at_its_line(text: str, place: str, code: str) -> None:
    found = findings(text)
    assert (found[0].row, found[0].code) == (place, code)
    for language in ("zh", "en"):
        assert found[0].message(language)  # type: ignore[arg-type]


def test_the_whole_message_says_what_and_what_to_do() -> None:
    found = findings(HEAD + GOOD.replace("0.4", '"about half"'))[0]
    assert (
        found.message("en")
        == "low_threshold cannot be 'about half': it takes a number of 0 or more with at most four decimals"
    )
    assert found.message("zh") == "low_threshold 的值“about half”不对：应为不小于 0、至多四位小数的数"


def test_all_findings_of_a_file_are_told_at_once() -> None:
    both = GOOD.replace("0.4", "x").replace("x", '"x"') + GOOD.replace("low_threshold", "nothing_like_it")
    assert {finding.code for finding in findings(HEAD + both)} == {"drg.parameter-value", "drg.parameter-unknown"}


@pytest.mark.parametrize(
    "bands",
    [
        [{"from": 0, "to": Decimal("1.1"), "share": 1}],
        [{"from": 0, "to": Decimal("0.8"), "share": 1}, {"from": Decimal("0.9"), "to": 1, "share": 0}],
        [{"from": Decimal("0.1"), "to": 1, "share": 1}],
        [{"from": 0, "share": 1}],
        [{"from": 0, "to": 1, "share": 2}],
    ],
    ids=["over 1", "gap", "not from 0", "open over 1", "share above 1"],
)
def test_bands_that_mean_two_things_are_refused(terms: Callable[..., Terms], bands: list[dict[str, Decimal]]) -> None:
    with pytest.raises(AssertionError):
        terms(claim_bands=bands)


def test_a_parameter_without_a_value_on_a_day_is_told_and_there_are_no_terms(parameters: ParameterSet) -> None:
    without = msgspec.structs.replace(
        parameters, entries={k: v for k, v in parameters.entries.items() if k != "cv_limit"}
    )
    found, problems = terms_on(without, date(2026, 7, 1))
    assert found is None
    assert [(f.code, f.field) for f in problems if f.severity == "error"] == [("drg.parameter-missing", "cv_limit")]
    assert terms_on(parameters, date(2027, 1, 1))[0] is None


def test_every_unverified_parameter_is_warned_of_with_its_source_and_line(parameters: ParameterSet) -> None:
    found, problems = terms_on(parameters, date(2026, 7, 1))
    assert found is not None
    assert {finding.field for finding in problems} == set(found.unverified)
    assert "low_threshold" in found.unverified and "readmission_days" not in found.unverified
    assert found.part("low_threshold").unverified and not found.part("readmission_days").unverified
    assert all(int(finding.row.split(":")[1]) > 1 for finding in problems)


def test_a_value_holds_from_its_day_on(root: Path) -> None:
    text = (root / "src/guatu/packs/drg/parameters/example.toml").read_text(encoding="utf-8")
    old = "[[parameters.low_threshold]]\nvalue = 0.4\n"
    assert old in text
    later = old.replace("0.4", "0.5") + 'from = 2026-07-01\nsource = "文件"\nreliability = "verified"\n\n'
    found, problems = load_set(text.replace(old, later + old + "to = 2026-06-30\n"), "p.toml")
    assert found is not None, problems
    assert list(segments(found)) == [(date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 31))]
    values = []
    for day in (date(2026, 6, 30), date(2026, 7, 1)):
        terms, _ = terms_on(found, day)
        assert terms is not None
        values.append(str(terms.low_threshold))
    assert values == ["0.4", "0.5"]


def approved(parameters: ParameterSet, *people: str, digest: str | None = None) -> ParameterSet:
    rows = tuple(Approval(name, date(2025, 12, 1), digest or digest_of(parameters)) for name in people)
    return msgspec.structs.replace(parameters, approvals=rows)


@pytest.mark.parametrize(
    ("people", "good"),
    [((), False), (("甲",), False), (("甲", "甲"), False), (("王 甲", "王甲"), False), (("甲", "乙"), True)],
)
def test_a_set_is_approved_by_two_different_people(
    parameters: ParameterSet, people: tuple[str, ...], good: bool
) -> None:
    assert (lacks_approval(approved(parameters, *people)) == []) is good


def test_an_approval_is_lost_when_a_value_changes(parameters: ParameterSet) -> None:
    both = approved(parameters, "甲", "乙")
    other = msgspec.structs.replace(both, entries=both.with_value("low_threshold", Decimal("0.5"), "s").entries)
    assert lacks_approval(both) == []
    assert "0 " in lacks_approval(other)[0].message("en")


def test_the_digest_does_not_depend_on_lines_or_on_how_a_number_is_written(root: Path) -> None:
    text = (root / "src/guatu/packs/drg/parameters/example.toml").read_text(encoding="utf-8")
    same = load_set("# a line\n" + text.replace("value = 0.4\n", "value = 0.40\n"), "other.toml")[0]
    first = load_set(text, "p.toml")[0]
    assert first is not None and same is not None and digest_of(first) == digest_of(same)


def test_the_terms_have_the_parameters_of_the_catalogue_and_no_others() -> None:
    assert [name for name in Terms.__struct_fields__ if name != "unverified"] == list(PARAMETERS)
    assert set(PARAMETERS) >= OF_WEIGHTS


def test_a_change_is_read_as_it_would_stand_in_a_file(parameters: ParameterSet) -> None:
    found, problems = changed(parameters, ["low_threshold=0.5", "high_rule=less-one", 'bed_day_groups=["A1"]'])
    assert not problems
    assert [found.entries[name][0].value for name in ("low_threshold", "high_rule", "bed_day_groups")] == [
        Decimal("0.5"), "less-one", ("A1",),
    ]  # fmt: skip
    assert of_weights(parameters, found) == ["bed_day_groups"]
    assert found.approvals == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [("low=1", "drg.parameter-unknown"), ("low_rule=half", "drg.parameter-value"), ("cv_limit", "drg.parameter-value")],
)
def test_a_change_that_cannot_be_is_told(parameters: ParameterSet, text: str, code: str) -> None:
    assert [finding.code for finding in changed(parameters, [text])[1]] == [code]
