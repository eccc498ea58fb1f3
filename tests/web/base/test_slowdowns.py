"""Guessing stays slow, and nobody keeps anybody out by it: counts of failures, waits, puzzles, known devices, lifting."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guatu.web.base import slowdowns
from guatu.web.base.devices import COOKIE
from guatu.web.base.models import AuditEntry, Slowdown, User
from guatu.web.base.puzzles import PARTS, Puzzle, new_puzzle, solve
from tests.web.conftest import PASSWORD, County

pytestmark = pytest.mark.django_db
LOGIN, CODE = "/accounts/login/", "/accounts/2fa/authenticate/"
ATTACKER, OWNER = "198.51.100.7", "203.0.113.9"
Clients = Callable[[str], Client]


@pytest.fixture(autouse=True)
def easy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puzzles begin at a hundred hashes and an address at twenty names: tests meet dozens of both."""
    monkeypatch.setattr(slowdowns, "EASIEST", 7)
    monkeypatch.setitem(slowdowns.FREE, "address", 20)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime.timedelta], None]:
    """Moves the clock on."""
    now = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: now[0])

    def move(by: datetime.timedelta) -> None:
        now[0] += by

    return move


def log_in(name: str, password: str, address: str = ATTACKER, client: Client | None = None, **given: str) -> Any:
    form = {"login": name, "password": password, **given}
    return (client or Client()).post(LOGIN, form, REMOTE_ADDR=address)


def puzzle_for(name: str, address: str, client: Client | None = None) -> dict[str, Any]:
    found: dict[str, Any] = (client or Client()).post(f"{LOGIN}puzzle/", {"login": name}, REMOTE_ADDR=address).json()
    return found


def as_the_page(name: str, password: str, address: str, client: Client | None = None) -> Any:
    """What the page does: asks for a puzzle, solves it, sends the form."""
    client = client or Client()
    given = puzzle_for(name, address, client)
    if not given:
        return log_in(name, password, address, client)
    solution = solve(Puzzle(given["challenge"], given["bits"]))
    return log_in(name, password, address, client, puzzle=given["challenge"], solution=solution)


def fails(name: str, times: int, address: str = ATTACKER) -> list[str]:
    return [log_in(name, "wrong", address).content.decode() for _ in range(times)]


def tried(page: str) -> bool:
    return "用户名或密码不正确" in page


def test_after_five_failures_the_next_try_waits_and_the_page_says_until_when(
    county: County, clock: Callable[..., None]
) -> None:
    pages = fails("town", 7)
    assert [tried(page) for page in pages] == [True] * 5 + [False] * 2
    until = timezone.localtime(timezone.now() + slowdowns.FIRST_WAIT)
    assert f"请在 {until:%H:%M:%S} 之后再试" in pages[5]
    assert "账号没有被锁定" in pages[5]
    assert AuditEntry.objects.filter(action="account.log-in-failed").count() == 5
    clock(slowdowns.FIRST_WAIT)
    assert log_in("town", PASSWORD).status_code == 302


def test_each_failure_after_a_wait_doubles_the_next_one_up_to_a_quarter_of_an_hour(
    county: County, clock: Callable[..., None]
) -> None:
    fails("town", 5)
    waits = []
    for _ in range(9):
        row = Slowdown.objects.get(kind="pair")
        waits.append(int((row.next_at - timezone.now()).total_seconds()))
        clock(row.next_at - timezone.now())
        assert tried(fails("town", 1)[0])
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]


def test_asking_again_and_again_makes_no_wait_longer_and_writes_nothing(county: County) -> None:
    fails("town", 5)
    before = list(Slowdown.objects.order_by("pk").values())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        fails("town", 20)
    assert list(Slowdown.objects.order_by("pk").values()) == before
    assert not [one for one in asked.captured_queries if one["sql"].startswith(("INSERT", "UPDATE"))]


def test_an_attacker_elsewhere_does_not_keep_the_owner_out(county: County) -> None:
    fails("admin", 12)
    for n in range(10):
        fails("admin", 2, f"198.51.100.{n + 10}")
    assert log_in("admin", PASSWORD, OWNER).status_code == 200, "from a strange device a puzzle is wanted"
    assert as_the_page("admin", PASSWORD, OWNER).status_code == 302


def test_an_attacker_at_the_same_address_does_not_keep_the_owner_out(county: County) -> None:
    fails("admin", 10)
    for _ in range(12):
        as_the_page("admin", "wrong", ATTACKER)
    assert as_the_page("admin", PASSWORD, ATTACKER).status_code == 302


def test_a_shared_address_is_never_shut(county: County) -> None:
    """One at the county's offices tries a name after the other: the others go on logging in."""
    for n in range(slowdowns.FREE["address"] + 20):
        log_in(f"nobody-{n}", "x", OWNER)
    assert log_in("town", PASSWORD, OWNER).status_code == 200
    for role in ("town", "leader", "lead"):
        assert as_the_page(role, PASSWORD, OWNER).status_code == 302


def test_many_names_from_one_address_need_puzzles_too(county: County) -> None:
    pages = [log_in(f"nobody-{n}", "x").content.decode() for n in range(slowdowns.FREE["address"] + 30)]
    assert sum(tried(page) for page in pages) == slowdowns.FREE["address"]


def test_guesses_from_many_addresses_meet_puzzles_after_ten(county: County) -> None:
    pages = [log_in("admin", "wrong", f"198.51.100.{n}").content.decode() for n in range(16)]
    assert sum(tried(page) for page in pages) == slowdowns.FREE["account"]


def test_without_scripts_a_new_address_waits_half_a_minute_while_others_guess(
    county: County, clock: Callable[..., None]
) -> None:
    for n in range(12):
        fails("town", 1, f"198.51.100.{n}")
    assert log_in("town", PASSWORD, OWNER).status_code == 200
    clock(slowdowns.WIDE_WAIT / 2)
    assert log_in("town", PASSWORD, OWNER).status_code == 200
    clock(slowdowns.WIDE_WAIT / 2)
    assert log_in("town", PASSWORD, OWNER).status_code == 302


def test_the_puzzle_grows_as_the_failures_double_and_is_bounded(county: County) -> None:
    now = timezone.now()
    row = Slowdown(kind="account", last_at=now, next_at=now)
    found = []
    for row.failures in (9, 10, 19, 20, 40, 80, 10**6):
        found.append(slowdowns._bits_of(row))
    assert found == [0, 7, 7, 8, 9, 10, slowdowns.HARDEST["account"]]


def test_a_known_device_is_slowed_down_by_its_own_failures_alone(county: County) -> None:
    device = Client()
    assert log_in("town", PASSWORD, OWNER, device).status_code == 302
    device.post("/accounts/logout/")
    fails("town", 8, OWNER)
    for n in range(10):
        fails("town", 1, f"198.51.100.{n}")
    assert puzzle_for("town", OWNER, device) == {}
    for _ in range(4):
        assert tried(log_in("town", "wrong", OWNER, device).content.decode())
    assert log_in("town", PASSWORD, OWNER, device).status_code == 302
    device.post("/accounts/logout/")
    pages = [log_in("town", "wrong", OWNER, device).content.decode() for _ in range(8)]
    assert sum(map(tried, pages)) == 5


def test_a_device_is_known_for_the_accounts_that_were_in_on_it_and_until_their_password_changes(county: County) -> None:
    device = Client()
    for role in ("town", "leader"):
        log_in(role, PASSWORD, OWNER, device)
        device.post("/accounts/logout/")
    for role in ("town", "leader", "lead"):
        fails(role, 12)
        for n in range(10):
            fails(role, 1, f"198.51.100.{n}")
    assert [bool(puzzle_for(role, OWNER, device)) for role in ("town", "leader", "lead")] == [False, False, True]
    user = county.users["town"]
    user.set_password("another good horse 7")
    user.save()
    assert puzzle_for("town", OWNER, device)
    value = device.cookies[COOKIE].value
    device.cookies[COOKIE] = value[:-1] + ("B" if value.endswith("A") else "A")
    assert puzzle_for("leader", OWNER, device)


def test_a_puzzle_opens_once_one_name_one_address_and_five_minutes(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails("town", 6)
    fails("leader", 6)

    def solved() -> dict[str, str]:
        given = puzzle_for("town", ATTACKER)
        return {"puzzle": given["challenge"], "solution": solve(Puzzle(given["challenge"], given["bits"]))}

    one = solved()
    assert tried(log_in("town", "wrong", **one).content.decode())
    assert not tried(log_in("town", "wrong", **one).content.decode()), "used twice"
    assert not tried(log_in("leader", "wrong", **solved()).content.decode()), "for another name"
    elsewhere = {**solved()}
    for n in range(12):
        fails("town", 1, f"198.51.100.{n + 20}")
    assert not tried(log_in("town", "wrong", OWNER, **elsewhere).content.decode()), "from another address"
    late = solved()
    there = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: there)
    assert not tried(log_in("town", "wrong", **late).content.decode()), "too late"


@pytest.mark.parametrize(
    "solution", ["", "1", ",".join(["1"] * PARTS), ",".join(["-1"] * PARTS), "x," * PARTS, "9" * 4000]
)
def test_a_puzzle_that_is_not_solved_opens_nothing(county: County, solution: str) -> None:
    fails("town", 5)
    puzzle = new_puzzle("x" * 64, 24)
    for challenge in (puzzle_for("town", ATTACKER)["challenge"], puzzle.challenge, "made-up", ""):
        page = log_in("town", PASSWORD, puzzle=challenge, solution=solution)
        assert page.status_code == 200, (challenge, solution)


def test_a_name_that_nobody_bears_meets_the_same_with_the_same_queries_and_hashes(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing tells whether an account exists: neither what is said nor the work that is done."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashes = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: hashes.append(1) or encode(*a, **k))

    def told(name: str) -> list[tuple[str, int, list[str]]]:
        found = []
        for _ in range(7):
            hashes.clear()
            with CaptureQueriesContext(connection) as asked:
                page = log_in(name, "wrong").content.decode()
            kinds = sorted(re.sub(r'[^A-Z_a-z"].*', "", one["sql"]) for one in asked.captured_queries)
            said = re.sub(r"\d", "", page[page.index('role="alert"') :][:90])  # without the time
            found.append((said, len(hashes), kinds))
        found.append((str(sorted(puzzle_for(name, ATTACKER))), 0, []))
        return found

    log_in("leader", "wrong")
    assert told("town") == told("my-secret-password")
    assert not AuditEntry.objects.filter(after__icontains="my-secret-password").exists()
    assert not [row for row in Slowdown.objects.values() if "my-secret" in str(row)]


def test_a_name_in_other_letters_and_with_spaces_is_the_same_account(county: County) -> None:
    pages = [log_in(name, "x").content.decode() for name in ("TOWN", " town", "Town ", "tOwn", "town", "toWn", "TOWN")]
    assert sum(map(tried, pages)) == 5


def test_right_logins_in_between_give_an_attacker_no_further_guesses_at_others(county: County) -> None:
    """Who logs in as himself in between takes back his own tries and nothing of what he failed at others."""
    for n in range(4):
        fails("admin", 1, f"198.51.100.{n}")
        assert log_in("town", PASSWORD, f"198.51.100.{n}").status_code == 302
    assert Slowdown.objects.get(kind="account", user=county.users["admin"]).failures == 4
    assert Slowdown.objects.get(kind="address", address="198.51.100.1").failures == 1
    assert not Slowdown.objects.filter(kind="pair", user=county.users["town"]).exists()


@pytest.mark.django_db(transaction=True)
def test_forty_guesses_at_once_get_no_more_than_five_answers(county: County) -> None:
    """The count lies in the database, so that it holds over all threads and processes of the server."""
    # Threads share the one connection of a database in memory and cannot be at work at once.
    workers = 1 if connection.vendor == "sqlite" and connection.is_in_memory_db() else 8
    with ThreadPoolExecutor(workers) as pool:
        pages = list(pool.map(lambda _n: log_in("town", "wrong").content.decode(), range(40)))
    assert sum(map(tried, pages)) == 5


def test_a_day_after_the_last_failure_all_is_forgotten(county: County, clock: Callable[..., None]) -> None:
    fails("town", 8)
    clock(slowdowns.FORGET)
    assert puzzle_for("town", ATTACKER) == {}
    assert [tried(page) for page in fails("town", 5)] == [True] * 5


def test_rows_are_bounded_and_a_flood_does_not_push_out_the_count_of_an_account(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slowdowns, "MOST_ROWS", 60)
    monkeypatch.setattr(slowdowns, "_PURGE_EVERY", 7)
    for n in range(11):
        fails("admin", 1, f"198.51.100.{n}")
    for n in range(100):
        made_up = (slowdowns.Counter("pair", f"name-{n}:a"), slowdowns.Counter("account", f"name-{n}"))
        slowdowns.begin(made_up)
    assert Slowdown.objects.count() <= 60 + 7 * 2
    assert Slowdown.objects.get(kind="account", user=county.users["admin"]).failures == slowdowns.FREE["account"]


def test_the_login_page_says_the_rule_before_the_error(db: None) -> None:
    page = Client().get(LOGIN).content.decode()
    assert "密码输错不会锁定账号" in page and "15 秒到 15 分钟" in page
    english = Client(headers={"Accept-Language": "en"}).get(LOGIN).content.decode()
    assert "do not lock" in english


# The second factor


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def send_codes(client: Client, times: int, address: str = ATTACKER) -> list[Any]:
    return [client.post(CODE, {"code": "000000"}, REMOTE_ADDR=address) for _ in range(times)]


def test_who_has_the_password_gets_few_codes_however_often_he_begins_anew(county: County) -> None:
    totp.TOTP.activate(county.users["leader"], totp.generate_totp_secret())
    asked = 0
    for n in range(6):
        attacker = Client()
        assert log_in("leader", PASSWORD, f"198.51.100.{n}", attacker).status_code == 302
        pages = send_codes(attacker, 8, f"198.51.100.{n}")
        asked += sum(
            "invalid-feedback" in page.content.decode() and "之后再试" not in page.content.decode() for page in pages
        )
    assert asked <= slowdowns.FREE["code"] + 6  # the last of each login says that it ends


def test_a_login_ends_after_five_wrong_codes(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(slowdowns.FREE, "code", 1000)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(county.users["leader"], secret)
    client = Client()
    log_in("leader", PASSWORD, OWNER, client)
    pages = send_codes(client, 6, OWNER)
    assert "重新登录" in pages[5].content.decode()
    assert client.post(CODE, {"code": code_of(secret)}, REMOTE_ADDR=OWNER)["Location"] == LOGIN
    assert client.get("/account/").status_code == 302


def test_the_owner_gets_in_on_a_known_device_while_codes_are_guessed_and_elsewhere_after_the_wait(
    county: County, clock: Callable[..., None]
) -> None:
    secret = totp.generate_totp_secret()
    device, attacker, elsewhere = Client(), Client(), Client()
    log_in("leader", PASSWORD, OWNER, device)
    device.post("/accounts/logout/")
    totp.TOTP.activate(county.users["leader"], secret)
    log_in("leader", PASSWORD, ATTACKER, attacker)
    send_codes(attacker, 20)
    log_in("leader", PASSWORD, "203.0.113.77", elsewhere)
    refused = elsewhere.post(CODE, {"code": code_of(secret)}, REMOTE_ADDR="203.0.113.77")
    assert "之后再试" in refused.content.decode()
    log_in("leader", PASSWORD, OWNER, device)
    assert device.post(CODE, {"code": code_of(secret)}, REMOTE_ADDR=OWNER).status_code == 302
    clock(slowdowns.LONGEST_WAIT)
    cache.clear()  # the code was used a moment ago
    assert elsewhere.post(CODE, {"code": code_of(secret)}, REMOTE_ADDR="203.0.113.77").status_code == 302


# Open sessions


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/accounts/reauthenticate/", {"password": "wrong"}),
        (
            "/accounts/password/change/",
            {"oldpassword": "wrong", "password1": "another good 7", "password2": "another good 7"},
        ),
    ],
)
def test_in_an_open_session_the_password_is_guessed_slowly_and_the_owner_elsewhere_sees_nothing_of_it(
    county: County, address: str, form: dict[str, str]
) -> None:
    thief, owner = Client(), Client()
    for client in (thief, owner):
        log_in("town", PASSWORD, OWNER, client)
    pages = [thief.post(address, form).content.decode() for _ in range(9)]
    assert ["之后再试" in page for page in pages] == [False] * 5 + [True] * 4
    assert owner.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    assert log_in("town", PASSWORD, "192.0.2.1").status_code == 302


# Lifting


def test_the_administrator_sees_who_is_slowed_down_and_lifts_one_an_account_an_address_or_all(
    county: County, client_of: Clients
) -> None:
    admin = client_of("admin")
    fails("town", 6, "192.0.2.1")
    fails("town", 6, "192.0.2.2")
    fails("nobody-here", 6, "192.0.2.2")
    page = admin.get("/users/slowdowns/").content.decode()
    assert "192.0.2.1" in page and "没有这个账号" in page and "nobody-here" not in page
    town = county.users["town"]
    row = Slowdown.objects.get(kind="pair", address="192.0.2.1")
    admin.post("/users/slowdowns/lift/", {"row": row.pk})
    assert not Slowdown.objects.filter(pk=row.pk).exists()
    admin.post("/users/slowdowns/lift/", {"address": "192.0.2.2"})
    assert not Slowdown.objects.filter(address="192.0.2.2").exists()
    assert "登录已放慢" in admin.get(f"/users/{town.pk}/").content.decode()
    admin.post(f"/users/{town.pk}/unlock/")
    assert not town.slowdowns.exists()
    assert log_in("town", PASSWORD, "192.0.2.2").status_code == 302
    fails("leader", 6)
    admin.post("/users/slowdowns/lift/", {"all": "1"})
    assert not Slowdown.objects.exists()
    lines = AuditEntry.objects.filter(action="account.lift-slowdowns").order_by("pk")
    assert [line.before["counts"] for line in lines] == [1, 3, 1, 7]
    assert lines[2].object_id == str(town.pk) and lines[2].before["accounts"] == ["town"]
    assert admin.post("/users/slowdowns/lift/").status_code == 422


@pytest.mark.parametrize("role", ["supervision", "town"])
def test_nobody_else_sees_or_lifts_it(county: County, client_of: Clients, role: str) -> None:
    fails("town", 6)
    assert client_of(role).get("/users/slowdowns/").status_code == 403
    assert client_of(role).post("/users/slowdowns/lift/", {"all": "1"}).status_code == 403
    assert Slowdown.objects.exists()


def test_a_reset_lifts_it_too(county: County, client_of: Clients) -> None:
    fails("town", 12)
    client_of("admin").post(f"/users/{county.users['town'].pk}/password/")
    assert not Slowdown.objects.filter(user=county.users["town"]).exists()


def test_wrong_tokens_slow_down_nobody(county: County) -> None:
    """A token is 256 random bits: guessing is hopeless, and a count would let strangers shut out the county's programs."""
    for n in range(40):
        Client().get("/api/me", headers={"Authorization": f"Bearer guatu_{n:043}"}, REMOTE_ADDR=OWNER)
        Client().post("/open311/v2/requests.json", {"api_key": f"guatu_{n:043}"}, REMOTE_ADDR=OWNER)
    assert not Slowdown.objects.exists()
    assert User.objects.count() and log_in("town", PASSWORD, OWNER).status_code == 302


def test_the_tries_that_are_free_are_those_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    said = re.findall(r"^\| (.+?) \| (\d+) \|", slowdowns.__doc__ or "", re.MULTILINE)
    assert [(first.split()[0].strip(","), int(tries)) for first, tries in said] == [
        ("account", slowdowns.FREE["pair"]), ("account", slowdowns.FREE["device"]),
        ("account", slowdowns.FREE["account"]), ("address", slowdowns.FREE["address"]),
        ("open", slowdowns.FREE["session"]), ("account", slowdowns.FREE["code"]),
    ]  # fmt: skip
