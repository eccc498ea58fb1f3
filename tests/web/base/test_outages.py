"""When the disk is full or the database away, the user is told that nothing was saved; nothing typed is lost."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError
from django.test import Client

from guatu.web.base.actions import action
from guatu.web.base.outages import BUSY, FULL, LOST, Outage, outage_of

ERRORS: tuple[tuple[BaseException, Outage], ...] = (
    (OSError(errno.ENOSPC, "No space left on device"), FULL),
    (OSError(errno.EROFS, "Read-only file system"), FULL),
    (OperationalError("database or disk is full"), FULL),
    (OperationalError("attempt to write a readonly database"), FULL),
    (OperationalError('could not extend file "base/1": No space left on device'), FULL),
    (OperationalError("database is locked"), BUSY),
    (OperationalError("FATAL: sorry, too many clients already"), BUSY),
    (OperationalError("connection refused"), LOST),
    (OperationalError("no such table: django_session"), LOST),
    (DatabaseError("file is not a database"), LOST),
    (DatabaseError("database disk image is malformed"), LOST),
)
OURS = (OSError(errno.ENOENT, "no file"), ValueError(), IntegrityError("unique"), ProgrammingError("syntax"), None)


@pytest.mark.parametrize(("error", "outage"), ERRORS, ids=[str(error) for error, _ in ERRORS])
def test_each_outage_is_known_by_what_is_raised(error: BaseException, outage: Outage) -> None:
    assert outage_of(error) is outage


@pytest.mark.parametrize("error", OURS, ids=repr)
def test_what_is_our_own_fault_is_not_called_an_outage(error: BaseException | None) -> None:
    assert outage_of(error) is None


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, client_of: Callable[[str], Client]) -> Callable[..., Client]:
    """A client whose writes, or whose every query, end in an error."""

    def breaking(error: BaseException, **options: Any) -> Client:
        client = client_of("supervision")
        client.raise_request_exception = False

        def fail(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(options.get("of", action), options.get("name", "_write_lines"), fail)
        return client

    return breaking


FORM = {"display_name": "新名字", "language": "zh-hans", "new_password": "hidden-1234", "_key": "k-1"}


@pytest.mark.parametrize(("error", "outage"), ERRORS[:1] + ERRORS[2:3] + ERRORS[5:6] + ERRORS[7:8])
def test_a_form_that_cannot_be_saved_comes_back_with_what_was_typed(
    broken: Callable[..., Client], error: BaseException, outage: Outage
) -> None:
    client = broken(error)
    answer = client.post("/account/", FORM)
    text = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == str(outage.retry_after)
    assert str(outage.message) in text and "没有保存" in text and "was not saved" in text
    assert "新名字" in text and 'name="_key"' in text and "hidden-1234" not in text
    assert "Traceback" not in text and "style=" not in text
    part = client.post("/account/", FORM, headers={"HX-Request": "true"})
    assert part.status_code == 503 and "<html" not in part.content.decode()


def test_programs_are_told_in_json(broken: Callable[..., Client]) -> None:
    client = broken(OperationalError("database is locked"))
    answer = client.post("/account/", FORM, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (503, "database.busy")


def test_a_session_that_cannot_be_read_gives_the_page_too(
    client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    client = client_of("supervision")
    client.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "load", lambda _: (_ for _ in ()).throw(OperationalError("connection refused")))
    for address in ("/tasks/", "/api/tasks"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer["Retry-After"] == "30"
        assert "no-store" in answer["Cache-Control"]
    assert answer.json()["code"] == "database.lost"


def test_a_fault_of_our_own_is_a_page_or_json_without_a_trace(broken: Callable[..., Client]) -> None:
    client = broken(ValueError("inner words"))
    page = client.post("/account/", FORM)
    assert page.status_code == 500 and "inner words" not in page.content.decode()
    answer = client.post("/account/", FORM, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (500, "server.fault")
