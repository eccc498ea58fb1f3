"""The file of a backup: what was written is read, any tar program agrees, and nothing that was altered is taken."""

from __future__ import annotations

import datetime
import hashlib
import io
import random
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.utils import translation

from guatu import __version__
from guatu.web.base.backup.container import BLOCK, FILES, MANIFEST, SECRET, SUMS, Writer, header
from guatu.web.base.backup.manifest import FORMAT, FilesReport, Manifest, Table, encoded
from guatu.web.base.backup.problems import BackupError
from guatu.web.base.backup.reading import read
from guatu.web.base.backup.sealing import NAME, Opener, Sealer

PHRASE = "correct horse"
SIZES = (0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 70_000)


def manifest(**other: Any) -> Manifest:
    known = Manifest(
        format=FORMAT,
        product=__version__,
        made_at=datetime.datetime(2026, 3, 1, 2, 30, tzinfo=datetime.UTC),
        database="sqlite",
        secret="inside",
        migrations=(("base", "0001_initial"),),
        tables={"base_user": Table(3)},
        sequences={},
        files=len(SIZES),
    )
    return msgspec.structs.replace(known, **other)


def photos() -> dict[str, bytes]:
    rng = random.Random(5)
    contents = [rng.randbytes(size) for size in SIZES]
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    return dict(sorted((f"files/{sha[:2]}/{sha}", content) for sha, content in zip(digests, contents, strict=True)))


def members(said: Manifest | None = None) -> list[tuple[str, bytes]]:
    stored = photos()
    report = FilesReport(count=len(stored), bytes=sum(map(len, stored.values())))
    return [
        (MANIFEST, encoded(said or manifest())),
        ("database/guatu.sqlite3.gz", b"rows" * 300),
        (SECRET, b"s" * 64),
        *stored.items(),
        (FILES, encoded(report)),
    ]


def archive(parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    writer = Writer(out, io.BytesIO())
    for name, content in parts:
        writer.add_bytes(name, content)
    writer.close()
    return out.getvalue()


def sealed(plain: bytes, phrase: str = PHRASE) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, phrase)
    for at in range(0, len(plain), 50_000):
        sealer.write(plain[at : at + 50_000])
    sealer.close()
    return out.getvalue()


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., str]:
    """Why a file is not taken, in English; it fails where the file is taken."""
    count = iter(range(10**6))

    def why(content: bytes, phrase: str = "") -> str:
        path, into = tmp_path / "a.tar", tmp_path / f"into-{next(count)}"
        path.write_bytes(content)
        with translation.override("en"), pytest.raises(BackupError) as caught:
            read(path, phrase, into, files=True)
        return caught.value.message

    return why


@pytest.mark.parametrize("phrase", ["", PHRASE])
def test_what_was_written_is_read(tmp_path: Path, phrase: str) -> None:
    plain = archive(members())
    path = tmp_path / "a.tar"
    path.write_bytes(sealed(plain) if phrase else plain)
    found = read(path, phrase, tmp_path / "into", files=True)
    assert found.manifest == manifest() and found.files.count == len(SIZES)
    assert (found.digest, found.size) == (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
    for name, content in members():
        if name not in (MANIFEST, FILES):
            assert (tmp_path / "into" / name).read_bytes() == content
            assert (tmp_path / "into" / name).stat().st_mode & 0o077 == 0


def test_any_tar_program_reads_it_and_its_sums_are_right(tmp_path: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(archive(members()))) as tar:
        tar.extractall(tmp_path, filter="data")
    lines = (tmp_path / SUMS).read_text().splitlines()
    assert [line.split("  ")[1] for line in lines] == [name for name, _content in members()]
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest


def test_a_file_that_was_cut_anywhere_is_refused_with_the_place(refused: Callable[..., str]) -> None:
    whole = archive(members())
    for at in [*range(0, len(whole), 1999), len(whole) - 1]:
        assert "byte" in refused(whole[:at]), at
    assert "What was read last is database/guatu.sqlite3.gz" in refused(whole[: 6 * BLOCK])


def test_a_flipped_bit_anywhere_is_refused(refused: Callable[..., str]) -> None:
    whole, rng = archive(members()), random.Random(11)
    # Every byte of the first members, with their headers and padding, and of the end; some of the long files between.
    places = [
        *range(0, 8 * BLOCK, 7),
        *rng.sample(range(len(whole)), 300),
        *range(len(whole) - 6 * BLOCK, len(whole), 7),
    ]
    for at in places:
        altered = bytearray(whole)
        altered[at] ^= 1 << rng.randrange(8)
        assert refused(bytes(altered)), at


def test_what_was_added_at_the_end_is_refused(refused: Callable[..., str]) -> None:
    whole = archive(members())
    for more in (b"x", bytes(BLOCK), whole):
        assert refused(whole + more)
        assert refused(sealed(whole) + more, PHRASE)


def test_a_photo_that_was_altered_is_named(refused: Callable[..., str]) -> None:
    whole, longest = archive(members()), max(photos().items(), key=lambda pair: len(pair[1]))
    at = whole.index(longest[1])
    said = refused(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert longest[0] in said and "damaged" in said


def test_a_sealed_file_opens_with_its_passphrase_alone(refused: Callable[..., str]) -> None:
    whole = sealed(archive(members()))
    assert "passphrase" in refused(whole) and "--passphrase-file" in refused(whole)
    assert "passphrase is wrong" in refused(whole, "another horse")
    assert b"rows" not in whole and manifest().product.encode() not in whole


def test_a_sealed_file_that_was_cut_altered_or_put_together_anew_is_refused(refused: Callable[..., str]) -> None:
    whole, piece, head = sealed(archive(members())), 64 * 1024 + 16, len(NAME) + 48
    assert len(whole) > head + piece
    for at in (len(NAME) + 3, head, head + 5, head + piece, len(whole) - 1):
        assert refused(whole[:at], PHRASE), f"cut at {at}"
    for at in (len(NAME) + 1, len(NAME) + 20, head, head + piece - 1, head + piece, len(whole) - 1):
        assert refused(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :], PHRASE), f"flipped at {at}"
    assert f"byte {head}" in refused(whole[:head] + whole[head + piece :], PHRASE), "a piece left out"
    long = sealed(bytes(3 * 64 * 1024))
    swapped = long[:head] + long[head + piece : head + 2 * piece] + long[head : head + piece] + long[head + 2 * piece :]
    assert refused(swapped, PHRASE)


@pytest.mark.parametrize("size", [0, 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 200_000])
def test_sealing_keeps_every_length(size: int) -> None:
    plain = random.Random(size).randbytes(size)
    opener = Opener(io.BytesIO(sealed(plain)[len(NAME) :]), PHRASE)
    assert b"".join(iter(lambda: opener.read(10_000), b"")) == plain


@pytest.mark.parametrize(
    "name",
    [
        "../../outside",
        "/tmp/outside",
        "files/aa/../../../outside",
        "files/aa/" + "b" * 64,
        "database/../secret",
        "database/a/b",
        "secret/",
        "static/x.js",
    ],
)
def test_a_name_that_no_backup_has_is_refused_and_nothing_is_written(
    refused: Callable[..., str], tmp_path: Path, name: str
) -> None:
    parts = members()
    parts[1] = (name, b"x")
    assert name in refused(archive(parts))
    written = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {"a.tar"}


def test_a_link_a_second_copy_and_a_wrong_order_are_refused(refused: Callable[..., str]) -> None:
    parts = members()
    whole = archive(parts)
    link = tarfile.TarInfo(SECRET)
    link.type, link.linkname, link.mode = tarfile.SYMTYPE, "/etc/passwd", 0o600
    at = whole.index(header(SECRET, 64))
    assert refused(whole[:at] + link.tobuf(tarfile.GNU_FORMAT, "ascii", "strict") + whole[at + BLOCK :])
    assert "secret" in refused(archive([*parts[:3], parts[2], *parts[3:]]))
    assert refused(archive([parts[0], parts[2], parts[1], *parts[3:]]))
    assert refused(archive(parts[1:])), "no manifest at the beginning"


def test_what_is_no_backup_at_all_is_told_so(refused: Callable[..., str]) -> None:
    for content in (b"", b"PK\x03\x04" + bytes(2000), b"\0" * 4096, b"a" * 4096):
        assert "backup" in refused(content)


def test_a_backup_of_a_newer_version_is_refused_with_both_versions(refused: Callable[..., str]) -> None:
    for said in (manifest(product="99.1.0"), manifest(format=FORMAT + 1, product="99.1.0")):
        assert {"99.1.0", __version__} <= set(
            refused(archive(members(said))).replace(",", " ").replace(";", " ").split()
        )


def test_files_and_secret_are_as_many_as_the_manifest_says(refused: Callable[..., str]) -> None:
    assert "7" in refused(archive(members(manifest(files=7))))
    assert "secret" in refused(archive(members(manifest(secret="environment"))))
    assert MANIFEST in refused(archive([(MANIFEST, b'{"format": 1'), *members()[1:]]))


def test_a_file_that_shrinks_while_it_is_packed_stops_the_backup() -> None:
    writer = Writer(io.BytesIO(), io.BytesIO())
    with translation.override("en"), pytest.raises(BackupError, match="shorter"):
        writer.add_file("database/a", io.BytesIO(b"abc"), 5)
