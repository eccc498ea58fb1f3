"""What the server keeps can be read by nobody else on the machine."""

import os
import subprocess
import sys
from pathlib import Path

from guatu.web.serving.private import DAY, forget_unfinished, spool

EVERYBODY = 0o077


def test_files_of_an_earlier_version_are_mended_and_new_ones_are_made_private(tmp_path: Path) -> None:
    for name in ("guatu.sqlite3", "guatu.sqlite3-wal", "files/ab/abcd"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
        path.chmod(0o644)
        path.parent.chmod(0o755)
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    elsewhere.write_text("x")
    elsewhere.chmod(0o644)
    (tmp_path / "link").symlink_to(elsewhere)
    (tmp_path / "guatu.sqlite3").unlink()
    environment = {**os.environ, "GUATU_DATA": str(tmp_path), "GUATU_DATABASE": ""}
    write = (
        "from django.conf import settings; (settings.DATA / 'new').write_text('x'); (settings.DATA / 'made').mkdir()"
    )
    for arguments in (("shell", "-v0", "-c", write), ("createcachetable",)):
        done = subprocess.run(
            [sys.executable, "-m", "guatu.web", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "guatu.sqlite3").exists()
    # Behind a closed door the modes of uploads do not matter.
    paths = [tmp_path, *(path for path in tmp_path.iterdir() if path.name != "link")]
    assert [path.name for path in paths if path.stat().st_mode & EVERYBODY] == []
    assert elsewhere.stat().st_mode & EVERYBODY


def test_bodies_that_a_killed_server_was_receiving_are_removed_after_a_day(tmp_path: Path) -> None:
    left = spool(tmp_path) / "half"
    left.write_text("x")
    since = left.stat().st_mtime
    forget_unfinished(tmp_path, now=since + DAY - 1)
    assert left.exists()
    forget_unfinished(tmp_path, now=since + DAY + 1)
    assert not left.exists()
