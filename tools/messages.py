"""Brings the catalogues of translations up to date with the code: `make messages`. Needs GNU gettext.

What is new to one app and known to another keeps the translation it has there; what nobody says any more is struck out;
what has none yet is left empty and listed. The compiled catalogues, which the server reads, are made anew.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "src" / "guatu" / "web"
CATALOGUE = Path("locale") / "en" / "LC_MESSAGES" / "django.po"


def main() -> int:
    apps = sorted(path.name for path in WEB.iterdir() if (path / "apps.py").exists() or (path / CATALOGUE).exists())
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        known = copy / "known.po"
        for app in apps:
            # Two lines of work that were put together may have brought the same message twice.
            if (own := WEB / app / CATALOGUE).exists():
                run("msguniq", "--use-first", "--no-wrap", "-o", own, own)
        run(
            "msgcat",
            "--use-first",
            "--no-wrap",
            "-o",
            known,
            *(WEB / app / CATALOGUE for app in apps if (WEB / app / CATALOGUE).exists()),
        )
        for app in apps:
            shutil.copytree(WEB / app, copy / app, ignore=shutil.ignore_patterns("__pycache__", "migrations", "locale"))
            (copy / app / "locale").mkdir()
        run(Path(sys.executable).with_name("django-admin"), "makemessages", "-l", "en", "--no-location", cwd=copy)
        return sum(renewed(app, copy / app / CATALOGUE, known) for app in apps)


def renewed(app: str, found: Path, known: Path) -> int:
    """Renews the catalogue of an app from the messages `found` in it; 1 where one has no translation yet."""
    if not found.exists():
        return 0
    own = WEB / app / CATALOGUE
    own.parent.mkdir(parents=True, exist_ok=True)
    if not own.exists():
        run("msginit", "--locale=en", "--no-translator", "-i", found, "-o", own)
    run("msgmerge", "--quiet", "--no-fuzzy-matching", "--no-wrap", "--compendium", known, "-o", own, own, found)
    run("msgattrib", "--no-obsolete", "--no-wrap", "-o", own, own)
    # Of no use, and different each time.
    own.write_text(
        re.sub(r'^"POT-Creation-Date: .*\n', "", own.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8"
    )
    run("msgfmt", "--check-format", "-o", own.with_suffix(".mo"), own)
    empty = run("msgattrib", "--untranslated", "--no-wrap", own)
    if empty.strip():
        print(f"{own.relative_to(WEB.parent.parent.parent)}: not translated yet\n{empty}")
    return int(bool(empty.strip()))


def run(*command: object, cwd: Path | None = None) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, check=True, capture_output=True, text=True)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
