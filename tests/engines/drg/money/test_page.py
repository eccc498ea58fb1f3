"""The page on settlement says what the code does: its worked tables are computed, its lists are those of the pack."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from guatu.core.kernel.explained import Explained
from guatu.core.kernel.money import Money
from guatu.engines.drg.parameters import Terms
from guatu.engines.drg.parameters.catalogue import PARAMETERS
from guatu.engines.drg.points import Case, points_of
from guatu.engines.drg.quality.registry import all_checks
from guatu.engines.drg.settlement.assess import released, withheld
from guatu.engines.drg.settlement.value import spread
from guatu.engines.drg.weights import Coefficient, GroupWeight, Weights
from tests.engines.drg.money.rows import yuan

Bend = Callable[..., Terms]
TABLE = re.compile(r"((?:^\|.*\n)+)", re.MULTILINE)


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/algorithms/drg-settlement.md").read_text(encoding="utf-8")


def table(page: str, first: str) -> list[list[str]]:
    """The rows of the table whose head begins so."""
    for match in TABLE.finditer(page):
        lines = match[1].splitlines()
        if lines[0].startswith(first):
            return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    raise LookupError(first)


def test_the_stays_of_the_page_have_the_points_that_it_says(page: str, terms: Bend) -> None:
    rows = table(page, "| Stay | Cost ")
    assert len(rows) == 7
    groups = {"pneumonia": ("ES19", "6000", "75"), "PCI": ("FM19", "24000", "300"), "not grouped": ("0000", "1", "1")}
    for stay, cost, k, rule, wanted in rows:
        name, mean, base = groups[stay]
        weight = GroupWeight(name, 9, 0, yuan(mean), Decimal(0), Decimal(base), "stable" if name != "0000" else "few")
        factor = Coefficient("甲", name, 9, 1, Decimal(k), Decimal(k))
        weights = Weights(yuan("8000"), (weight,), (factor,), "hospital", Decimal(1), 9, ("甲",))
        variant = re.search(r"`(.+)`", rule)
        limit = re.search(r"over ([\d.]+)", rule)
        changes = {f"{rule.split()[0].strip(',')}_rule": variant[1]} if variant else {}
        bent = terms(**changes, high_by="flat", high_thresholds=limit[1] if limit else "3")
        found = points_of(Case("S", "甲", "", name, yuan(cost), 5), weights, bent)
        assert isinstance(found, Explained) and found.value == Decimal(wanted), stay


def test_the_year_of_the_page_comes_out_to_the_fen(page: str, terms: Bend) -> None:
    rows = table(page, "| Hospital | Points ")
    units = [int(row[1]) * 10_000 for row in rows]
    patient = [Money.of_yuan(row[2]) for row in rows]
    bent, whole = terms(deposit_share="0.05"), Money.of_yuan("5700000")
    fund, gross = (spread(whole, units, patient, basis) for basis in ("fund", "gross"))
    for n, (_, _, _, by_fund, by_gross, score, due, prepaid, clearing) in enumerate(rows):
        assert (fund[n], gross[n]) == (Money.of_yuan(by_fund), Money.of_yuan(by_gross))
        found = released(fund[n], withheld(fund[n], Decimal(score), bent))
        assert isinstance(found, Explained) and found.value == Money.of_yuan(due)
        assert found.value - Money.of_yuan(prepaid) == Money.of_yuan(clearing)


def test_the_page_lists_every_parameter_and_no_other(page: str) -> None:
    rows = {row[0].strip("`"): row for row in table(page, "| Parameter ")}
    assert list(rows) == list(PARAMETERS)
    for name, spec in PARAMETERS.items():
        choices = ", ".join(f"`{choice}`" for choice in spec.choices)
        assert rows[name][1:] == [spec.zh, spec.en, choices or spec.kind]


def test_the_page_lists_every_check_and_no_other(page: str) -> None:
    assert {row[0].strip("`") for row in table(page, "| Check ")} == {name for name, _ in all_checks()}
