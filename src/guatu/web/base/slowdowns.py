"""Guessing is slowed down, and nobody can lock out another by it.

Wrong passwords and codes are counted in rows of `Slowdown`, so the count holds over all processes and an administrator
can read and lift it. A try is charged before the password is looked at and given back when it was right: forty tries at
once get no more answers than five in a row.

| counted by | free tries | then |
|---|---|---|
| account and address | 5 | a puzzle, or a wait that doubles from 15 s to 15 min |
| account and known device | 5 | the same; counts of strangers do not reach a known device |
| account, from all addresses | 10 | a puzzle from every other device, or one try in 30 s |
| address, for all accounts | 100 | a puzzle from every other device, or one try in 30 s |
| open session (password asked again, password changed) | 5 | the wait |
| account, second factor | 5 | the wait; known devices have their own count |

A solved puzzle (base.puzzles) replaces any wait at the login, so who knows the password gets in while others guess.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guatu.web.base.models import Slowdown

Kind = Slowdown.Kind

FREE: dict[str, int] = {
    Kind.PAIR: 5,
    Kind.DEVICE: 5,
    Kind.SESSION: 5,
    Kind.CODE: 5,
    Kind.ACCOUNT: 10,
    Kind.ADDRESS: 100,
}
# Hashes of a puzzle as a power of two. A page does about a million a second on one core, so what strangers can bring
# about for others stays within ten seconds even after two thousand guesses, and is under one second after a hundred.
HARDEST: dict[str, int] = {Kind.PAIR: 24, Kind.DEVICE: 24, Kind.ACCOUNT: 23, Kind.ADDRESS: 19}
EASIEST = 16
WIDE = (Kind.ACCOUNT, Kind.ADDRESS)

FIRST_WAIT = datetime.timedelta(seconds=15)
LONGEST_WAIT = datetime.timedelta(minutes=15)
WIDE_WAIT = datetime.timedelta(seconds=30)
FORGET = datetime.timedelta(days=1)
MOST_ROWS = 50_000
_PURGE_EVERY = 500


@dataclass(frozen=True)
class Counter:
    """One thing that is counted; `text` names it and is kept as a keyed hash."""

    kind: str
    text: str
    user_id: int | None = None
    address: str = ""

    @property
    def key(self) -> str:
        return salted_hmac("guatu.slowdown", f"{self.kind}:{self.text}", algorithm="sha256").hexdigest()


class Slowed(Exception):
    """The try is not made: not before `until`, at a puzzle of `bits` where one is taken."""

    def __init__(self, until: datetime.datetime, bits: int) -> None:
        super().__init__(until)
        self.until = until
        self.bits = bits


@dataclass(frozen=True)
class Attempt:
    """A try that was charged. `own` is the count of the one who tries, `wide` those that strangers share."""

    own: str
    wide: tuple[str, ...]

    def succeeded(self) -> None:
        """The own count ends; the wide ones lose this try and keep the others: an attacker may log in as himself."""
        Slowdown.objects.filter(key=self.own).delete()
        Slowdown.objects.filter(key__in=self.wide, failures__gt=0).update(failures=F("failures") - 1)


def bits_wanted(counters: Sequence[Counter]) -> int:
    """How hard a puzzle must be for the next try; 0 where none is needed. Reads only."""
    return _bits(_read(counters, timezone.now()))


def begin(counters: Sequence[Counter], *, solved: bool = False) -> Attempt:
    """Charges a try to its counters, the own one first.

    Raises:
        Slowed: it has to wait; nothing is charged, so asking again and again makes no wait longer.
    """
    own, *wide = counters
    now = timezone.now()
    # Refusals are most of an attack: they only read, and take no lock that others wait for.
    rows = _read(counters, now)
    if own.key in rows or not _bits(rows):
        _check(own, rows, now, solved)
    with transaction.atomic():
        locked = [_row(counter, now) for counter in sorted(counters, key=lambda counter: counter.key)]
        rows = {row.key: row for row in locked if row.failures or row.key == own.key}
        waiting = _check_first(own, rows, now, solved)
        if waiting is None:
            _charge(own, rows, locked, now)
    if any(row.pk % _PURGE_EVERY == 0 for row in locked):
        purge(now)
    if waiting is not None:
        raise waiting
    return Attempt(own.key, tuple(counter.key for counter in wide))


def _check(own: Counter, rows: dict[str, Slowdown], now: datetime.datetime, solved: bool) -> None:
    bits = _bits(rows)
    if bits and not solved and own.key in rows and now < rows[own.key].next_at:
        raise Slowed(rows[own.key].next_at, bits)


def _check_first(own: Counter, rows: dict[str, Slowdown], now: datetime.datetime, solved: bool) -> Slowed | None:
    """The same inside the transaction; who comes new while others fail begins to wait, which has to be written."""
    row, bits = rows[own.key], _bits(rows)
    if not bits or solved:
        return None
    if row.failures == 0 and row.next_at == row.last_at == now:
        row.next_at = now + WIDE_WAIT
        row.save(update_fields=["next_at"])
    return Slowed(row.next_at, bits) if now < row.next_at else None


def _charge(own: Counter, rows: dict[str, Slowdown], locked: list[Slowdown], now: datetime.datetime) -> None:
    wide = any(_bits_of(row) for row in locked if row.kind in WIDE)
    for row in locked:
        row.failures += 1
        row.last_at = now
    mine = rows[own.key]
    mine.next_at = now + max(_wait(mine), WIDE_WAIT if wide else datetime.timedelta())
    for row in locked:
        row.save(update_fields=["failures", "last_at", "next_at"])


def _read(counters: Sequence[Counter], now: datetime.datetime) -> dict[str, Slowdown]:
    keys = [counter.key for counter in counters]
    return {row.key: row for row in Slowdown.objects.filter(key__in=keys, last_at__gt=now - FORGET)}


def _row(counter: Counter, now: datetime.datetime) -> Slowdown:
    """The row of a counter, locked until the transaction ends; what is forgotten begins anew."""
    rows = Slowdown.objects.select_for_update()
    row = rows.filter(key=counter.key).first()
    if row is None:
        try:
            with transaction.atomic():
                row = Slowdown.objects.create(
                    key=counter.key,
                    kind=counter.kind,
                    user_id=counter.user_id,
                    address=counter.address,
                    last_at=now,
                    next_at=now,
                )
        except IntegrityError:  # another try at the same instant made it
            return rows.get(key=counter.key)
    elif row.last_at <= now - FORGET:
        row.failures, row.last_at, row.next_at = 0, now, now
    return row


def _wait(row: Slowdown) -> datetime.timedelta:
    excess = row.failures - FREE[row.kind]
    return min(FIRST_WAIT * 2 ** min(excess, 10), LONGEST_WAIT) if excess >= 0 else datetime.timedelta()


def _bits(rows: dict[str, Slowdown]) -> int:
    return max((_bits_of(row) for row in rows.values()), default=0)


def _bits_of(row: Slowdown) -> int:
    """One bit more, which is twice the work, each time the failures have doubled."""
    times = row.failures // FREE[row.kind]
    return min(EASIEST - 1 + times.bit_length(), HARDEST.get(row.kind, EASIEST)) if times else 0


def purge(now: datetime.datetime) -> None:
    """Forgotten rows go, and of too many those with the fewest failures; the count of an account that exists stays.

    So a flood of made-up names or addresses can push out counts of made-up names and of addresses, and nothing else.
    """
    Slowdown.objects.filter(last_at__lte=now - FORGET).delete()
    over = Slowdown.objects.count() - MOST_ROWS
    if over > 0:
        pushed = Slowdown.objects.exclude(kind__in=(Kind.ACCOUNT, Kind.CODE), user__isnull=False)
        gone = list(pushed.order_by("failures", "last_at").values_list("pk", flat=True)[: over + MOST_ROWS // 10])
        Slowdown.objects.filter(pk__in=gone).delete()


def active(now: datetime.datetime) -> Q:
    """Rows by which somebody is slowed down now."""
    over = Q()
    for kind, free in FREE.items():
        over |= Q(kind=kind, failures__gte=free)
    return Q(last_at__gt=now - FORGET) & (over | Q(next_at__gt=now))


def forget_user(user_id: int) -> int:
    """All counts of an account end: its password was set anew, or an administrator lifts them."""
    return Slowdown.objects.filter(user_id=user_id).delete()[0]
