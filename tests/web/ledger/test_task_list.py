"""The ledger: who sees what, filters, totals, exports, and how many queries a page costs."""

import csv
import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
import python_calamine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guatu.web.base.actors import Actor
from guatu.web.base.hooks import Hooks
from guatu.web.base.permissions import permissions
from guatu.web.ledger import extensions
from guatu.web.ledger.models import Allocation, Duty, Plan, Target, Task
from guatu.web.ledger.task_table import sorted_tasks, task_table


def found(actor: Actor, **wanted: Any) -> list[str]:
    return [task.title for task in sorted_tasks(actor, wanted, wanted.get("sort", ""))]


@pytest.fixture
def actor(actor_of: Callable[..., Actor]) -> Actor:
    return actor_of("supervision", datetime.date(2026, 7, 15))


def test_only_confirmed_tasks_are_in_the_ledger(draft: Plan, actor: Actor) -> None:
    assert found(actor) == []


def test_filters_narrow_the_ledger(confirmed: Plan, county: Any, actor: Actor) -> None:
    water, money, town = (county.unit(n).pk for n in ("县水利局", "县财政局", "柳林镇"))
    assert len(found(actor)) == 4
    assert found(actor, plan=confirmed.pk + 1) == []
    assert found(actor, unit=money) == ["新建供水管网"]
    assert found(actor, unit=water, role="lead") == ["新建供水管网", "改造泵站", "清淤河道"]
    assert found(actor, unit=water, role="support") == []
    assert found(actor, town=town) == ["新建供水管网"]
    assert found(actor, domain="整治河道") == ["清淤河道", "绿化河岸"]
    assert found(actor, q="泵站") == ["改造泵站"]
    assert found(actor, q="护岸林120亩") == ["绿化河岸"]
    assert found(actor, due="overdue") == ["清淤河道"]
    assert found(actor, due="none") == []
    assert found(actor, sort="due")[0] == "清淤河道"
    assert found(actor, role="support") == ["新建供水管网"]


def test_a_unit_stands_for_all_below_it_and_a_town_for_what_is_shared_out_to_it(
    confirmed: Plan, county: Any, actor: Actor
) -> None:
    target = confirmed.targets.get(metric="清淤河道")
    Allocation.objects.create(target=target, unit=county.unit("柳林东村"), value=25)
    assert found(actor, town=county.unit("柳林镇").pk) == ["新建供水管网", "清淤河道"]
    Duty.objects.create(
        task=confirmed.tasks.get(title="绿化河岸"), role="responsible", text="村", unit=county.unit("石门东村")
    )
    assert "绿化河岸" in found(actor, unit=county.unit("石门镇").pk)


def test_states_and_totals(confirmed: Plan, actor: Actor) -> None:
    confirmed.tasks.filter(title="改造泵站").update(state=Task.State.DONE)
    confirmed.tasks.filter(title="绿化河岸").update(state=Task.State.DROPPED)
    assert len(found(actor)) == 3
    assert found(actor, state="done") == ["改造泵站"]
    assert found(actor, state="dropped") == ["绿化河岸"]
    assert len(found(actor, state="all")) == 4
    sums = task_table().page(actor, {}).totals
    assert [sums[name] for name in ("count", "open", "done", "overdue", "undated")] == [3, 2, 1, 1, 0]


def test_a_closed_plan_is_shown_only_when_it_is_asked_for(confirmed: Plan, actor: Actor) -> None:
    Plan.objects.update(state=Plan.State.CLOSED)
    assert found(actor) == [] and len(found(actor, plan=confirmed.pk)) == 4


def test_whoever_sees_only_their_own_units_sees_only_their_tasks_everywhere(
    confirmed: Plan, county: Any, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No role is so narrow today; the rows obey the permission all the same."""
    monkeypatch.setitem(permissions()["town"], "plan.view", "own")
    client = client_of("town")
    page = client.get(reverse("task_list")).content.decode()
    assert "新建供水管网" in page and "改造泵站" not in page
    export = b"".join(client.get(reverse("task_export"), {"format": "csv"}).streaming_content).decode()
    assert "新建供水管网" in export and "改造泵站" not in export
    hidden = confirmed.tasks.get(title="改造泵站")
    assert client.get(reverse("task_detail", args=[hidden.pk])).status_code == 404
    assert client.get(reverse("target_detail", args=[hidden.targets.first().pk])).status_code == 404
    assert "改造泵站" not in client.get(reverse("target_list")).content.decode()


def test_the_address_holds_the_filter_and_nonsense_in_it_does_no_harm(
    confirmed: Plan, client_of: Callable[[str], Client]
) -> None:
    client = client_of("leader")
    page = client.get(reverse("task_list"), {"q": "泵站", "sort": "due"}).content.decode()
    assert "改造泵站" in page and "清淤河道" not in page
    for wrong in (
        {"plan": "x"},
        {"unit": "9" * 40},
        {"page": "-3"},
        {"due": "soon"},
        {"sort": "id;drop"},
        {"q": "\x00'\""},
    ):
        assert client.get(reverse("task_list"), wrong).status_code == 200


def many(confirmed: Plan, county: Any, count: int) -> None:
    version = confirmed.versions.get()
    tasks = Task.objects.bulk_create(
        Task(plan=confirmed, version=version, title=f"任务{i}", order=100 + i, state="open", content="内容" * 50)
        for i in range(count)
    )
    units = list(county.units.values())
    Duty.objects.bulk_create(
        Duty(task=t, role=role, text="单位", unit=units[(i + at) % len(units)])
        for i, t in enumerate(tasks)
        for at, role in enumerate(("lead", "responsible", "support"))
    )
    Target.objects.bulk_create(
        Target(plan=confirmed, task=t, version=version, metric="指标", op="=", value=i) for i, t in enumerate(tasks)
    )


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("name", "most"), [("task_list", 17), ("target_list", 9), ("plan_list", 9), ("plan_room", 21), ("plan_check", 19)]
)
def test_a_page_costs_the_same_queries_however_many_tasks_there_are(
    name: str, most: int, confirmed: Plan, county: Any, client_of: Callable[[str], Client]
) -> None:
    url = reverse(name, args=[confirmed.pk] if name in ("plan_room", "plan_check") else [])
    client = client_of("supervision")
    client.get(url)
    few = queries(client, url)
    many(confirmed, county, 300)
    assert queries(client, url) <= few
    assert few <= most


def test_pages_are_of_a_hundred(confirmed: Plan, county: Any, client_of: Callable[[str], Client]) -> None:
    many(confirmed, county, 150)
    client = client_of("supervision")
    first = client.get(reverse("task_list")).context["list"]
    second = client.get(reverse("task_list"), {"after": first.page.after}).context["list"]
    assert [len(page.lines) for page in (first, second)] == [100, 54]
    assert first.count == second.count == 154


def test_exports_hold_exactly_what_is_shown_on_all_pages(
    confirmed: Plan, county: Any, client_of: Callable[[str], Client]
) -> None:
    many(confirmed, county, 120)
    client = client_of("auditor")
    text = b"".join(client.get(reverse("task_export"), {"format": "csv"}).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 125 and rows[0][2] == "任务"
    book = b"".join(client.get(reverse("task_export"), {"domain": "整治河道"}).streaming_content)
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in sheet] == ["任务", "清淤河道", "绿化河岸"]
    assert sheet[1][8] == datetime.date(2026, 6, 30)


def test_a_column_of_another_app_is_shown_filtered_and_exported(
    confirmed: Plan, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    pumps = confirmed.tasks.get(title="改造泵站").pk
    column = extensions.Column(
        "luck",
        "运气",
        lambda ids, actor: {pk: extensions.Cell("大吉", "大吉") for pk in ids if pk == pumps},
        lambda: [("good", "好")],
        lambda tasks, value, actor: tasks.filter(pk=pumps),
    )
    monkeypatch.setattr(extensions, "columns", Hooks())
    extensions.columns.add(column)
    extensions.columns.add(column)
    assert list(extensions.columns) == [column]
    client = client_of("supervision")
    page = client.get(reverse("task_list"), {"luck": "good"}).content.decode()
    assert "大吉" in page and "清淤河道" not in page
    text = b"".join(client.get(reverse("task_export"), {"format": "csv", "luck": "good"}).streaming_content).decode()
    assert "运气" in text and text.count("大吉") == 1


def test_a_task_shows_its_clause_its_units_targets_and_history(
    confirmed: Plan, client_of: Callable[[str], Client]
) -> None:
    task = confirmed.tasks.get(title="绿化河岸")
    page = client_of("town").get(reverse("task_detail", args=[task.pk])).content.decode()
    for words in ("栽植护岸林120亩", "由县水利局统一安排", "青政办发〔2026〕9号", "说明不设责任单位", "补填时限"):
        assert words in page
    assert f"#task-{task.pk}" in page


def test_pages_ask_strangers_to_log_in(confirmed: Plan) -> None:
    for name in ("task_list", "plan_list", "target_list", "task_import"):
        answer = Client().get(reverse(name))
        assert answer.status_code == 302 and "login" in answer.url


def test_what_people_wrote_is_text_in_the_table(confirmed: Plan, client_of: Callable[[str], Client]) -> None:
    evil = "<script>alert(1)</script>"
    confirmed.tasks.filter(title="改造泵站").update(title=evil, domain=evil)
    confirmed.targets.update(metric=evil)
    Duty.objects.filter(unit=None).update(text=evil)
    Plan.objects.update(title=evil)
    page = client_of("supervision").get(reverse("task_list")).content.decode()
    assert evil not in page and "&lt;script&gt;" in page


def test_a_page_shows_as_many_rows_as_one_of_its_sizes(
    confirmed: Plan, county: Any, client_of: Callable[[str], Client]
) -> None:
    version = confirmed.versions.get()
    Task.objects.bulk_create(
        Task(plan=confirmed, version=version, title=f"栽树{n}", path=["9"], order=100 + n, state="open")
        for n in range(230)
    )
    client = client_of("supervision")
    for asked, rows in (("", 100), ("200", 200), ("500", 234), ("1000000", 100), ("x", 100)):
        body = (
            client.get(reverse("task_list"), {"rows": asked}).content.decode().split("<tbody>")[1].split("</tbody>")[0]
        )
        assert body.count("<tr>") == rows, asked
