"""A backup under a passphrase: AES-256-GCM in pieces, so that it is written and read in one pass.

The file is 8 bytes of name, 16 of salt, 32 that say whether the passphrase is right, then pieces of 64 KiB with 16
bytes of tag each. The nonce of a piece is its number and whether it is the last: pieces cannot be swapped, left out or
cut off. The key is made by scrypt (32 MB, a tenth of a second), which makes guessing a passphrase dear.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from guatu.web.base.backup.container import Sink, Source
from guatu.web.base.backup.problems import BackupError

NAME = b"GUATUBK1"
_SALT, _PROOF, _TAG = 16, 32, 16
_PIECE = 64 * 1024
SHORTEST = 8


def passphrase_in(path: Path) -> str:
    """The first line of a file. Raises `BackupError` where it cannot be read or is too short."""
    try:
        with path.open(encoding="utf-8") as file:
            found = file.readline().rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        raise BackupError(_("读不出口令文件 %(name)s。") % {"name": path}) from error
    if len(found) < SHORTEST:
        raise BackupError(_("口令文件 %(name)s 的第一行不足 %(n)d 个字符。") % {"name": path, "n": SHORTEST})
    return found


def _keys(passphrase: str, salt: bytes) -> tuple[AESGCM, bytes]:
    """The cipher, and the proof that the passphrase is the one that sealed."""
    made = hashlib.scrypt(passphrase.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=2**26, dklen=64)
    return AESGCM(made[:32]), hmac.digest(made[32:], NAME + salt, "sha256")


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealer:
    """Takes bytes, writes them sealed; `close` writes the last piece and leaves the file open."""

    def __init__(self, out: Sink, passphrase: str) -> None:
        salt = os.urandom(_SALT)
        self._cipher, proof = _keys(passphrase, salt)
        self._out, self._held, self._number = out, bytearray(), 0
        out.write(NAME + salt + proof)

    def write(self, data: bytes, /) -> None:
        self._held += data
        whole = (len(self._held) - 1) // _PIECE * _PIECE  # one byte at least stays for the last piece
        for at in range(0, max(0, whole), _PIECE):
            self._seal(bytes(self._held[at : at + _PIECE]), last=False)
        del self._held[: max(0, whole)]

    def close(self) -> None:
        self._seal(bytes(self._held), last=True)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last), piece, None))
        self._number += 1


class Opener:
    """Reads what `Sealer` wrote, after the 8 bytes of `NAME`."""

    def __init__(self, source: Source, passphrase: str) -> None:
        salt, proof = source.read(_SALT), source.read(_PROOF)
        if len(salt) + len(proof) < _SALT + _PROOF:
            raise BackupError(_("备份文件不完整:开头就断了。请换一份备份。"))
        self._cipher, right = _keys(passphrase, salt)
        if not hmac.compare_digest(proof, right):
            raise BackupError(_("口令不对,或备份文件的开头(第 8 至 55 字节)已损坏。"))
        self._source, self._number = source, 0
        self._ahead = source.read(_PIECE + _TAG)
        self._open, self._ended = b"", False

    def read(self, size: int, /) -> bytes:
        while not self._open and not self._ended:
            self._next()
        found, self._open = self._open[:size], self._open[size:]
        return found

    def _next(self) -> None:
        piece, self._ahead = self._ahead, self._source.read(_PIECE + _TAG)
        self._ended = not self._ahead
        try:
            self._open = self._cipher.decrypt(_nonce(self._number, self._ended), piece, None)
        except InvalidTag as error:
            at = len(NAME) + _SALT + _PROOF + self._number * (_PIECE + _TAG)
            raise BackupError(
                _("备份文件已损坏或不完整:从第 %(at)d 字节起的一段打不开。请换一份备份。") % {"at": at}
            ) from error
        self._number += 1
