"""The scorer itself: what is right, what is wrong, what is missed, what does not count."""

from copy import deepcopy
from typing import Any

import pytest

from tests.spec.score import Tallies, Tally, score, total

TEXT = "一、主要任务\n（一）铺设管网。6月底前铺设管网12公里以上。（牵头单位：县水利局；责任单位：县财政局）"
AT_TARGET, AT_DEADLINE = TEXT.index("铺设管网12"), TEXT.index("6月底前")
REFERENCE: dict[str, Any] = {
    "file": "a.txt",
    "range": None,
    "tasks": [
        {
            "path": ["一", "(一)"],
            "title": "铺设管网",
            "start": 7,
            "lead": ["县水利局"],
            "responsible": ["县财政局"],
            "support": [],
        }
    ],
    "targets": [{"quote": "铺设管网12公里以上", "start": AT_TARGET, "op": ">=", "value": 12, "unit": "公里"}],
    "deadlines": [{"quote": "6月底前", "start": AT_DEADLINE, "iso": "2021-06-30", "iso_alt": ["--06-30"]}],
}
PLAN: dict[str, Any] = {
    "documents": [
        {
            "annex": None,
            "tasks": [
                {
                    "path": ["一", "（一）"],
                    "title": "铺设管网",
                    "span": [7, 60],
                    "duties": [{"role": "lead", "unit": "县水利局"}, {"role": "responsible", "unit": "县财政局等部门"}],
                }
            ],
            "targets": [{"op": ">=", "value": 12.0, "unit": "千米", "span": [AT_TARGET, AT_TARGET + 8]}],
            "deadlines": [{"iso": "--06-30", "span": [AT_DEADLINE, AT_DEADLINE + 4]}],
        }
    ]
}


def counts(tallies: Tallies) -> dict[str, tuple[int, int, int]]:
    return {what: (tally.right, tally.wrong, tally.missed) for what, tally in tallies.items()}


ALL_RIGHT = {"tasks": (1, 0, 0), "duties": (2, 0, 0), "targets": (1, 0, 0), "deadlines": (1, 0, 0)}


def test_a_plan_that_reads_as_its_reference_is_right_in_everything() -> None:
    assert counts(score(REFERENCE, TEXT, PLAN)) == ALL_RIGHT


@pytest.mark.parametrize(
    ("change", "what", "expected"),
    [
        (lambda d: d["tasks"][0].update(path=["一", "(二)"]), "tasks", (0, 1, 1)),
        (lambda d: d["tasks"][0].update(path=["一", "(二)"]), "duties", (0, 2, 2)),
        (lambda d: d.update(annex="附件1"), "tasks", (0, 1, 1)),
        (lambda d: d["tasks"][0]["duties"][0].update(role="support"), "duties", (1, 1, 1)),
        (lambda d: d["tasks"][0]["duties"].pop(), "duties", (1, 0, 1)),
        (lambda d: d["targets"][0].update(op="="), "targets", (0, 1, 1)),
        (lambda d: d["targets"][0].update(value=[12, 13]), "targets", (0, 1, 1)),
        (lambda d: d["targets"][0].update(unit="米"), "targets", (0, 1, 1)),
        (lambda d: d["targets"][0].update(span=[0, 3]), "targets", (0, 1, 1)),
        (lambda d: d["targets"].append(dict(d["targets"][0])), "targets", (1, 1, 0)),
        (lambda d: d["deadlines"][0].update(iso="2021-06"), "deadlines", (0, 1, 1)),
        (lambda d: d["deadlines"].clear(), "deadlines", (0, 0, 1)),
    ],
)
def test_what_differs_from_the_reference_is_counted(change: Any, what: str, expected: tuple[int, int, int]) -> None:
    plan = deepcopy(PLAN)
    change(plan["documents"][0])
    assert counts(score(REFERENCE, TEXT, plan))[what] == expected


def test_optional_entries_count_neither_way() -> None:
    reference = deepcopy(REFERENCE)
    for key in ("tasks", "targets", "deadlines"):
        reference[f"{key}_optional"] = reference[key]
        reference[key] = []
    none = (0, 0, 0)
    assert counts(score(reference, TEXT, PLAN)) == dict.fromkeys(ALL_RIGHT, none)
    assert counts(score(reference, TEXT, {"documents": []})) == dict.fromkeys(ALL_RIGHT, none)


def test_of_a_collection_only_the_entries_inside_the_range_count() -> None:
    reference = {**REFERENCE, "range": [1000, 2000], "tasks": [], "targets": [], "deadlines": []}
    assert counts(score(reference, TEXT, PLAN)) == dict.fromkeys(ALL_RIGHT, (0, 0, 0))


def test_totals_add_up_and_give_precision_recall_and_their_mean() -> None:
    whole = total([score(REFERENCE, TEXT, PLAN), score(REFERENCE, TEXT, {"documents": []})])
    assert counts(whole)["duties"] == (2, 0, 2)
    tally = Tally(right=6, wrong=2, missed=4)
    assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.6, pytest.approx(2 / 3))
    assert Tally().f1 == 1.0


def test_of_several_places_any_is_right_and_each_entry_counts_once() -> None:
    reference, plan = deepcopy(REFERENCE), deepcopy(PLAN)
    reference["deadlines"][0] |= {"start": 0, "places": [(0, 2), (AT_DEADLINE, AT_DEADLINE + 4)]}
    assert counts(score(reference, TEXT, plan)) == ALL_RIGHT
    reference["deadlines"][0]["places"] = [(0, 2)]
    assert counts(score(reference, TEXT, plan))["deadlines"] == (0, 1, 1)


def test_a_unit_whose_role_is_not_judged_is_right_in_any() -> None:
    reference, plan = deepcopy(REFERENCE), deepcopy(PLAN)
    plan["documents"][0]["tasks"][0]["duties"][0]["role"] = "support"
    assert counts(score(reference, TEXT, plan))["duties"] == (1, 1, 1)
    reference["tasks"][0]["any_role"] = ["县水利局"]
    assert counts(score(reference, TEXT, plan)) == ALL_RIGHT
