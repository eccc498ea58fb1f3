"""No list loses a row: of 5,000, exactly those are shown that are looked for, on all pages once each, and counted so.

The lists are read from the urlconf and from the description of the API: one that is not named here fails the test.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from django.core.paginator import Page
from django.db import transaction
from django.test import Client
from django.urls import reverse

from guatu.web.base.actors import actor_for
from guatu.web.base.models import ApiToken
from guatu.web.cases.library import engine_of
from guatu.web.cases.models import Case
from guatu.web.cases.posts import posts_of
from guatu.web.cases.selectors.queue import CASES
from guatu.web.cases.selectors.visible import sight
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.grids.models import Partition
from guatu.web.kit.keyset import KeyPage
from guatu.web.ledger.models import Task
from guatu.web.project.api import api
from tests.web.html import flat
from tests.web.list_rows import ALL, DAY, LOOKED_FOR, MADE, ROWS, World, crowd, make_world, mark, numbers
from tests.web.test_every_address import patterns

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARK = r"[合外]\d{5}"
WORD = {"q": "合"}
# No more pages than this are turned: a list that goes round in circles ends here.
MOST_PAGES = 120


@dataclass(frozen=True)
class Listed:
    """A list of rows of `tests/web/list_rows.py`: for whom, by which filter, where it is exported and in the API.

    `expected` are the marks that are to be found, `pattern` how one is written on the page.
    """

    role: str = "supervision"
    query: dict[str, str] = field(default_factory=dict)
    export: str = ""
    api: str = ""
    api_query: dict[str, str] = field(default_factory=dict)
    expected: frozenset[str] = LOOKED_FOR
    pattern: str = MARK
    api_pattern: str = MARK
    counted: bool = True
    """The page says by `page` how many there are; where it does not, all of them stand on it."""


LISTS: dict[str, Listed] = {
    "audit_list": Listed(
        query={"action": "test.note"}, export="audit_export", api="audit", api_query={"action": "test.note"}
    ),
    "person_list": Listed(query=WORD, export="sheets/people/export.xlsx", api="people", api_query=WORD),
    "account_list": Listed("admin", WORD, api="accounts", api_query=WORD),
    "slowdown_list": Listed("admin", expected=ALL, api="slowdowns"),
    "job_list": Listed("admin"),
    "plan_list": Listed("admin", {**WORD, "state": "draft"}, api="plans", api_query={**WORD, "state": "draft"}),
    "task_list": Listed(query={"unit": "柳林镇"}, export="task_export", api="tasks", api_query={"unit": "柳林镇"}),
    "target_list": Listed(query=WORD, export="target_export", api="targets", api_query=WORD),
    "light_list": Listed(
        "town", {"period": "2024-05"}, "light_export", "lights", {"period": "2024-05"}, api_pattern=r'"task_id": (\d+)'
    ),
    "appeal_list": Listed("town", api="appeals"),
    "report_list": Listed(
        "town", {"group": "all", "period": "2024-05"}, "report_export", "reports", {"period": "2024-05"}
    ),
    "review_list": Listed("lead", {"group": "mine"}, "review_export", "reviews"),
    "order_list": Listed("town", {}, "order_export", "orders", counted=False),
    "instruction_list": Listed("town", {}, "instruction_export", "instructions"),
    "meeting_list": Listed("town", {}, "meeting_export", "meetings"),
    "problem_list": Listed("town", {}, "problem_export", "problems", counted=False),
    "act_list": Listed("supervision", {"unit": "柳林镇"}, "act_export", "acts", {"unit": "柳林镇"}),
    "step_list": Listed("supervision", {"unit": "柳林镇"}, "step_export", "steps", {"unit": "柳林镇"}, counted=False),
    "circular_list": Listed(query={"kind": "monthly"}, api="circulars", api_query={"kind": "monthly"}),
    "notice_list": Listed("town", api="notices"),
    "case_list": Listed("town", {}, "case_export", "cases"),
    "case_mine": Listed("town", {"mine": "1"}, "case_export", "cases", {"mine": "true"}),
    "duty_list": Listed(query=WORD, export="sheets/duties/export.xlsx"),
    # The map of all grids stands on each page; a row has its code in bold.
    "grid_list": Listed("town", {}, "grid_export", pattern=r'<th [^>]*scope="row"[^>]*> ?<a [^>]*>(合\d+|外\d+)'),
    "grid_geojson": Listed("town", counted=False),
    "grid_borders": Listed("town", counted=False),
    "partition_list": Listed("town", pattern=r'href="/grids/partitions/(\d+)/"'),
    "staffing_list": Listed("town", {}, "staffing_export", counted=False),
    "evaluation_results": Listed("leader"),
    "inspection_list": Listed(expected=ALL),
    "public_inspections": Listed("", expected=ALL),
    "release_list": Listed(query=WORD),
    "opinion_list": Listed(),
    "delivered_list": Listed(
        "town", {"state": "all", "period": "2024-05"}, "delivered_export", "reports/delivered", {"period": "2024-05"}
    ),
    "inspection_objects": Listed(query=WORD, export="sheets/inspection-objects/export.xlsx"),
    "inspectors": Listed(expected=ALL),
    "drg_hospitals": Listed("insurer", expected=ALL),
}
CROWDED: dict[str, Listed] = {
    "unit_list": Listed(query=WORD, export="sheets/units/export.xlsx", api="units", api_query=WORD),
    "place_list": Listed(query=WORD, export="sheets/places/export.xlsx", api="places", api_query=WORD),
}
# Addresses that list nothing that grows with the county's work, by the reason; an address with a row in it is its page.
NO_LISTS = {
    "first things of a person": {"home", "today_part"},
    "a form": {
        "unit_new", "unit_merge", "place_new", "person_new", "account_new", "order_new", "problem_new", "instruction_new", "instruction_ask", "case_new",
        "grid_new", "grid_import", "grid_merge", "draw_new", "patrol", "intake_table", "intake_patches", "task_import",
        "public_report", "public_track", "open_opinions", "open_opinion_follow", "evaluation_settings", "first_county", "first_on", "first_people",
        "first_towns", "first_units", "first_workbook",
    },
    "an act": {
        "set_language", "appeal_decisions", "review_accept", "problem_open", "step_take", "step_confirm",
        "notice_send_again", "calendar_renew", "case_assign", "slowdown_lift", "duty_add", "evaluation_publish",
        "clock_confirm", "period_reopen_run",
    },
    "sums over all rows": {"campaign_map", "campaign_wall", "evaluation_list", "evaluation_export", "evaluation_reason"},
    "an empty table": {"task_import_template", "intake_template", "partition_example"},
    "all that a county has, to be sent again": {"first_workbook_file"},
    "a row a month, a pack or a year": {"rating_list", "period_list", "flow_list", "drg_home", "calendar_year"},
    "what the program declares": {"setting_list", "first_steps", "release_kinds"},
    "the newest, and a count of what there is": {"open_first", "open_feed", "sitemap", "robots"},
    "what hangs in public, walked in tests/web/public": {"open_list"},
    "a row a village and month, recounted in tests/web/public/test_disclosing.py": {"disclosure_list", "open_villages"},
    "own test below": {"tokens", "unit_options", "place_options"},
    "about oneself or the program": {"account", "session_state", "api_reference", "openapi-json", "api-root", "calendar_page"},
    "passwords for the post, once": {"invitations"},
}  # fmt: skip
# Lists of the API that no page of the same rows stands for.
API_LISTS = {
    "periods": "a row a month",
    "disclosures": "a row a village and month",
    "opinions": "as the page, of all states",
    "releases": "as the page, of all states",
    "open/notices": "what hangs in public, walked in tests/web/public",
    "settings": "what the program declares",
}
# Operations whose answer is a list by nature: the versions of one plan.
BARE = {"/api/plans/{pk}/versions"}
HOW_TO_ADD = (
    "is not named in tests/web/test_lists.py. If it lists rows, make 5,000 of them in tests/web/list_rows.py, each with a"
    " mark, and add a line to LISTS; if it lists none, add its name to NO_LISTS under the reason."
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        whole = transaction.atomic()
        whole.__enter__()
        try:
            yield make_world()
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)


def client_of(world: World, role: str) -> Client:
    client = Client()
    if role:
        client.force_login(world.county.users[role])
    return client


def address(name: str) -> str:
    return f"/{name}" if "/" in name else reverse(name)


def asked(world: World, query: dict[str, str]) -> dict[str, Any]:
    """The query of an entry, with the key of a unit for its name."""
    return {name: world.county.units[text].pk if name == "unit" else text for name, text in query.items()}


_NEXT = re.compile(r'<a class="btn" href="([^"]+)">下一页</a>')


def pages(client: Client, name: str, query: dict[str, Any]) -> Iterator[Any]:
    """The answers of all pages, each reached by the link of the one before."""
    here = address(name)
    answer = client.get(here, query)
    for _n in range(MOST_PAGES):
        assert answer.status_code == 200, (name, answer.status_code)
        yield answer
        link = _NEXT.search(flat(answer.content.decode()))
        if link is None:
            return
        answer = client.get(here + unescape(link[1]))
    raise AssertionError(f"{name} has no last page")


def text_of(answer: Any) -> str:
    """All that an answer says, the parts of a workbook as well."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist() if "sheet" in name)
    return flat(body.decode())


def count_said(answer: Any) -> int:
    """How many rows there are in all, as the page says it."""
    for page in (answer.context.get("part"), answer.context.get("page")):
        if isinstance(page, KeyPage):
            return page.count
        if isinstance(page, Page):
            return int(page.paginator.count)
    return int(answer.context["found"].total)


def shown(world: World, name: str, entry: Listed) -> tuple[Counter[str], int | None]:
    """On how many pages each mark stands, and the count that the first page says."""
    found: Counter[str] = Counter()
    count = None
    for answer in pages(client_of(world, entry.role), name, asked(world, entry.query)):
        if count is None and entry.counted:
            count = count_said(answer)
        found.update(set(re.findall(entry.pattern, text_of(answer))))
    return found, count


def by_api(world: World, entry: Listed) -> Counter[str]:
    """On how many pages of the API each mark stands; each page says where the next begins."""
    client, found = client_of(world, entry.role), Counter[str]()
    counts = set()
    way, query = f"/api/{entry.api}", {**asked(world, entry.api_query), "limit": 100}
    while True:
        answer = client.get(way, query)
        assert answer.status_code == 200, answer.content[:300]
        page = answer.json()
        found.update(set(re.findall(entry.api_pattern, json.dumps(page["rows"], ensure_ascii=False))))
        counts.add(page["count"])
        if page["next"] is None:
            break
        # By number, or by the address of the page behind a key.
        way, query = (page["next"], {}) if isinstance(page["next"], str) else (way, {**query, "offset": page["next"]})
    assert counts == {len(entry.expected)}, entry.api
    return found


def expected_of(world: World, name: str, entry: Listed) -> frozenset[str]:
    if name == "partition_list":
        return frozenset(str(pk) for _n, pk in numbers(world.rows[Partition]))
    return entry.expected


def in_api(world: World, entry: Listed, expected: frozenset[str]) -> set[str]:
    """What the API has for the marks: these, or the keys of the tasks that bear them."""
    return set(expected) if entry.api_pattern == MARK else {str(pk) for _n, pk in numbers(world.rows[Task])}


def check(world: World, name: str, entry: Listed) -> None:
    expected = expected_of(world, name, entry)
    found, count = shown(world, name, entry)
    assert set(found) == expected, (name, sorted(expected - set(found))[:5], sorted(set(found) - expected)[:5])
    assert set(found.values()) == {1}, (name, [one for one, times in found.items() if times > 1][:5])
    if entry.counted:
        assert count == len(expected), name
    if entry.export:
        answer = client_of(world, entry.role).get(address(entry.export), asked(world, entry.query))
        assert answer.status_code == 200, entry.export
        assert set(re.findall(MARK, text_of(answer))) == expected, entry.export
    if entry.api:
        assert by_api(world, entry) == Counter(in_api(world, entry, expected)), entry.api


@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_every_row_that_is_looked_for_once_and_its_export_and_api_the_same(
    world: World, name: str
) -> None:
    check(world, name, LISTS[name])


@pytest.fixture
def crowded(world: World) -> World:
    """Units and places as well; taken back with the test, because every page offers them to choose from."""
    crowd(world)
    return world


def test_units_and_places_are_listed_and_offered_whole(crowded: World) -> None:
    for name, entry in CROWDED.items():
        check(crowded, name, entry)
    client = client_of(crowded, "supervision")
    for name in ("unit_options", "place_options"):
        said = client.get(reverse(name), WORD).content.decode()
        assert len(re.findall(r'value="合', said)) == 21  # and the word itself, with what is said of the others
        assert f"共 {len(LOOKED_FOR)} 个" in said


def test_a_list_that_is_added_is_named_here() -> None:
    exempt = {name for names in NO_LISTS.values() for name in names}
    exports = {entry.export for entry in (*LISTS.values(), *CROWDED.values())}
    named = {pattern.name for route, pattern in patterns() if "accounts/" not in route}
    plain = {p.name for route, p in patterns() if "<" not in route and "accounts/" not in route and "api/" not in route}
    unknown = plain - exempt - exports - set(LISTS) - set(CROWDED) - {None}
    assert not unknown, f"{sorted(unknown)} {HOW_TO_ADD}"
    assert exempt <= named, exempt - named
    assert set(LISTS) | set(CROWDED) <= named


def test_a_list_of_the_api_that_is_added_is_named_here() -> None:
    """Those are lists that answer with rows and their count."""
    found = set()
    schema = api.get_openapi_schema()
    for path, operations in schema["paths"].items():
        said = json.dumps(operations.get("get", {}).get("responses", {}))
        reference = re.search(r"#/components/schemas/(\w+)", said)
        properties = schema["components"]["schemas"][reference[1]]["properties"] if reference else {}
        if "rows" in properties:
            assert {"count", "next"} <= set(properties), path
            found.add(path.removeprefix("/api/"))
        assert '"type": "array"' not in said or path in BARE, f"{path} answers with a list that says no count"
    named = {entry.api for entry in (*LISTS.values(), *CROWDED.values()) if entry.api}
    assert found - named - set(API_LISTS) == set(), f"the API's list {HOW_TO_ADD}"
    assert named <= found


def test_what_waits_for_somebody_is_what_the_page_of_the_case_lets_them_do(world: World) -> None:
    """The list asks the database, the page of a case one row: both say the same, for every role, at every step."""
    flow = Case.objects.select_related("flow")[0].flow
    steps = [step.id for step in engine_of(flow).flow.steps]
    some = list(Case.objects.order_by("pk")[:120])
    for n, case in enumerate(some):
        case.open_steps = ",".join(steps[n % len(steps) :][: 1 + n % 2])
        case.unit = None if n % 5 == 0 else case.unit
    Case.objects.bulk_update(some, ["open_steps", "unit"])
    nodes = engine_of(flow).flow.by_id
    for role, user in world.county.users.items():
        actor = actor_for(user, DAY, grants_of(user, DAY))
        if not actor.may("case.view"):
            continue
        mine = {case.pk for case in CASES.found(actor, {"mine": "1"})}
        for case in some:
            wanted = {post for step in case.open_steps.split(",") for post in nodes[step].roles}
            assert (case.pk in mine) == (bool(posts_of(actor, case, wanted)) and sight(actor).sees(case)), (role, case)


def test_a_desk_with_few_cases_among_many_sees_all_of_them(world: World) -> None:
    """Those of others are due first, and are more than any page: 264 of 5,000."""
    waiting = [case.pk for case in world.rows[Case]][-264:]
    Case.objects.filter(pk__in=waiting).update(open_steps="assign", due=MADE.replace(year=2030))
    answers = list(pages(client_of(world, "desk"), "case_mine", {}))
    assert [answer.context["page"].count for answer in answers] == [264] * 6
    seen = [row.case.pk for answer in answers for row in answer.context["list"].lines]
    assert sorted(seen) == sorted(waiting)
    assert [answer.context["page"].first for answer in answers] == [1, 51, 101, 151, 201, 251]


def test_pages_by_key_lead_back_as_they_led_on(world: World) -> None:
    """Rows without a day on which they are due stand last, and the way back is the way there."""
    client = client_of(world, "desk")
    there = [answer.context["page"] for answer in pages(client, "case_list", WORD)]
    assert sum(len(page.rows) for page in there) == len(LOOKED_FOR)
    back, key = [there[-1]], there[-1].before
    while key:
        page = client.get(reverse("case_list"), {**WORD, "before": key}).context["page"]
        back.append(page)
        key = page.before
    assert [[row.pk for row in page.rows] for page in reversed(back)] == [
        [row.pk for row in page.rows] for page in there
    ]
    assert [page.first for page in reversed(back)] == [page.first for page in there]


def test_a_page_whose_rows_were_done_in_between_is_not_empty(world: World) -> None:
    client = client_of(world, "desk")
    first = client.get(reverse("case_list")).context["page"]
    Case.objects.exclude(pk__in=[row.pk for row in first.rows]).update(ended_at=MADE, open_steps="")
    for key in ("after", "before"):
        page = client.get(reverse("case_list"), {key: first.after}).context["page"]
        assert [row.pk for row in page.rows] == [row.pk for row in first.rows]
        assert (page.count, page.first, page.after, page.before) == (50, 1, "", "")


@pytest.mark.parametrize(
    "key",
    ["x", "~~", "2024-06-03T01:00:00~2024-06-03T01:00:00~1", f"~2024-06-03T01:00:00Z~{'9' * 30}",
     "0001-01-01T00:00:00+14:00~2024-06-03T01:00:00Z~1", "\0~\0~\0"],
)  # fmt: skip
def test_a_key_that_is_none_shows_the_first_page(world: World, key: str) -> None:
    page = client_of(world, "desk").get(reverse("case_list"), {"after": key}).context["page"]
    assert page.first == 1


def test_reports_that_speak_of_problems_are_counted_whole_where_they_are_shown_in_part(world: World) -> None:
    answer = client_of(world, "supervision").get(reverse("problem_list"), {"q": "没有这样的问题"})
    assert f"{ROWS} 份填报反映的问题" in answer.content.decode()
    assert f"显示 200 条,共 {ROWS} 条" in answer.content.decode()


def test_a_token_that_is_valid_is_shown_however_many_were_stopped_since(world: World) -> None:
    user = world.county.users["supervision"]
    rows = [
        ApiToken(user=user, name=mark(n), sha256=f"{n:064}", created_at=MADE, revoked_at=None if n == 0 else MADE)
        for n in range(ROWS)
    ]
    ApiToken.objects.bulk_create(rows, batch_size=500)
    said = client_of(world, "supervision").get(reverse("tokens")).content.decode()
    assert mark(0) in said
    assert f"显示 50 条,共 {ROWS} 条" in said


def test_the_public_interface_says_how_many_cases_there_are_and_leads_to_all(world: World) -> None:
    client, found = Client(), Counter[str]()
    here = "/open311/v2/requests.json?start_date=2024-06-01T00:00:00Z&end_date=2024-06-20T00:00:00Z"
    Case.objects.update(opened_at=MADE)
    while here:
        answer = client.get(here)
        assert answer["X-Total-Count"] == str(ROWS)
        found.update(str(row["service_request_id"]) for row in answer.json())
        link = re.fullmatch(r'<http://testserver([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        here = link[1] if link else ""
    assert found == Counter(str(case.pk) for case in world.rows[Case])
    assert client.get("/open311/v2/requests.json?page=0&page_size=2000").status_code == 400
