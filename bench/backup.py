"""Measures a backup of a large county and writes docs/bench/backup.md.

    python bench/backup.py                                                  SQLite alone
    GUATU_DATABASE=postgresql://user@host:port/name python bench/backup.py  PostgreSQL as well, in a database of its own

Half a million audit lines and a gigabyte of photos are made, backed up, tried, and copied by `cp` in the same run: the
ratio says more than the seconds, which depend on the disk.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.web.live import Live, own_database  # noqa: E402

PAGE = ROOT / "docs" / "bench" / "backup.md"
ROWS, PHOTOS, PHOTO = 500_000, 2000, 512 * 1024
Row = tuple[str, str]

FILL = f"""
import datetime, hashlib, os
import django; django.setup()
from django.utils import timezone
from guatu.web.base.files import path_of_digest
from guatu.web.base.models import Attachment, AuditEntry
now = timezone.now()
why = {{"rule": "实际值达到本期应达值的九成为正常", "parts": ["应达 62.5 公里", "实际 60.1 公里", "差 2.4 公里"], "value": 0.9616}}
for at in range(0, {ROWS}, 5000):
    AuditEntry.objects.bulk_create(
        AuditEntry(at=now, action="bench", object_type="dispatch.report", object_id=str(n), after={{**why, "n": n}})
        for n in range(at, at + 5000)
    )
for n in range({PHOTOS}):
    content = os.urandom({PHOTO})
    digest = hashlib.sha256(content).hexdigest()
    path_of_digest(digest).parent.mkdir(parents=True, exist_ok=True)
    path_of_digest(digest).write_bytes(content)
    Attachment.objects.create(sha256=digest, name=f"{{n}}.jpg", size={PHOTO}, media_type="image/jpeg", uploaded_at=now)
"""


def timed(county: Live, *command: str) -> tuple[float, float]:
    """Seconds, and the most memory of the process in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=county.environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"a part of the benchmark failed: {command}")
    return time.perf_counter() - began, used.ru_maxrss / 1024


def copied(paths: list[Path], target: Path) -> float:
    """Seconds that `cp` takes to bring the same bytes onto the disk."""
    began = time.perf_counter()
    subprocess.run(["cp", "-r", *map(str, paths), str(target)], check=True)
    subprocess.run(["sync", "-f", str(target)], check=True)
    return time.perf_counter() - began


def measured(name: str, folder: Path, database: str) -> list[Row]:
    county = Live(folder / "var", database)
    county.data.mkdir(parents=True)
    county.python("guatu.web", "migrate", "--verbosity", "0")
    subprocess.run([sys.executable, "-c", FILL], env=county.environment, cwd=ROOT, check=True)
    target, copy = folder / "backup.tar", folder / "copy"
    copy.mkdir()
    django = (sys.executable, "-m", "guatu.web")
    idle, _memory = timed(county, *django, "check")
    seconds, memory = timed(county, *django, "backup", "--to", str(target))
    plain = copied([path for path in county.data.iterdir() if path.name != "static"], copy)
    tried = Live(folder / "tried", database)
    again, more = timed(tried, *django, "restore", str(target), "--verify")
    rows = [
        (f"{name}: backup, read back and checked", f"{seconds:.1f} s"),
        (f"{name}: of that, starting Django", f"{idle:.1f} s"),
        (f"{name}: memory of the backup", f"{memory:.0f} MB"),
        (f"{name}: size of the backup", f"{target.stat().st_size / 2**20:,.0f} MB"),
        (f"{name}: `restore --verify`", f"{again:.1f} s, {more:.0f} MB"),
        (f"{name}: `cp` of the folder of the data{' (files alone)' if database else ''}", f"{plain:.1f} s"),
        (f"{name}: backup to `cp`", f"{seconds / plain:.1f}"),
    ]
    print(json.dumps(dict(rows), ensure_ascii=False), flush=True)
    return rows


def main() -> int:
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        rows = measured("SQLite", Path(folder) / "sqlite", "")
        with own_database("guatu_bench_backup") as database:
            if database:
                rows += measured("PostgreSQL", Path(folder) / "postgresql", database)
    text = (
        "<!-- Made by `python bench/backup.py`. -->\n\n# Backup\n\n"
        f"A county of {ROWS:,} audit lines and {PHOTOS:,} photos of {PHOTO // 1024} kB ({PHOTOS * PHOTO / 2**30:.1f} GB), measured by "
        f"`python bench/backup.py` on {os.cpu_count()} cores, Python {platform.python_version()}; load when it began: {load:.1f}.\n"
        "A backup takes the snapshot, compresses it, packs it with the files, writes all to the disk and reads all back.\n\n"
        "| What | Measured |\n|---|---|\n"
    )
    PAGE.write_text(text + "".join(f"| {what} | {value} |\n" for what, value in rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
