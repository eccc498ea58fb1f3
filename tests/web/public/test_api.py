"""What hangs is open to every program; writing needs a token for it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from guatu.web.public.models import Release
from tests.conftest import TODAY
from tests.web.public.conftest import Board
from tests.web.tokens import token_of

pytestmark = pytest.mark.django_db


def sent(board: Board, scopes: list[str], address: str, body: Any, method: str = "post") -> Any:
    client = Client(headers={"Authorization": f"Bearer {token_of(board.county.users['supervision'], scopes)}"})
    return getattr(client, method)(f"/api{address}", json.dumps(body), content_type="application/json")


def test_what_hangs_is_read_without_a_token_and_nothing_else(board: Board) -> None:
    board.draft(title="草稿一份")
    row = board.hung()
    board.withdraw(board.hung(title="撤回一份"))
    found = Client().get("/api/open/notices").json()
    assert [one["title"] for one in found["rows"]] == ["停水通知"]
    one = Client().get(f"/api/open/notices/{row.pk}").json()
    assert one["content"] == [{"type": "text", "text": "城关镇六月十二日停水。", "level": 0}] and one["digest"]
    assert set(one) == {
        "id", "kind", "title", "number", "ground", "from_on", "until_on", "period", "unit", "village", "town",
        "content", "digest",
    }  # fmt: skip
    assert Client().get("/api/open/notices?q=六月&year=2026&kind=notice").json()["count"] == 1
    assert Client().get("/api/open/notices?year=2019").json()["count"] == 0
    assert Client().get("/api/releases").status_code == 401


def test_a_program_writes_puts_up_and_takes_down(board: Board) -> None:
    given = {
        "kind": "notice", "title": "题", "ground": "据", "text": "文", "from_on": TODAY.isoformat(),
        "unit": board.county.unit("县水利局").pk,
    }  # fmt: skip
    assert sent(board, ["read"], "/releases", given).status_code == 403
    made = sent(board, ["publish"], "/releases", given).json()
    where = f"/releases/{made['id']}"
    assert sent(board, ["publish"], where, {**given, "text": "改", "row_version": 1}, "put").json()["row_version"] == 2
    put_up = sent(board, ["publish"], f"{where}/put-up", {"row_version": 2}).json()
    assert put_up["state"] == "released" and put_up["content"][0]["text"] == "改"
    wrong = sent(board, ["publish"], f"{where}/withdraw", {"row_version": 3, "reason": ""})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "reason")
    down = sent(board, ["publish"], f"{where}/withdraw", {"row_version": 3, "reason": "有误"}).json()
    assert (down["state"], down["reason"]) == ("withdrawn", "有误")
    assert board.as_("supervision").get("/api/disclosures").json()["count"] == 0
    assert Release.objects.count() == 1
