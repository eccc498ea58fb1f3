"""The box of opinions: anybody writes, one office answers by its day, who wrote is known to nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from guatu.web.base.calendar import calendar
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Denied, Invalid
from guatu.web.public.actions.opinions import AnswerOpinion
from guatu.web.public.models import Opinion
from tests.conftest import TODAY
from tests.web.public.conftest import Board

pytestmark = pytest.mark.django_db
BOX = "/open/opinions/"


@pytest.fixture
def box(board: Board) -> Board:
    cache.clear()
    board.setting("public.opinion-unit", "d0")
    return board


def write(text: str = "路灯太暗", **more: str) -> Any:
    return Client(headers={"Accept-Language": "zh-CN"}).post(BOX, {"text": text, "once": "k" * 20, **more})


def test_without_an_office_the_box_is_closed(board: Board) -> None:
    assert "意见箱现在没有开放" in board.read(BOX)
    assert write().status_code == 409 and not Opinion.objects.exists()


def test_an_opinion_is_followed_by_its_code_and_answered(box: Board) -> None:
    taken = write(contact="13900001234")
    row = Opinion.objects.get()
    assert row.code in taken.content.decode() and not taken.cookies
    assert row.due_on == calendar().shift(TODAY, 10)
    follow = f"/open/opinions/follow/?code={row.code.lower()}"
    assert "路灯太暗" in box.read(follow) and "13900001234" not in box.read(follow)
    client = box.as_("lead")
    assert "13900001234" in client.get(f"/opinions/{row.pk}/").content.decode()
    assert client.post(f"/opinions/{row.pk}/answer", {"seen": 1, "reply": ""}).status_code == 422
    assert client.post(f"/opinions/{row.pk}/answer", {"seen": 1, "reply": "已换灯头"}).status_code == 302
    assert "已换灯头" in box.read(follow)
    assert box.get("/open/opinions/follow/?code=AAAA-BBBB-CCCC").status_code == 404


def test_another_office_neither_sees_nor_answers_it(box: Board) -> None:
    write()
    row = Opinion.objects.get()
    assert box.as_("town").get(f"/opinions/{row.pk}/").status_code == 404
    with pytest.raises(Denied):
        box.act(AnswerOpinion(row.pk, 1, "x"), "town")


def test_the_same_form_twice_is_one_opinion_and_another_text_another(box: Board) -> None:
    first, second = write(), write()
    assert Opinion.objects.count() == 1
    assert Opinion.objects.get().code in second.content.decode() and first.status_code == second.status_code == 200
    write("另一条")
    assert Opinion.objects.count() == 2


def test_programs_and_floods_are_kept_out_and_what_was_typed_stays(box: Board) -> None:
    assert write(website="x").status_code == 422
    long = write("长" * 5000)
    assert long.status_code == 422 and "长" * 100 in long.content.decode()
    box.setting("public.opinions-per-hour", 3)
    statuses = [write(f"第 {n} 条").status_code for n in range(4)]
    assert statuses[-1] == 429 and Opinion.objects.count() < 4


def test_the_trail_keeps_neither_text_nor_contact(box: Board) -> None:
    write("密语在此", contact="13900001234")
    line = AuditEntry.objects.get(action="public.take-opinion")
    assert "密语" not in str(line.after) and "139" not in str(line.after)


def test_an_answered_opinion_is_published_without_who_wrote_it(box: Board) -> None:
    write(contact="13900001234")
    row = Opinion.objects.get()
    unit = box.county.unit("县水利局").pk
    with pytest.raises(Invalid):
        box.draft("answer", "lead", source=row.pk, title="", text="")
    box.act(AnswerOpinion(row.pk, 1, "已换灯头"), "lead")
    page = box.put_up(box.draft("answer", "lead", source=row.pk, title="", text="", unit=unit), "lead")
    shown = box.read(f"/open/notices/{page.pk}/")
    assert "路灯太暗" in shown and "已换灯头" in shown and "13900001234" not in shown and row.code not in shown
