"""A notice is written, looked at, put up and taken down; what hangs is what was looked at."""

from __future__ import annotations

import datetime
import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.core.publishing.content import digest_of
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow
from guatu.web.directory.models import Person
from guatu.web.public.actions.draft_release import EditRelease
from guatu.web.public.actions.put_up_release import PutUpRelease
from guatu.web.public.actions.release_files import AddReleaseFile
from guatu.web.public.actions.withdraw_release import DiscardDraft, WithdrawRelease
from guatu.web.public.models import Release
from guatu.web.public.notices import NoticeText, content_of
from guatu.web.public.selectors import open as pages
from tests.conftest import TODAY
from tests.web.public.conftest import Board

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
IDENTITY = "110101199003070011"
TABLE = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"')
"""A table in a statement of either database."""
PDF = b"%PDF-1.7\n%%EOF\n"


def test_nothing_is_public_before_it_is_put_up(board: Board) -> None:
    row = board.draft()
    address = reverse("open_notice", args=[row.pk])
    assert board.get(address).status_code == 404
    assert "停水通知" not in board.read("/open/") + board.read("/open/list/?q=停水") + board.read("/open/feed.xml")
    board.put_up(row)
    page = board.read(address)
    for said in ("停水通知", "城关镇六月十二日停水。", "供水条例第十条", TODAY.isoformat(), "县水利局"):
        assert said in page
    assert "停水通知" in board.read("/open/") and "停水通知" in board.read("/open/list/?q=六月十二日")
    assert "停水通知" in board.read(f"/open/{TODAY.year}/") and "停水通知" in board.read("/open/kinds/notice/")


def test_what_hangs_is_what_was_looked_at_and_its_digest_tells(board: Board) -> None:
    row = board.draft()
    preview = board.as_("supervision").get(reverse("release_detail", args=[row.pk])).content.decode()
    row = board.put_up(row)
    paper = "<p>城关镇六月十二日停水。</p>"
    assert paper in preview and paper in board.read(reverse("open_notice", args=[row.pk]))
    assert row.digest == digest_of(row.title, row.ground, content_of(row))
    line = AuditEntry.objects.get(action="public.put-up")
    assert line.after["digest"] == row.digest and row.given == {}


def test_what_hangs_is_not_changed(board: Board) -> None:
    row = board.hung()
    text = NoticeText(title="别的", ground="x", text="y", from_on=TODAY, unit=row.unit_id)
    for action in (
        EditRelease(row.pk, row.row_version, text),
        PutUpRelease(row.pk, row.row_version),
        DiscardDraft(row.pk, row.row_version),
        AddReleaseFile(row.pk, SimpleUploadedFile("a.pdf", PDF)),
    ):
        with pytest.raises(NotNow):
            board.act(action)


def test_it_is_taken_down_with_a_reason_that_stays(board: Board) -> None:
    row = board.hung()
    with pytest.raises(Invalid, match="原因"):
        board.withdraw(row, "  ")
    board.withdraw(row, "日期有误,另行通知")
    page = board.read(reverse("open_notice", args=[row.pk]))
    assert "已撤回" in page and "日期有误,另行通知" in page and "城关镇六月十二日停水" not in page
    assert "日期有误,另行通知" in board.read("/open/list/") and "停水" not in board.read("/open/feed.xml")
    # Its words find it no more.
    assert "停水通知" not in board.read("/open/list/?q=城关镇六月")
    with pytest.raises(NotNow):
        board.withdraw(Release.objects.get(pk=row.pk))


def test_one_that_was_withdrawn_before_its_first_day_was_never_there(board: Board, on_day: Any) -> None:
    row = board.withdraw(board.put_up(board.draft(from_on=TODAY + 3 * DAY)))
    with on_day(TODAY + 5 * DAY):
        assert board.get(reverse("open_notice", args=[row.pk])).status_code == 404


def test_it_hangs_from_its_first_day_to_its_last(board: Board, on_day: Any) -> None:
    row = board.put_up(board.draft(from_on=TODAY + DAY, until_on=TODAY + 3 * DAY))
    address = reverse("open_notice", args=[row.pk])
    seen = []
    for n in range(6):
        with on_day(TODAY + n * DAY):
            answer = board.get(address)
            seen.append("六月十二日" in answer.content.decode() if answer.status_code == 200 else None)
    assert seen == [None, True, True, True, False, False]
    with on_day(TODAY + 4 * DAY):
        assert "公示期已满" in board.read(address) and "停水通知" in board.read("/open/list/")


def test_days_that_cannot_be_are_refused(board: Board) -> None:
    for values, code in (
        ({"from_on": TODAY - DAY}, "publication.backdated"),
        ({"until_on": TODAY - DAY}, "publication.too-short"),
    ):
        with pytest.raises(Invalid) as problem:
            board.put_up(board.draft(**values))
        assert problem.value.code == code
    listed = "赵青山\t110101199003070038\t一组\t2\t800"
    short = board.of_village("low_income", text="", table=listed, until_on=TODAY + 5 * DAY)
    with pytest.raises(Invalid, match="至少公示 7 天"):
        board.put_up(short)


def test_numbers_of_citizens_and_accounts_never_hang_and_the_rest_is_looked_at(board: Board) -> None:
    Person.objects.create(name="赵青山")
    for text in (f"证件 {IDENTITY}", "卡号 4111 1111 1111 1111"):
        with pytest.raises(Invalid) as problem:
            board.put_up(board.draft(text=text), checked=True)
        assert problem.value.code == "public.personal-number"
    with pytest.raises(Invalid) as problem:
        board.put_up(board.draft(title=f"{IDENTITY}公示"), checked=True)
    assert IDENTITY not in str(problem.value)
    row = board.draft(text="联系人赵青山,13900001234")
    with pytest.raises(Invalid, match="赵青山"):
        board.put_up(row)
    assert board.put_up(row, checked=True).state == "released"


def test_of_people_in_a_table_hangs_the_mask_alone_and_what_was_typed_is_gone(board: Board) -> None:
    row = board.of_village(
        "low_income",
        text="",
        title="低保公示",
        table="姓名\t公民身份号码\t村民小组\t保障人数\t月补助金额(元)\n赵青山\t110101199003070038\t一组\t2\t1,200",
        until_on=TODAY + 10 * DAY,
    )
    row = board.put_up(row, "town")
    page = board.read(reverse("open_notice", args=[row.pk]))
    assert "赵**" in page and "1,200" in page and "一组" in page
    kept = json.dumps([row.given, row.content, row.words], ensure_ascii=False)
    for secret in ("赵青山", "110101199003070038", "19900307"):
        assert secret not in page and secret not in kept
    assert not AuditEntry.objects.filter(after__icontains="青山").exists()


def test_a_table_that_cannot_be_read_says_where(board: Board) -> None:
    with pytest.raises(Invalid) as problem:
        board.of_village("finance_monthly", period="2026-05", text="", table="2026-05-01,卖树,一百二十,\n2026-05-02,x")
    assert problem.value.field == "table" and "第 1 行应有 5 栏" in str(problem.value)


def test_names_of_the_countys_people_are_hidden_where_that_is_asked_for(board: Board) -> None:
    Person.objects.create(name="赵青山")
    row = board.draft(text="由赵青山负责", without_names=True)
    assert "由赵**负责" in board.read(reverse("open_notice", args=[board.put_up(row).pk]))


def test_a_village_writes_and_its_town_puts_up(board: Board) -> None:
    row = board.of_village("votes")
    with pytest.raises(Denied):
        board.put_up(row, "village")
    assert board.put_up(row, "town").town_name == "柳林镇"
    with pytest.raises(Invalid):
        board.of_village("votes", village="城关东村")
    with pytest.raises(Denied):
        board.draft(role="town")


def test_a_period_is_disclosed_once_and_again_after_a_withdrawal(board: Board) -> None:
    table = "2026-05-01\t卖树\t1200\t\t"
    first = board.put_up(board.of_village("finance_monthly", period="2026-05", text="", table=table))
    second = board.of_village("finance_monthly", period="2026-05", text="", table=table)
    with pytest.raises(NotNow):
        board.put_up(second)
    board.withdraw(first)
    assert board.put_up(second).state == "released"
    with pytest.raises(Invalid, match="哪一期"):
        board.of_village("finance_monthly", period="2026-Q1", text="", table=table)


def test_two_do_not_put_up_over_each_other(board: Board) -> None:
    row = board.draft()
    text = NoticeText(title="改过", ground="x", text="y", from_on=TODAY, unit=row.unit_id)
    board.act(EditRelease(row.pk, row.row_version, text))
    with pytest.raises(Conflict):
        board.put_up(row)


def test_files_are_what_their_bytes_say(board: Board) -> None:
    row = board.draft()
    for name, content in (("a.pdf", b"<html>"), ("a.exe", PDF), ("a.png", PDF[:0])):
        with pytest.raises(Invalid):
            board.act(AddReleaseFile(row.pk, SimpleUploadedFile(name, content)))
    for _twice in range(2):
        board.act(AddReleaseFile(row.pk, SimpleUploadedFile("附件.pdf", PDF)))
    file = row.files.get()
    address = reverse("open_file", args=[row.pk, file.pk])
    assert board.get(address).status_code == 404
    row = board.put_up(row)
    answer = board.get(address)
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Security-Policy"] == "sandbox"
    board.withdraw(row)
    assert board.get(address).status_code == 404


ACTIONS = st.lists(st.sampled_from(["put-up", "withdraw", "edit", "discard", "day"]), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(ACTIONS, st.integers(0, 3), st.integers(0, 3))
def test_its_words_are_public_when_it_was_put_up_and_hangs_and_at_no_other_time(
    board: Board, actions: list[str], ahead: int, length: int
) -> None:
    day, up, gone = TODAY, False, False
    first, last = TODAY + ahead * DAY, TODAY + (ahead + length) * DAY
    row = board.draft(from_on=first, until_on=last, text="密语")
    for name in actions:
        row = Release.objects.filter(pk=row.pk).first() or row
        action: Any = {
            "put-up": PutUpRelease(row.pk, row.row_version),
            "withdraw": WithdrawRelease(row.pk, row.row_version, "更正"),
            "edit": EditRelease(
                row.pk,
                row.row_version,
                NoticeText(title="新", ground="据", text="密语", from_on=first, until_on=last, unit=row.unit_id),
            ),
            "discard": DiscardDraft(row.pk, row.row_version),
        }.get(name)
        if action is None:
            day += DAY
        else:
            try:
                board.act(action, day=day)
            except (Invalid, NotNow):
                continue
            up |= name == "put-up"
            gone |= name in ("withdraw", "discard")
        shown = [one for one in pages.hanging(day) if one.pk == row.pk]
        assert bool(shown) == (up and not gone and first <= day <= last)
        seen = pages.shown_release(row.pk, day)
        assert (bool(seen and seen.blocks)) == bool(shown)
        assert bool(pages.listed(day, q="密语").paginator.count) == bool(shown)
    Release.objects.filter(pk=row.pk).delete()


def addresses(board: Board) -> list[str]:
    """Every address of the public site, each with something to show."""
    row = board.draft()
    board.act(AddReleaseFile(row.pk, SimpleUploadedFile("附件.pdf", PDF)))
    board.put_up(row)
    board.put_up(board.of_village("votes"))
    year, file = TODAY.year, row.files.get()
    named = {
        "open_notice": [row.pk], "open_file": [row.pk, file.pk], "open_kind": ["notice"], "open_year": [year],
        "open_kind_year": ["notice", year], "open_kind_feed": ["village_affairs-votes"], "open_archive": [year],
        "open_village": [board.county.places["柳林东村"].code],
    }  # fmt: skip
    plain = ("open_first", "open_list", "open_feed", "open_villages", "open_opinion_follow", "sitemap", "robots")
    return [*(reverse(name, args=args) for name, args in named.items()), *(reverse(name) for name in plain)]


def test_public_pages_read_the_tables_of_notices_alone_and_make_no_cookie(board: Board) -> None:
    """Nothing unreleased can leak from a table that is not looked at. The county's name is a setting."""
    from guatu.web.public.urls import urlpatterns

    known = {one.name for one in urlpatterns if str(one.pattern).startswith(("open/", "sitemap", "robots"))}
    tried = addresses(board)
    with CaptureQueriesContext(connection) as queries:
        board.as_("supervision").get("/releases/new/notice/")
    # A page of who works here does read others: the test can see that.
    assert {"directory_unitversion", "base_user"} <= {name for query in queries for name in TABLE.findall(query["sql"])}
    assert len(known - {"open_opinions"}) == len(tried)
    for address in tried:
        with CaptureQueriesContext(connection) as queries:
            answer = board.get(address)
            b"".join(answer.streaming_content if answer.streaming else [answer.content])
        assert answer.status_code == 200, address
        tables = {name for query in queries for name in TABLE.findall(query["sql"])}
        assert tables <= {"public_release", "public_releasefile", "public_opinion", "base_setting"}, address
        assert not answer.cookies and "Set-Cookie" not in answer, address
        if "opinions" not in address:
            assert "public" in answer["Cache-Control"] and "max-age" in answer["Cache-Control"], address


def test_an_answer_that_is_still_the_same_is_not_sent_again(board: Board) -> None:
    board.hung()
    first = board.get("/open/")
    assert board.get("/open/", **{"If-None-Match": first["ETag"]}).status_code == 304
    board.hung(title="另一份")
    assert board.get("/open/", **{"If-None-Match": first["ETag"]}).status_code == 200


def test_feeds_and_the_archive_hold_what_hangs(board: Board) -> None:
    import zipfile

    from lxml import etree

    row = board.hung(title="甲 & <乙>")
    board.withdraw(board.hung(title="撤回的"))
    feed = etree.fromstring(board.get("/open/kinds/notice/feed.xml").content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [one.findtext(f"{atom}title") for one in feed.iter(f"{atom}entry")] == ["甲 & <乙>"]
    data = board.get(f"/open/{TODAY.year}.zip").content
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        names = made.namelist()
        assert names == [f"{TODAY:%m-%d}-{row.pk}.html", "index.html"]
        assert "六月十二日停水" in made.read(names[0]).decode() and "撤回的" not in made.read("index.html").decode()
    assert data == board.get(f"/open/{TODAY.year}.zip").content
    assert board.get("/open/1999.zip").status_code == 404


def test_who_writes_goes_from_the_list_to_the_public_page(board: Board) -> None:
    client = board.as_("supervision")
    assert "通报" in client.get("/releases/new/").content.decode()
    form = client.get("/releases/new/notice/").content.decode()
    assert 'name="text"' in form and 'name="table"' not in form and 'name="source"' not in form
    unit = board.county.unit("县水利局").pk
    given = {"title": "新公告", "ground": "依据", "text": "正文", "from_on": TODAY.isoformat(), "unit": unit}
    wrong = client.post("/releases/new/notice/", {**given, "ground": ""})
    assert wrong.status_code == 422 and "正文" in wrong.content.decode()
    there = client.post("/releases/new/notice/", given)
    row = Release.objects.get()
    assert there.status_code == 302 and there["Location"] == f"/releases/{row.pk}/"
    assert client.get(f"/releases/{row.pk}/edit/").status_code == 200
    assert client.post(f"/releases/{row.pk}/put-up", {"seen": row.row_version}).status_code == 302
    assert "正文" in board.read(f"/open/notices/{row.pk}/")
    assert "新公告" in client.get("/releases/").content.decode()
    row.refresh_from_db()
    assert client.post(f"/releases/{row.pk}/withdraw", {"seen": row.row_version}).status_code == 422
