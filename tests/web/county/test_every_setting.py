"""Every setting that a page or a document names can be changed on a page, by command and by API; each way refuses what
does not fit and gives back what was set."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from guatu.core.dispatch.starting_rules import STARTING_LADDER, STARTING_RULES
from guatu.web.base.declarations import Declared, Several, declaration, declarations
from guatu.web.base.models import AuditEntry, Setting
from guatu.web.base.settings_table import setting
from guatu.web.grids.scheme import EXAMPLE
from tests.house.project import texts
from tests.web.conftest import County
from tests.web.tokens import token_of

pytestmark = pytest.mark.django_db

DAYS = [{"day": "2031-02-03", "working": False, "name": "春节"}]
RULES = [msgspec.to_builtins(one) for one in STARTING_RULES[:-1]] + [
    {"id": "rest", "colour": "green", "zh": "其余", "en": "the rest"}
]
STEPS = [msgspec.to_builtins(one) for one in STARTING_LADDER[:2]]
LONG = "长" * 501
# A value that each takes, what the table keeps of it where that is another, and one that it refuses.
GIVEN: Mapping[str, tuple[Any, Any, Any]] = {
    "county.name": ("临川县", None, LONG),
    "county.code": ("990124", None, "九九零一"),
    "calendar.days": (DAYS, None, [{"day": "2031-02-30", "working": False}]),
    "calendar.years": ([{"year": 2026, "notice": "国办发明电〔2025〕7号"}], None, [{"year": "明年", "notice": "x"}]),
    "accounts.second-factor-roles": (["collector"], None, ["emperor"]),
    "backup.longest-days": (3, None, "三天左右"),
    "directory.closed-until": ("2024-05-01", None, "五月的某天"),
    "dispatch.light-rules": (RULES, None, [{**RULES[0], "when": "days_left >"}]),
    "dispatch.ladder": (STEPS, None, [{**STEPS[0], "when": "reds_in_row >= 1"}]),
    "dispatch.checks": ([{"check": "jump", "limit": 0.3, "severity": "error"}], None, [{"check": "jumps", "limit": 1}]),
    "dispatch.review-levels": ([{"level": "lead"}], ["lead"], [{"level": "mayor"}]),
    "calendar.units": ([{"unit": "UNIT", **DAYS[0]}], {"UNIT": DAYS}, [{"unit": "0", **DAYS[0]}]),
    "supervision.order-number": ("青督〔{year}〕{serial}号", None, "青督〔{yeer}〕号"),
    "supervision.circular-number": ("通〔{year}〕{serial}", None, "通报"),
    "supervision.monthly-number": ("月〔{year}〕{serial}", None, "月报{"),
    "supervision.issuer": ("临川县人民政府办公室", None, LONG),
    "supervision.agency-mark": ("临川县人民政府文件", None, LONG),
    "supervision.circular-recipients": ("各乡镇", None, LONG),
    "supervision.monthly-recipients": ("县政府", None, LONG),
    "supervision.copies-to": ("县纪委", None, LONG),
    "supervision.reply-days": (7, None, 0),
    "supervision.appeal-days": (7, None, 0),
    "notices.remind-reports": (3, None, -1),
    "notices.remind-orders": (3, None, -1),
    "dispatch.grave-steps": ([{"step": "talk"}], None, [{"step": "no-such-step"}]),
    "cases.ways": ([{"name": "短信", "url": "json://127.0.0.1/{to}"}], None, [{"name": "短信", "url": "nowhere"}]),
    "public.opinion-days": (5, None, 0),
    "public.opinions-per-hour": (5, None, 0),
    "public.since": ("2026-01-01", None, "年初"),
    "public.opinion-unit": ("dc", None, "no-such-unit"),
    "notices.urls": ([{"name": "群", "url": "json://127.0.0.1/x", "kinds": ["order"]}], None, [{"url": "nowhere"}]),
    "notices.mail": ("mailtos://a:b@mail.example", None, "mail.example"),
    "site.url": ("https://guatu.example", None, "guatu.example"),
    "cases.public-packs": (["urban_management"], None, ["no_such_pack"]),
    "cases.posts": (
        [{"post": "urban_management/dispatcher", "roles": ["desk"]}], {"urban_management/dispatcher": ["desk"]},
        [{"roles": ["desk"]}],
    ),
    "cases.public-per-hour": (
        [{"use": "report", "most": 5}], {"report": 5, "track": 120, "rate": 20, "open311": 2000},
        [{"use": "report", "most": "许多"}],
    ),
    "cases.reopen-days": (10, None, -1),
    "cases.duty-precedence": ("place-first", None, "anything-first"),
    "evaluation.denominators": (
        [{"rate": "urban_management/satisfaction", "count": "rated", "source": "青禾县考核办法第六条"}], None,
        [{"rate": "urban_management/satisfaction", "count": "reported", "source": "青禾县考核办法第六条"}],
    ),
    "open311.neighbours": (
        [{"name": "linshui", "address": "https://linshui.example", "classes": ["001=urban_management/C0101"]}],
        {"linshui": {"address": "https://linshui.example", "classes": {"001": "urban_management/C0101"}}},
        [{"name": "linshui", "address": "https://linshui.example", "classes": ["001=no_such_pack/A"]}],
    ),
    "grids.most-residents": (2500, None, "两千多人"),
    "grids.rating": (EXAMPLE.read_text(encoding="utf-8").replace("version = ", "# \nversion = ").strip(), None, "rules = 3"),
}  # fmt: skip


def given(name: str, county: County) -> tuple[Any, Any, Any]:
    """With the number of a unit of the county in the place of UNIT."""
    value, kept, wrong = GIVEN[name]
    unit = str(county.unit("柳林镇").pk)
    value, kept = (json.loads(json.dumps(one).replace("UNIT", unit)) for one in (value, kept))
    return value, value if kept is None else kept, wrong


def as_form(declared: Declared[Any], value: Any) -> dict[str, Any]:
    """What the form of the page sends for a value."""
    if declared.kind.control != "rows":
        return {"value": value if isinstance(declared.kind, Several) else str(value)}
    return {
        f"row-{at}-{name}": "\n".join(cell) if isinstance(cell, list) else str(cell)
        for at, row in enumerate(value, start=1)
        for name, cell in row.items()
    }


def on_page(client: Client, name: str, value: Any, token: str = "") -> Any:
    seen = client.get(f"/settings/{name}/").context["line"].stamp
    sent = {"seen": seen, "tried": token, "basis": "府办〔2026〕1号", **as_form(declaration(name), value)}
    answer = client.post(f"/settings/{name}/set/", sent)
    if answer.status_code == 409 and answer.context["tried"] and not token:
        return on_page(client, name, value, answer.context["token"])
    return answer


def by_api(client: Client, token: str, name: str, value: Any, **more: Any) -> Any:
    head = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    seen = client.get(f"/api/settings/{name}", **head).json()["seen"]
    body = json.dumps({"value": value, "seen": seen, **more})
    answer = client.put(f"/api/settings/{name}", body, content_type="application/json", **head)
    if answer.status_code == 409 and "tried" in answer.json() and not more:
        return by_api(client, token, name, value, tried=answer.json()["tried"])
    return answer


def by_command(name: str, value: Any) -> int:
    text = value if isinstance(value, str) else json.dumps(value)
    try:
        call_command("settings", "--yes", "--", "set", name, text)
    except SystemExit as end:
        return int(str(end.code))
    return 0


def kept(name: str) -> Any:
    return Setting.objects.get(name=name, valid_from=timezone.localdate()).value


def test_every_setting_is_walked() -> None:
    assert set(GIVEN) == set(declarations())


@pytest.mark.parametrize("name", GIVEN)
def test_it_is_changed_on_its_page(county: County, admin: Client, name: str) -> None:
    value, stands, wrong = given(name, county)
    refused = on_page(admin, name, wrong)
    assert refused.status_code == 422 and "alert-danger" in refused.content.decode()
    assert not Setting.objects.filter(name=name, valid_from=timezone.localdate()).exists()
    answer = on_page(admin, name, value)
    assert answer.status_code == 302, answer.content.decode()
    assert kept(name) == stands
    assert setting(name) == declaration(name).value(stands)
    line = AuditEntry.objects.latest("id")
    assert (line.action, line.after["name"], line.after["source"]) == ("settings.set", name, "府办〔2026〕1号")


@pytest.mark.parametrize("name", GIVEN)
def test_it_is_changed_by_the_api(county: County, client: Client, name: str) -> None:
    value, stands, wrong = given(name, county)
    token = token_of(county.users["admin"], ["read", "settings"])
    refused = by_api(client, token, name, wrong)
    assert refused.status_code == 422 and refused.json()["field"].startswith("value")
    answer = by_api(client, token, name, value)
    assert answer.status_code == 200, answer.content
    assert kept(name) == stands
    assert answer.json()["value"] == ("***" if declaration(name).secret else stands)


@pytest.mark.parametrize("name", GIVEN)
def test_it_is_changed_by_command(county: County, capsys: pytest.CaptureFixture[str], name: str) -> None:
    value, stands, wrong = given(name, county)
    assert by_command(name, wrong) == 2
    assert "错误" in capsys.readouterr().err
    assert by_command(name, value) == 0
    assert kept(name) == stands
    capsys.readouterr()
    call_command("settings", "get", name)
    said = capsys.readouterr().out.rstrip("\n")
    assert (said if isinstance(stands, str) else json.loads(said)) == stands


@pytest.mark.parametrize("name", GIVEN)
def test_what_the_page_shows_can_be_sent_back_as_it_is(county: County, admin: Client, name: str) -> None:
    _value, stands, _wrong = given(name, county)
    Setting.objects.update_or_create(name=name, valid_from=timezone.localdate(), defaults={"value": stands})
    page = admin.get(f"/settings/{name}/")
    again = on_page(
        admin, name, page.context["line"].declared.kind.rows(stands) if page.context.get("table") else stands
    )
    assert again.status_code == 409 and "没有改动" in again.content.decode()


_NAMES = re.compile(r"[`“( ]((?:[a-z0-9]+)\.[a-z][a-z-]+[a-z])[`”), 。:]")


def named_settings() -> Iterator[tuple[str, str]]:
    """Names that look like those of settings in documents, pages and messages, with where they stand."""
    first = {name.partition(".")[0] for name in declarations()}
    for file, text in texts().items():
        if not file.endswith((".md", ".html", ".po")) or "/reference/" in file or file == "CHANGELOG.md":
            continue
        for name in re.findall(r"(?:settings?|设置)\W{1,3}`?([a-z0-9]+\.[a-z][a-z-]+)", text):
            if name.partition(".")[0] in first:
                yield name, file
        for name in re.findall(r"^\| `([a-z0-9]+\.[a-z][a-z-]+)` \|", text, re.MULTILINE):
            if name.partition(".")[0] in first:
                yield name, file


def test_every_setting_that_a_document_or_a_page_names_is_declared() -> None:
    found = set(named_settings())
    assert len({name for name, _file in found}) > 10
    assert {(name, file) for name, file in found if name not in declarations()} == set()


@pytest.mark.django_db
def test_a_text_that_nobody_set_is_empty_and_no_word_none() -> None:
    texts = [name for name, one in declarations().items() if one.kept_default == ""]
    assert {"county.code", "county.name"} <= set(texts)
    assert {name: setting(name) for name in texts} == dict.fromkeys(texts, "")
