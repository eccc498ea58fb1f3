"""Every message is there in English too, and what the server reads is what was translated."""

import ast
import fcntl
import gettext
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

WEB = Path(settings.WEB)
Key = tuple[str, str]
"""Context ("" for none) and message id."""

_ENTRY = re.compile(
    r'(?P<notes>(?:#.*\n)*)(?:msgctxt (?P<context>(?:".*"\n)+))?msgid (?P<id>(?:".*"\n)+)'
    r'(?:msgid_plural (?P<plural>(?:".*"\n)+))?msgstr(?:\[0\])? (?P<text>(?:".*"\n?)+)'
)
_IN_TEMPLATE = re.compile(r"""\{%\s*translate\s+(["'])(.+?)\1(?:\s+context\s+(["'])(.+?)\3)?""")
_IN_PYTHON = re.compile(r"""\b(?:_|gettext|gettext_lazy|gettext_noop|ngettext)\(\s*(["'])(.+?)\1\s*[,)]""")
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")


def apps_with_messages() -> list[str]:
    """Apps that say anything to users."""
    return sorted(path.parent.name for path in WEB.glob("*/apps.py") if scanned(path.parent))


def entries(po: Path) -> dict[Key, str]:
    """Translations by context and id, the header left out; entries marked fuzzy count as not translated."""
    found = {}
    for match in _ENTRY.finditer(po.read_text(encoding="utf-8")):
        key = (joined(match["context"] or ""), joined(match["id"]))
        if key[1]:
            fuzzy = any("fuzzy" in line for line in match["notes"].splitlines() if line.startswith("#,"))
            found[key] = "" if fuzzy else joined(match["text"])
    return found


def joined(quoted: str) -> str:
    return "".join(ast.literal_eval(line) for line in quoted.splitlines() if line)


def scanned(app: Path) -> set[Key]:
    """Messages that are plain to see in templates and Python; fewer than gettext finds, and without its tools."""
    found: set[Key] = set()
    for path in app.rglob("*.html"):
        found |= {(m[4] or "", m[2]) for m in _IN_TEMPLATE.finditer(path.read_text(encoding="utf-8"))}
    for path in app.rglob("*.py"):
        found |= {("", m[2]) for m in _IN_PYTHON.finditer(path.read_text(encoding="utf-8"))}
    return found


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, set[Key]] | None:
    """Messages that gettext finds in a copy of each app, looked for once a run; None where it is not here."""
    if not shutil.which("xgettext"):
        return None
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with (shared / "messages.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "messages").exists():
            _extract(shared / "messages")
    return {
        app: set(entries(shared / "messages" / app / "locale" / "en" / "LC_MESSAGES" / "django.po"))
        for app in apps_with_messages()
    }


def _extract(copy: Path) -> None:
    copy.mkdir()
    for app in apps_with_messages():
        shutil.copytree(
            WEB / app, copy / app, ignore=shutil.ignore_patterns("__pycache__", "migrations", "LC_MESSAGES")
        )
        (copy / app / "locale").mkdir(exist_ok=True)
    tool = Path(sys.executable).with_name("django-admin")
    subprocess.run([tool, "makemessages", "-l", "en", "--no-location"], cwd=copy, check=True, capture_output=True)


@pytest.mark.parametrize("app", apps_with_messages())
def test_every_message_of_an_app_is_translated_and_none_is_left_over(
    app: str, extracted: dict[str, set[Key]] | None
) -> None:
    po = WEB / app / "locale" / "en" / "LC_MESSAGES" / "django.po"
    assert po.exists(), f"{app} has messages and no catalogue"
    known = entries(po)
    if extracted is not None:
        wanted = extracted[app]
        assert sorted(set(known) - wanted) == [], "no longer used"
    else:
        wanted = scanned(WEB / app)
    assert sorted(wanted - set(known)) == [], "missing"
    assert sorted(key for key, text in known.items() if not text) == [], "not translated"


@pytest.mark.parametrize("app", apps_with_messages())
def test_what_the_server_reads_is_what_was_translated(app: str) -> None:
    folder = WEB / app / "locale" / "en" / "LC_MESSAGES"
    with (folder / "django.mo").open("rb") as compiled:
        read = gettext.GNUTranslations(compiled)
    for (context, id_), text in entries(folder / "django.po").items():
        found = read.pgettext(context, id_) if context else read.gettext(id_)
        assert found == (text or id_), id_


@pytest.mark.parametrize("app", apps_with_messages())
def test_a_translation_fills_in_the_same_values(app: str) -> None:
    for (_context, id_), text in entries(WEB / app / "locale" / "en" / "LC_MESSAGES" / "django.po").items():
        assert sorted(set(_PLACEHOLDER.findall(text))) == sorted(set(_PLACEHOLDER.findall(id_))), id_


def catalogues() -> Iterator[tuple[str, dict[Key, str]]]:
    for po in sorted(WEB.glob("*/locale/en/LC_MESSAGES/django.po")):
        yield po.parents[3].name, entries(po)


def test_one_message_has_one_translation_over_all_apps() -> None:
    """Django reads all catalogues as one: where two differ, the first app's text shows on the pages of both."""
    found: dict[Key, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for app, known in catalogues():
        for key, text in known.items():
            found[key][text].append(app)
    differing = {key: dict(texts) for key, texts in found.items() if len(texts) > 1}
    assert differing == {}, "give the message a context in one of the apps"
