"""Who keeps the county's accounts is told on the first page when a backup is overdue; nobody else is, and no request can say so."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.actions.note_backup import NoteBackup
from guatu.web.base.actors import anonymous
from guatu.web.base.models import AuditEntry, Setting
from guatu.web.base.problems import Denied

pytestmark = pytest.mark.django_db
NOTICE = "最近一次备份是"
NEVER = "还没有做过备份"


def backed_up(days: int) -> None:
    at = timezone.now() - datetime.timedelta(days=days, hours=1)
    perform(NoteBackup({"name": "a.tar", "sha256": "0" * 64}), Context(anonymous(at.date()), at))


def page(client_of: Any, role: str) -> str:
    return str(client_of(role).get(reverse("campaign_map")).content.decode())


def test_the_notice_comes_after_a_week_and_goes_with_the_next_backup(client_of: Any) -> None:
    backed_up(8)
    assert NOTICE in page(client_of, "admin") and "已过 8 天" in page(client_of, "admin")
    assert NOTICE not in page(client_of, "supervision")
    backed_up(7)
    assert NOTICE not in page(client_of, "admin")


def test_the_county_says_how_many_days_are_too_many(client_of: Any) -> None:
    backed_up(3)
    assert NOTICE not in page(client_of, "admin")
    Setting.objects.create(name="backup.longest-days", value=2, valid_from=datetime.date(2020, 1, 1))
    assert NOTICE in page(client_of, "admin")


def test_a_county_that_was_never_backed_up_is_told_so_once_it_is_a_week_old(client_of: Any) -> None:
    assert NEVER not in page(client_of, "admin")
    AuditEntry.objects.create(
        at=timezone.now() - datetime.timedelta(days=9), action="x", object_type="y", object_id="1"
    )
    assert NEVER in page(client_of, "admin")


def test_only_the_command_line_notes_a_backup(actor_of: Any) -> None:
    for context in (
        Context(actor_of("admin"), timezone.now()),
        Context(anonymous(timezone.localdate()), timezone.now(), "r1"),
    ):
        with pytest.raises(Denied):
            perform(NoteBackup({}), context)
    assert not AuditEntry.objects.filter(action="base.back-up").exists()
