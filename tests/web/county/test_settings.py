"""Settings hold from a day on, are changed by whom their declaration names, and rules only after they were tried."""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guatu.core.dispatch.starting_rules import STARTING_RULES
from guatu.web.base.actions import Context, perform
from guatu.web.base.actions.set_setting import SetSetting, TryFirst
from guatu.web.base.actors import Actor, Grant
from guatu.web.base.checks import settings_fit
from guatu.web.base.declarations import declarations
from guatu.web.base.declarations.registry import Undeclared
from guatu.web.base.models import AuditEntry, Setting
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow
from guatu.web.base.selectors.settings import setting_lines, stamp_of
from guatu.web.base.settings_table import misfits, once, setting
from guatu.web.dispatch.actions.issue_circular import IssueCircular
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.selectors.circular_texts import document
from tests.web.conftest import County
from tests.web.supervision.conftest import Office
from tests.web.supervision.conftest import board as board
from tests.web.supervision.conftest import office as office

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def flat(page: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def actor(role: str = "admin") -> Actor:
    return Actor(None, TODAY, (Grant(role, None, None),))


def put(name: str, given: Any, role: str = "admin", **more: Any) -> Setting:
    more.setdefault("seen", stamp_of(Setting.objects.filter(name=name).order_by("-valid_from")))
    return perform(SetSetting(name, given, **more), Context(actor(role), timezone.now()))


def test_a_name_that_no_app_declares_is_an_error_of_the_program() -> None:
    with pytest.raises(Undeclared):
        setting("supervision.reply-dayz")


def test_a_value_holds_from_its_day_on_and_the_past_stays() -> None:
    put("supervision.reply-days", 9, valid_from=TODAY + DAY)
    assert setting("supervision.reply-days") == 5
    assert setting("supervision.reply-days", TODAY + DAY) == 9
    put("supervision.reply-days", None, valid_from=TODAY + 2 * DAY)
    assert setting("supervision.reply-days", TODAY + 3 * DAY) == 5
    assert setting("supervision.reply-days", TODAY + DAY) == 9


def test_no_value_begins_in_the_past_but_the_first_of_what_a_county_always_had() -> None:
    with pytest.raises(Invalid, match="生效日期最早是今天"):
        put("supervision.reply-days", 9, valid_from=TODAY - DAY)
    put("supervision.issuer", "临川县人民政府", valid_from=TODAY - 400 * DAY)
    with pytest.raises(Invalid, match="生效日期最早是今天"):
        put("supervision.issuer", "临川县", valid_from=TODAY - DAY)


def test_two_people_who_change_one_setting_are_told() -> None:
    seen = stamp_of([])
    put("supervision.reply-days", 9)
    with pytest.raises(Conflict, match="刚刚修改了这一项"):
        put("supervision.reply-days", 8, seen=seen)
    with pytest.raises(NotNow, match="没有改动"):
        put("supervision.reply-days", 9)


@pytest.mark.parametrize(
    ("name", "given", "may"),
    [
        ("county.name", "临川县", {"admin"}),
        ("supervision.reply-days", 9, {"admin", "supervision"}),
        ("cases.reopen-days", 9, {"admin", "supervision", "desk"}),
    ],
)
def test_who_may_change_it_is_said_by_its_declaration(name: str, given: Any, may: set[str]) -> None:
    for role in ("admin", "supervision", "desk", "lead", "auditor", "leader"):
        Setting.objects.filter(name=name).delete()
        if role in may:
            put(name, given, role)
        else:
            with pytest.raises(Denied):
                put(name, given, role)


def test_a_secret_is_shown_to_whom_may_change_it_and_stands_in_no_audit_line(
    county: County, as_role: Callable[[str], Client]
) -> None:
    put("notices.mail", "mailtos://a:geheim@mail.example")
    assert "geheim" in as_role("admin").get("/settings/notices.mail/").content.decode()
    for address in ("/settings/", "/settings/notices.mail/", "/api/settings", "/api/settings/notices.mail"):
        assert "geheim" not in as_role("auditor").get(address).content.decode()
    assert "geheim" not in str(AuditEntry.objects.latest("id").after)


def test_a_value_that_no_longer_fits_is_told_and_the_default_holds(
    county: County, as_role: Callable[[str], Client], caplog: pytest.LogCaptureFixture
) -> None:
    Setting.objects.create(name="backup.longest-days", value="a week", valid_from=TODAY)
    with caplog.at_level(logging.ERROR):
        assert setting("backup.longest-days") == 7
    assert "backup.longest-days" in caplog.text
    assert [one.name for one, _why in misfits(TODAY)] == ["backup.longest-days"]
    assert ["backup.longest-days" in one.msg for one in settings_fit(["default"])] == [True]
    page = flat(as_role("admin").get("/settings/").content.decode())
    assert "多少天没有备份就提醒 现有的值不能用:“a week”不是数" in page


def test_nothing_goes_by_a_rule_that_does_not_fit() -> None:
    Setting.objects.create(name="dispatch.ladder", value=[{"id": "x"}], valid_from=TODAY)
    with pytest.raises(Invalid, match="督查阶梯"):
        setting("dispatch.ladder")


def test_within_a_request_settings_are_read_by_one_query_and_again_after_a_write() -> None:
    with CaptureQueriesContext(connection) as queries, once():
        for name in declarations():
            setting(name)
        setting("supervision.reply-days", TODAY - 100 * DAY)
    assert len([one for one in queries if "base_setting" in one["sql"]]) == 1
    with once():
        assert setting("supervision.reply-days") == 5
        put("supervision.reply-days", 9)
        assert setting("supervision.reply-days") == 9


def test_a_search_finds_a_setting_by_its_name_its_words_and_its_value(admin: Client) -> None:
    put("supervision.issuer", "临川县人民政府")
    for sought in ("issuer", "落款", "临川"):
        page = admin.get("/settings/", {"q": sought})
        assert "supervision.issuer" in page.content.decode()
        assert page.context["count"] < len(declarations()) / 2
    changed = admin.get("/settings/", {"changed": "1"})
    assert [line.declared.name for _group, lines in changed.context["groups"] for line in lines] == [
        "county.name", "supervision.issuer",
    ]  # fmt: skip


def test_the_page_says_what_a_setting_held_and_who_changed_it(admin: Client) -> None:
    put("supervision.reply-days", 9, basis="府办〔2026〕1号")
    put("supervision.reply-days", 12, valid_from=TODAY + DAY)
    page = flat(admin.get("/settings/supervision.reply-days/").content.decode())
    assert "府办〔2026〕1号" in page and f"{(TODAY + DAY).isoformat()} 起将改" in page
    assert "默认(5) → 9" in page and " 9 → 12" in page


def test_what_was_typed_stays_where_it_was_refused(admin: Client) -> None:
    rows = {"row-1-day": "2031-02-30", "row-1-working": "False", "row-1-name": "某日", "basis": "某文"}
    page = admin.post("/settings/calendar.days/set/", {"seen": stamp_of([]), **rows})
    text = page.content.decode()
    assert page.status_code == 422 and "第 1 行“日期”" in text
    assert 'value="某日"' in text and 'value="某文"' in text and 'value="2031-02-30"' in text


def test_rows_are_ordered_by_the_numbers_before_them_and_blank_ones_are_left_out(admin: Client) -> None:
    rows = {
        "row-1-level": "parent", "row-1-place": "2", "row-2-level": "supervision", "row-2-place": "1.5",
        "row-3-level": "", "row-3-place": "3",
    }  # fmt: skip
    admin.post("/settings/dispatch.review-levels/set/", {"seen": stamp_of([]), **rows})
    assert setting("dispatch.review-levels") == ("supervision", "parent")


STRICT = [
    {**msgspec.to_builtins(one), "when": "attainment < 5"} if one.id == "far-behind" else msgspec.to_builtins(one)
    for one in STARTING_RULES
]


def test_a_changed_rule_is_saved_only_by_who_has_seen_what_it_changes(office: Office, db: None) -> None:
    with pytest.raises(TryFirst) as first:
        put("dispatch.light-rules", STRICT)
    tried = first.value.tried
    assert tried.changed == len(tried.lines) > 0 and f"{tried.changed} 盏灯会改变" in tried.said
    assert "2024-05" in tried.where and all(line.before != line.after for line in tried.lines)
    assert not Setting.objects.filter(name="dispatch.light-rules").exists()
    put("dispatch.light-rules", STRICT, tried=first.value.data["tried"])
    assert setting("dispatch.light-rules")[5].when == "attainment < 5"


def test_a_trial_of_the_same_rules_changes_no_light(office: Office) -> None:
    with pytest.raises(TryFirst) as same:
        put("dispatch.light-rules", [msgspec.to_builtins(one) for one in STARTING_RULES])
    assert same.value.tried.changed == 0 and same.value.tried.looked_at > 3


def test_a_trial_of_one_rule_counts_for_no_other(office: Office) -> None:
    with pytest.raises(TryFirst) as first:
        put("dispatch.light-rules", STRICT)
    with pytest.raises(TryFirst):
        put("dispatch.light-rules", STRICT[1:], tried=first.value.data["tried"])


def test_a_changed_ladder_says_which_steps_would_be_others(office: Office) -> None:
    steps = [{"id": "phone", "zh": "电话催办", "en": "call", "when": "reds_in_a_row >= 1"}]
    with pytest.raises(TryFirst) as first:
        put("dispatch.ladder", steps)
    assert "电话催办" in {line.after for line in first.value.tried.lines}


def test_the_page_shows_what_would_change_with_links_and_saves_when_it_is_confirmed(
    office: Office, as_role: Callable[[str], Client]
) -> None:
    client = as_role("supervision")
    sent = {f"row-{at}-{key}": value for at, row in enumerate(STRICT, 1) for key, value in row.items()}
    sent["seen"] = setting_lines(actor(), ["dispatch.light-rules"])[0].stamp
    page = client.post("/settings/dispatch.light-rules/set/", sent)
    text = flat(page.content.decode())
    assert "盏灯会改变" in text and "确认保存" in text and 'href="/lights/' in page.content.decode()
    done = client.post("/settings/dispatch.light-rules/set/", {**sent, "tried": page.context["token"]})
    assert done.status_code == 302
    assert setting("dispatch.light-rules")[5].when == "attainment < 5"


def test_a_draft_says_that_nobody_is_set_to_issue_it_and_is_not_issued(office: Office) -> None:
    Setting.objects.filter(name="county.name").delete()
    context = office.context()
    period = office.board.period("2024-05")
    row = perform(MakeCircular(period.pk), context)
    assert document(row, context.actor.today).author == "（发文机关未设置）"
    with pytest.raises(NotNow, match="还没有设置发文机关和县名"):
        perform(IssueCircular(row.pk, row.row_version), context)


def test_no_paper_goes_out_in_nobodys_name(office: Office) -> None:
    order = office.issue()
    Setting.objects.filter(name="county.name").delete()
    client = Client()
    client.force_login(office.board.county.users["supervision"])
    refused = client.get(f"/orders/{order.pk}/order.docx")
    assert refused.status_code == 409 and "还没有设置发文机关和县名" in refused.content.decode()
    put("supervision.issuer", "临川县人民政府办公室", valid_from=order.issued_on)
    assert client.get(f"/orders/{order.pk}/order.docx").status_code == 200


def test_one_of_several_that_is_gone_takes_none_of_the_others_along(county: County, admin: Client) -> None:
    Setting.objects.create(name="accounts.second-factor-roles", value=["lead", "gone"], valid_from=TODAY)
    assert setting("accounts.second-factor-roles") == ("lead",)
    assert [one.name for one, _why in misfits(TODAY)] == ["accounts.second-factor-roles"]
    page = flat(admin.get("/settings/accounts.second-factor-roles/").content.decode())
    assert "“gone”不在可选项中" in page and "其余的仍照此执行" in page and "暂按默认执行" not in page


def test_the_days_of_a_unit_that_has_ended_take_those_of_no_other_along(county: County) -> None:
    gone, here = county.unit("石门镇"), str(county.unit("柳林镇").pk)
    days = [{"day": "2031-02-03", "working": False}]
    put("calendar.units", [{"unit": unit, **days[0]} for unit in (str(gone.pk), here)])
    gone.versions.update(valid_to=TODAY - DAY)
    assert set(setting("calendar.units")) == {str(gone.pk), here} and not misfits(TODAY)


def test_a_page_says_that_the_default_holds_only_where_it_does(county: County, admin: Client) -> None:
    for value, said in (("mail.example", "其余的仍照此执行"), ([1], "暂按默认执行")):
        Setting.objects.update_or_create(name="notices.mail", valid_from=TODAY, defaults={"value": value})
        assert setting("notices.mail") == ("" if "默认" in said else value)
        assert said in flat(admin.get("/settings/notices.mail/").content.decode())


@pytest.mark.parametrize("kept", [5, 1.5, True, "x", [1], [{"x": 1}], {"x": 1}, [None]])
def test_whatever_is_kept_of_a_setting_can_be_shown(county: County, admin: Client, kept: Any) -> None:
    for name in declarations():
        Setting.objects.filter(name=name).delete()
        Setting.objects.create(name=name, value=kept, valid_from=TODAY)
        assert admin.get(f"/settings/{name}/").status_code == 200, name


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("calendar.days", [{"day": "2031-02-03", "working": False}, {"day": "2031-02-03", "working": True}]),
        ("calendar.years", [{"year": 2025, "notice": "甲"}, {"year": 2025, "notice": "乙"}]),
    ],
)
def test_two_rows_of_one_day_or_year_are_refused(name: str, rows: list[dict[str, Any]]) -> None:
    with pytest.raises(Invalid, match="只能有一行"):
        put(name, rows)


def test_a_day_of_a_unit_that_stands_twice_is_refused(county: County) -> None:
    day = {"unit": str(county.unit("柳林镇").pk), "day": "2031-02-03"}
    with pytest.raises(Invalid, match="“2031-02-03”有 2 行,只能有一行"):
        put("calendar.units", [{**day, "working": False}, {**day, "working": True}])


def test_a_change_without_what_was_seen_names_nobody_who_changed_it() -> None:
    with pytest.raises(Invalid) as refused:
        put("supervision.reply-days", 9, seen="")
    assert (refused.value.field, refused.value.code) == ("seen", "setting.not-seen")


def test_a_text_that_is_nested_too_deep_is_no_value() -> None:
    with pytest.raises(Invalid, match="应为 JSON"):
        declarations()["calendar.days"].kind.of_text("[" * 200_000)


@pytest.mark.parametrize("given", [(), ("9", "--default"), ("9", "--file=x"), ("--file=x", "--default")])
def test_a_command_that_names_no_value_or_two_changes_nothing(
    db: None, capsys: pytest.CaptureFixture[str], given: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit):
        call_command("settings", "set", "supervision.reply-days", *given)
    assert "三者取一" in capsys.readouterr().err and not Setting.objects.exists()
