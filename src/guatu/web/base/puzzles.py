"""A puzzle that a page solves before the login, and that makes each guess of a password cost work.

The page looks for sixteen numbers: with the seed and the number of the part, the SHA-256 of each begins with `bits - 4`
zero bits, so that all of them take about 2 ** bits hashes, and nearly the same work each time. A puzzle holds for one
try of one name from one address, for five minutes.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from django.core import signing
from django.core.cache import cache

PARTS = 16
PART_BITS = 4
LIFE = 300
_SALT = "guatu.puzzle"
_LONGEST_NUMBER = 15


@dataclass(frozen=True)
class Puzzle:
    challenge: str
    bits: int
    """Of one part."""

    @property
    def seed(self) -> str:
        return seed_of(self.challenge)


def seed_of(challenge: str) -> str:
    """Short, so that what is hashed fits one block."""
    return hashlib.sha256(challenge.encode()).hexdigest()[:32]


def new_puzzle(key: str, bits: int) -> Puzzle:
    """A puzzle of about 2 ** bits hashes for the count with this key."""
    of_part = max(bits - PART_BITS, 1)
    return Puzzle(signing.dumps([key[:32], of_part, secrets.token_urlsafe(9)], salt=_SALT), of_part)


def is_solved(key: str, challenge: str, solution: str) -> bool:
    """Whether the numbers solve a puzzle of this count that is fresh and was not used before; it is used now."""
    try:
        of, bits, mark = signing.loads(challenge, salt=_SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError):
        return False
    numbers = solution.split(",")
    seed = seed_of(challenge)
    if of != key[:32] or len(numbers) != PARTS:
        return False
    if not all(_fits(seed, part, number, bits) for part, number in enumerate(numbers)):
        return False
    return bool(cache.add(f"guatu-puzzle-{mark}", 1, LIFE))


def _fits(seed: str, part: int, number: str, bits: int) -> bool:
    if not (number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER):
        return False
    found = hashlib.sha256(f"{seed}:{part}:{number}".encode()).digest()
    return int.from_bytes(found[:8], "big") >> (64 - bits) == 0


def solve(puzzle: Puzzle) -> str:
    """What the page does, for programs and tests."""
    numbers = []
    for part in range(PARTS):
        number = 0
        while not _fits(puzzle.seed, part, str(number), puzzle.bits):
            number += 1
        numbers.append(str(number))
    return ",".join(numbers)
