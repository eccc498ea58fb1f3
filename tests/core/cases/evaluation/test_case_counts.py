"""What one case counts: when, for whom, and that nothing is counted twice or lost over periods, units and places."""

from collections import Counter
from datetime import datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.cases.case import Visit
from guatu.core.cases.evaluation.case_counts import CaseRecord, Counted, Done, Stages, Timing, count_case, counted_names
from guatu.core.cases.evaluation.counts import COUNTS
from guatu.core.cases.evaluation.ranking import ranks
from guatu.core.cases.evaluation.rates import RATES
from guatu.core.cases.evaluation.secrecy import rate_reveals, reveals

BEIJING = timezone(timedelta(hours=8))
STAGES = Stages(
    accept=("collect",), file=("file",), assign=("assign",), handle=("handle",), check=("check",), close=("close",)
)
WAY = ("collect", "file", "assign", "handle", "check", "close")
DUE = 240


def at(minute: int) -> datetime:
    return datetime(2026, 5, 1, 9, tzinfo=BEIJING) + timedelta(minutes=minute)


def record(minutes: dict[str, int], exempt: bool = False, now: int = 10_000) -> CaseRecord:
    """A case that went straight on, each step done at its minute; handling is due `DUE` minutes after assigning."""
    done, visits, entered = [], [], 0
    for step in WAY:
        if step not in minutes:
            visits.append(Visit(step, at(entered)))
            break
        done.append(Done(step, at(minutes[step]), False, f"{step}er", "p", "water" if step == "assign" else ""))
        visits.append(Visit(step, at(entered), at(minutes[step])))
        entered = minutes[step]
    ended = at(minutes["close"]) if "close" in minutes else None
    open_ = () if ended else (visits[-1].step,)
    timings: tuple[Timing, ...] = ()
    if "assign" in minutes:
        due = at(minutes["assign"] + DUE)
        late = at(minutes.get("handle", now)) > due
        timings = (Timing("handle", due, late, late and not exempt, 30),)
    return CaseRecord(
        opened_at=at(0), open=open_, ended_at=ended, done=tuple(done), visits=tuple(visits), timings=timings
    )


def counted(of: CaseRecord, now: int = 10_000) -> dict[str, Counted]:
    return {one.count: one for one in count_case(of, STAGES, at(now))}


STRAIGHT = {"collect": 5, "file": 10, "assign": 15, "handle": 100, "check": 110, "close": 120}


def test_a_case_in_time_counts_once_in_each_stage() -> None:
    found = counted(record(STRAIGHT))
    assert {
        "accepted_right",
        "filed_in_time",
        "dispatched_right",
        "handled_in_time",
        "check_passed",
        "closed_in_time",
    } <= set(found)
    assert not {"errors", "late", "reworked", "not_closed", "closed_late"} & set(found)
    assert found["handled"].unit == "water" and found["handled"].post == "handleer"
    assert found["handling_minutes"].amount == 30


def test_work_counts_when_it_is_done_or_due_whichever_comes_first() -> None:
    assert counted(record(STRAIGHT))["to_handle"].at == at(100)
    late = counted(record({**STRAIGHT, "handle": 500, "check": 510, "close": 520}))
    assert late["handled_late"].at == late["closed_late"].at == at(15 + DUE)


def test_an_open_case_is_due_once_its_time_has_come_and_not_before() -> None:
    open_case = record({"collect": 5, "file": 10, "assign": 15}, now=100)
    assert "to_handle" not in counted(open_case, 100)
    overdue = counted(record({"collect": 5, "file": 10, "assign": 15}, now=1000), 1000)
    assert overdue["overdue_unhandled"].at == overdue["to_close"].at == at(15 + DUE)
    assert "handled" not in overdue and "closed" not in overdue


def test_an_exempted_case_is_in_neither_part_of_a_rate_and_still_late() -> None:
    found = counted(record({**STRAIGHT, "handle": 500, "check": 510, "close": 520}, exempt=True))
    assert {"late", "exempted"} <= set(found)
    assert not {"to_handle", "handled", "handled_late", "to_close", "closed"} & set(found)


def test_a_case_that_ended_with_filing_was_not_filed() -> None:
    of = record({"collect": 5, "file": 10})
    refused = CaseRecord(opened_at=at(0), ended_at=at(10), done=of.done, visits=of.visits[:2])
    assert {"filed", "valid_reported", "to_dispatch", "to_close"} & set(counted(refused)) == set()
    assert "accepted" in counted(refused)


def test_what_is_sent_back_is_an_error_of_the_stage_before_and_a_return_of_the_unit_that_had_it() -> None:
    done = (
        Done("assign", at(10), False, "dispatcher", "a", "water"), Done("handle", at(20), True, "handler", "h"),
        Done("assign", at(30), False, "dispatcher", "a", "roads"),
    )  # fmt: skip
    visits = (
        Visit("assign", at(0), at(10)),
        Visit("handle", at(10), at(20)),
        Visit("assign", at(20), at(30)),
        Visit("handle", at(30)),
    )
    found = counted(CaseRecord(opened_at=at(0), open=("handle",), done=done, visits=visits))
    assert found["errors"].actor == "a" and "dispatched_right" not in found
    assert found["returned"].unit == "water"


def test_every_count_has_its_words_and_stages_without_steps_are_not_counted() -> None:
    assert set(counted_names(STAGES)) <= set(COUNTS)
    assert "to_verify" not in counted_names(STAGES)
    assert "to_verify" in counted_names(Stages(verify=("verify",)))


STEPS = st.lists(st.integers(1, 600), min_size=0, max_size=6).map(
    lambda gaps: dict(zip(WAY, _sums(gaps), strict=False))
)


def _sums(gaps: list[int]) -> list[int]:
    return [sum(gaps[: n + 1]) for n in range(len(gaps))]


@given(st.lists(st.tuples(STEPS, st.booleans()), max_size=8), st.integers(1, 4000), st.integers(1, 4000))
def test_periods_add_up_and_no_part_is_larger_than_its_whole(
    cases: list[tuple[dict[str, int], bool]], one: int, now: int
) -> None:
    now = max([now, *(minute for minutes, _ in cases for minute in minutes.values())])
    found = [c for minutes, exempt in cases for c in count_case(record(minutes, exempt, now), STAGES, at(now))]
    assert all(at(0) <= c.at <= at(now) for c in found)
    whole = Counter(c.count for c in found)
    halves = Counter(c.count for c in found if c.at < at(one)) + Counter(c.count for c in found if c.at >= at(one))
    assert halves == whole
    for part, of in (
        ("handled", "to_handle"), ("handled_in_time", "handled"), ("closed", "to_close"), ("closed_in_time", "closed"),
        ("dispatched", "to_dispatch"), ("dispatched_right", "dispatched"), ("check_passed", "checked"), ("exempted", "late"),
        ("filed_in_time", "filed"), ("accepted_right", "accepted"), ("valid_reported", "reported"),
    ):  # fmt: skip
        assert whole[part] <= whole[of], (part, of)
    assert whole["handled"] == whole["handled_in_time"] + whole["handled_late"]
    assert whole["to_handle"] == whole["handled"] + whole["overdue_unhandled"]
    assert whole["reported"] == len(cases)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.one_of(st.none(), st.fractions(0, 1)), max_size=8))
def test_ranks_leave_places_out_after_equals_and_give_none_to_the_unknown(values: dict[str, Fraction | None]) -> None:
    found = ranks(values)
    for key, value in values.items():
        better = sum(other is not None and value is not None and other > value for other in values.values())
        assert found[key] == (None if value is None else better + 1)


def test_of_some_rates_less_is_better() -> None:
    assert ranks({"a": Fraction(1, 2), "b": Fraction(1, 4), "c": Fraction(1, 4)}, "overdue") == {"a": 3, "b": 1, "c": 1}
    assert all(code in RATES for code in ("overdue", "rework", "return", "error"))


@pytest.mark.parametrize(("secret", "kept"), [(0, False), (1, True), (4, True), (5, False)])
def test_counts_that_hold_one_to_four_confidential_cases_are_kept_back(secret: int, kept: bool) -> None:
    assert reveals(secret) == kept


def test_a_rate_is_kept_back_by_what_remains_between_its_parts() -> None:
    assert rate_reveals(6, 9) and not rate_reveals(5, 10) and not rate_reveals(0, 0)
