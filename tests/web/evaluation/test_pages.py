"""Pages of the evaluation: who sees which, what is published stays, confidential cases are not given away."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from guatu.web.base.actions import perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Denied, NotNow
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.models import Case
from guatu.web.evaluation.actions.publish_evaluation import PublishEvaluation, digest_of
from guatu.web.evaluation.models import EvaluationResult
from guatu.web.evaluation.selectors.figures import figures_of
from guatu.web.evaluation.selectors.results import read
from guatu.web.evaluation.selectors.shown import Reader
from tests.web.answers import body_of
from tests.web.cases.conftest import Desk, at
from tests.web.evaluation.conftest import JUNE, NOW, June, appeal, asked

pytestmark = pytest.mark.django_db
TABLE = "/evaluation/?period=2024-06"
ROLES = (
    "admin", "leader", "supervision", "lead", "responsible", "town", "village", "auditor", "desk", "collector", "insurer",
    "hospital",
)  # fmt: skip


@pytest.fixture(autouse=True)
def july(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    yield


def client(june: June | Desk, role: str) -> Client:
    found = Client()
    county = june.desk.county if isinstance(june, June) else june.county
    found.force_login(county.users[role])
    return found


def publish(june: June, role: str = "desk", when: datetime.datetime = NOW, seen: int = 0, **values: Any) -> Any:
    return perform(PublishEvaluation(asked(**values), seen), june.desk.context(role, when))


def test_every_figure_leads_to_its_cases_and_every_case_to_its_page(june: June) -> None:
    page = client(june, "desk").get(TABLE).content.decode()
    key = next(
        row.key for row in figures_of(june.desk.context("desk", NOW).actor, asked(), NOW).rows if row.name == "柳林镇"
    )
    address = (
        f"/evaluation/reason/?pack=urban_management&kind=area&period=2024-06&level=town&key={key}&code=handling-in-time"
    )
    assert address.replace("&", "&amp;") in page
    reason = client(june, "desk").get(address).content.decode()
    assert "按期处置率 = 按期处置数 2 ÷ 应处置数 3 = 66.6667%" in reason
    for case in (june.prompt, june.late, june.returned):
        assert f"/cases/{case.pk}/" in reason
    assert f"/cases/{june.overdue.pk}/" not in reason
    assert "未核对 GB/T 30428.4 原文" in reason


def test_over_nothing_the_page_says_none_and_why(june: June) -> None:
    page = client(june, "desk").get(TABLE + "&kind=collector").content.decode()
    assert ">无</a>" in page
    assert "有效上报率无法计算: 上报数为 0" in page


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_the_evaluation(june: June, role: str) -> None:
    one = client(june, role)
    people = publish(june, kind="post")
    town = publish(june)
    statuses = {address: one.get(address).status_code for address in (
        TABLE, "/evaluation/settings/", f"/evaluation/results/{town.pk}/", f"/evaluation/results/{people.pk}/",
    )}  # fmt: skip
    evaluates = role in ("desk", "supervision")
    sees = evaluates or role in ("leader", "auditor", "lead", "responsible", "town", "village", "collector")
    expected = [200, 200, 200, 200] if evaluates else [302, 403, 200, 404] if sees else [403, 403, 403, 403]
    assert list(statuses.values()) == expected
    for address in ("/evaluation/reason/", "/evaluation/export"):
        assert (one.get(address).status_code in (200, 404)) == evaluates, address
    assert (one.post("/evaluation/publish", {"period": "2024-06", "seen": "1"}).status_code == 302) == evaluates


def test_a_published_result_does_not_change_when_cases_do_and_the_next_one_does(june: June) -> None:
    first = publish(june)
    before = client(june, "leader").get(f"/evaluation/results/{first.pk}/").content.decode()
    appeal(june.desk, june.late, at(3, month=7))
    june.desk.handled(june.overdue, at(3, 10, month=7))
    after = client(june, "leader").get(f"/evaluation/results/{first.pk}/").content.decode()
    kept = EvaluationResult.objects.get(pk=first.pk)
    assert digest_of(kept.figures) == kept.digest
    assert "66.67%" in before and "66.67%" in after
    second = publish(june, seen=1)
    rows = {row.name: row for row in read(second).rows}
    assert (second.number, rows["柳林镇"].counts["exempted"], rows["柳林镇"].counts["late"]) == (2, 1, 1)
    assert rows["石门镇"].counts["overdue_unhandled"] == 0
    assert AuditEntry.objects.get(action="evaluation.publish", object_id=str(first.pk)).after["digest"] == first.digest
    with pytest.raises(TypeError):
        kept.save()
    with pytest.raises(TypeError):
        kept.delete()


def test_two_do_not_publish_the_same_unawares_nor_a_period_that_runs(june: June) -> None:
    publish(june)
    with pytest.raises(NotNow):
        publish(june)
    with pytest.raises(NotNow, match="本期还没有结束"):
        publish(june, when=at(30))
    with pytest.raises(Denied):
        publish(june, "leader")


def test_the_files_hold_what_the_page_shows(june: June) -> None:
    one = client(june, "desk")
    text = body_of(one.get("/evaluation/export?period=2024-06&format=csv")).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert [line[1] for line in lines[1:]] == ["柳林镇", "石门镇", "合计"]
    book = openpyxl.load_workbook(io.BytesIO(body_of(one.get("/evaluation/export?period=2024-06"))))
    assert [["" if cell is None else str(cell) for cell in row] for row in book.active.values] == lines
    result = publish(june)
    same = body_of(one.get(f"/evaluation/results/{result.pk}/export?format=csv")).decode("utf-8-sig")
    assert [line[5:] for line in csv.reader(io.StringIO(same))] == [line[5:] for line in lines]


def test_the_period_before_is_compared(june: June) -> None:
    for day in (1, 2):
        june.desk.closed(at(day, month=7), lon=121.15, lat=30.05)
    july = figures_of(
        june.desk.context("desk", NOW).actor, asked(span=JUNE.__class__(datetime.date(2024, 7, 1), 1)), NOW
    )
    before = figures_of(june.desk.context("desk", NOW).actor, asked(), NOW)
    shown = Reader(june.desk.context("desk", NOW).actor, "zh", july).shown(july, "area", before)
    row = next(row for row in shown.rows if row.name == "柳林镇")
    assert (row.before.text if row.before else "", row.change, row.more) == ("66.67%", "+33.33", True)


def test_a_denominator_is_set_on_its_page_and_a_wrong_one_says_so_there(june: June) -> None:
    one = client(june, "desk")
    given = {
        "pack": "urban_management",
        "rate": "filing",
        "count": "reported",
        "valid_from": "2024-01-01",
        "source": "",
    }
    refused = one.post("/evaluation/settings/", given)
    assert refused.status_code == 422 and "请写明依据的文件" in refused.content.decode()
    assert one.post("/evaluation/settings/", {**given, "source": "青禾县办法"}).status_code == 302
    assert "青禾县办法" in one.get("/evaluation/settings/").content.decode()


# Confidential cases.


def dispute(desk: Desk, role: str, when: datetime.datetime) -> Case:
    action = OpenCase("disputes", "neighbour", "邻里宅基地纠纷", "柳林东村", source=Case.Source.UNIT)
    return perform(action, desk.context(role, when))


@pytest.fixture
def disputes(desk: Desk) -> Desk:
    for day in (4, 5, 6):
        dispute(desk, "desk", at(day))
    return desk


def test_confidential_cases_are_counted_for_the_desk_and_not_for_who_may_not_see_them(disputes: Desk) -> None:
    counts = {
        role: figures_of(disputes.context(role, NOW).actor, asked("unit", pack="disputes"), NOW).total.counts[
            "reported"
        ]
        for role in ("desk", "supervision")
    }
    assert counts == {"desk": 3, "supervision": 0}


def test_published_counts_below_five_do_not_give_confidential_cases_away(disputes: Desk) -> None:
    row = perform(PublishEvaluation(asked("unit", pack="disputes"), 0), disputes.context("desk", NOW))
    address = f"/evaluation/results/{row.pk}/"
    desk, leader = client(disputes, "desk"), client(disputes, "leader")
    assert "不显示" not in desk.get(address).content.decode()
    figures = read(row)
    for role, kept in (("leader", True), ("town", True), ("desk", False)):
        shown = Reader(disputes.context(role, NOW).actor, "zh", figures).shown(figures, "unit")
        assert (shown.kept_back > 0) == kept
    key = figures.rows[0].key
    reason = f"{address}reason/?key={key}&code=reported"
    assert "邻里宅基地纠纷" in desk.get(reason).content.decode()
    hidden = leader.get(reason).content.decode()
    assert "邻里宅基地纠纷" not in hidden
    assert "另有 3 件" not in hidden and ": 3" not in hidden
    text = body_of(leader.get(f"{address}export?format=csv")).decode("utf-8-sig")
    assert "不显示" in text


def test_from_five_on_the_count_is_shown_but_no_case_nor_a_sum(disputes: Desk) -> None:
    for day in (7, 11):
        dispute(disputes, "desk", at(day))
    row = perform(PublishEvaluation(asked("unit", pack="disputes"), 0), disputes.context("desk", NOW))
    leader = Reader(disputes.context("leader", NOW).actor, "zh", read(row))
    shown = leader.shown(read(row), "unit")
    assert all(cell.hidden for cell in (*shown.total.counts, *shown.total.rates))
    assert not leader.keeps_back(read(row).rows[0], "not_closed")
    page = client(disputes, "leader").get(f"/evaluation/results/{row.pk}/reason/?key={shown.rows[0].key}&code=reported")
    assert "邻里宅基地纠纷" not in page.content.decode()
