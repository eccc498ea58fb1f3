"""Declared lists: what an address asks for, pages by a key of columns that are computed or another row's."""

import datetime
import tracemalloc
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.models import Case, DateField, IntegerField, Q, QuerySet, Value, When
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.html import format_html

from guatu.web.base.actors import Actor
from guatu.web.base.models import AuditEntry
from guatu.web.county.selectors.audit_list import AUDIT_FILE
from guatu.web.kit import keyset
from guatu.web.kit.keyset import By, KeyPage, Order
from guatu.web.kit.paging import Limits, listed
from guatu.web.kit.table import Choose, Column, Empty, Pick, States, Table
from guatu.web.kit.table.views import table_export
from guatu.web.kit.values import text_of
from guatu.web.ledger.models import Task
from tests.web.answers import body_of
from tests.web.dispatch.conftest import Board, at
from tests.web.dispatch.conftest import board as board

pytestmark = pytest.mark.django_db
ANYBODY = Actor(None, datetime.date(2024, 6, 1), ())


def ranked(actor: Actor, wanted: Any) -> QuerySet[Task]:
    rank = Case(When(title__contains="1", then=Value(1)), default=Value(2), output_field=IntegerField())
    until = Case(When(title__contains="1", then="due"), output_field=DateField())
    return Task.objects.filter(title__startswith="新增").select_related("plan").annotate(rank=rank, until=until)


TASKS = Table[Task, Task](
    title="任务",
    rows=ranked,
    lines=lambda rows, actor, wanted: rows,
    columns=(
        Column("title", "任务", lambda row: row.title),
        Column("note", "备注", lambda row: "只给督查", needs="order.edit"),
    ),
    empty=Empty("没有任务。"),
    filters=(
        Choose("colour", "灯", "title", choices=(("red", "红灯"),), default=lambda actor: "red", every="全部"),
        Pick("key", "期次", "number", by=lambda given, name: text_of(given, name) or None, default="2024-06"),
        States("state", "状态", groups=lambda actor: (("", "全部", Q()), ("open", "未完成", Q(state="open")))),
    ),
    order=Order(
        (
            By("rank", field=IntegerField()),
            By("until", may_be_empty=True, field=DateField()),
            By("plan__title"),
            By("id", down=True),
        )
    ),
    size=7,
)
ALL = {"colour": "", "key": ""}


@pytest.fixture
def tasks(board: Board) -> list[str]:
    pipes = board.pipes
    rows = [
        Task(plan=pipes.plan, version=pipes.version, title=f"新增{n}", state="open", order=n, due=board.length.due)
        for n in range(24)
    ]
    Task.objects.bulk_create(rows)
    return [row.title for row in sorted(rows, key=lambda row: ("1" not in row.title, -row.pk))]


def test_pages_go_by_a_key_of_columns_that_are_computed_or_another_rows(tasks: list[str]) -> None:
    given, found, pages = dict(ALL), [], []
    while True:
        page = TASKS.page(ANYBODY, given).page
        assert isinstance(page, KeyPage) and page.count == 24
        found += [row.title for row in page.rows]
        pages.append(page)
        if not page.after:
            break
        given = {**ALL, "after": page.after}
    assert found == tasks and len(pages) == 4
    back = TASKS.page(ANYBODY, {**ALL, "before": pages[2].before}).page
    assert isinstance(back, KeyPage) and back.rows == pages[1].rows


def test_a_default_is_not_asked_for_where_an_address_says_all(tasks: list[str]) -> None:
    assert TASKS.wanted({}, ANYBODY) == {"colour": "red", "key": "2024-06", "state": ""}
    assert TASKS.wanted({"colour": "green"}, ANYBODY)["colour"] == "red"
    assert TASKS.wanted(ALL, ANYBODY) == {"state": ""}


def test_the_api_pages_what_the_list_shows_and_an_unknown_state_has_no_rows(tasks: list[str]) -> None:
    class Query(Limits):
        state: str = ""
        colour: str = ""

    page = listed(TASKS, ANYBODY, Query(limit=5, offset=20))
    assert (page["count"], page["next"]) == (24, None)
    assert [row.title for row in page["rows"]] == tasks[20:]
    assert listed(TASKS, ANYBODY, Query(state="none"))["count"] == 0


def test_a_column_of_a_permission_is_there_for_those_who_hold_it(board: Board) -> None:
    for role, there in (("supervision", True), ("town", False)):
        request: Any = RequestFactory().get("/", {**ALL, "format": "csv"})
        request.actor = board.context(role, at(6, 1)).actor
        assert ("note" in [one.key for one in TASKS.columns_for(request.actor)]) == there
        assert ("备注".encode() in body_of(table_export(request, TASKS))) == there


def test_markup_that_a_column_shows_stays_and_text_is_escaped() -> None:
    bold: Any = Column("n", "数", lambda row: row, shown=lambda row: format_html("<b>{}</b>", row))
    assert bold.markup("<") == "<b>&lt;</b>"
    plain: Any = Column("n", "数", lambda row: row)
    assert (plain.markup("<"), plain.markup(None)) == ("&lt;", "—")


def test_a_long_list_is_counted_to_a_limit_and_still_shown_to_its_end(
    tasks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyset, "COUNTED", 9)
    long = replace(TASKS, filters=())
    found, given, firsts = [], {}, []
    with CaptureQueriesContext(connection) as asked:
        while True:
            page = long.page(ANYBODY, given).page
            assert isinstance(page, KeyPage) and (page.count, page.many) == (9, True)
            found += [row.title for row in page.rows]
            firsts.append(page.first)
            if not page.after:
                break
            given = {"after": page.after}
    assert found == tasks and firsts == [1, 8, 0, 0]
    counts = [query["sql"] for query in asked if "COUNT(" in query["sql"]]
    assert counts and all("LIMIT 10" in sql for sql in counts)


def test_a_file_takes_the_same_memory_whatever_its_length(board: Board) -> None:
    def peak(rows: int, kind: str) -> float:
        """Megabytes that a file of so many lines of the audit trail takes on its way."""
        AuditEntry.objects.all().delete()
        made = (
            AuditEntry(at=at(6, 1), action="x.y", object_type="a.b", object_id=str(n), after={"a": "字" * 99})
            for n in range(rows)
        )
        AuditEntry.objects.bulk_create(made, batch_size=2000)
        request: Any = RequestFactory().get("/", {"format": kind})
        request.actor = board.context("supervision", at(6, 1)).actor
        tracemalloc.start()
        length = sum(len(part) for part in table_export(request, AUDIT_FILE))
        most = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        assert length > rows
        return most

    for kind in ("csv", "xlsx"):
        few, many = peak(1_000, kind), peak(10_000, kind)
        assert many < max(1.3 * few, few + 2) and many < 30, (kind, few, many)
