"""What others wrote is what its package has, somebody uses it, and none of it that is for tests comes to a county."""

import hashlib
import json
import re

import pytest

from tests.house.project import ROOT, texts

FOLDERS = ("src/guatu/web/static/vendor", "tests/vendor")
FILES = [(folder, name) for folder in FOLDERS for name in json.loads((ROOT / folder / "manifest.json").read_text())]


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_lies_there_that_the_manifest_does_not_name(folder: str) -> None:
    there = {path.name for path in (ROOT / folder).iterdir()} - {"manifest.json", "README.md"}
    assert there == {name for place, name in FILES if place == folder}


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_a_file_is_as_it_was_fetched_and_is_used(folder: str, name: str) -> None:
    entry = json.loads((ROOT / folder / "manifest.json").read_text())[name]
    assert hashlib.sha256((ROOT / folder / name).read_bytes()).hexdigest() == entry["sha256"]
    users = [
        path
        for path, text in texts().items()
        if f"vendor/{name}" in text or f'"{name}"' in text
        if not path.endswith(("manifest.json", "test_vendor.py"))
    ]
    # A licence goes with its package.
    assert users or "LICENSE" in name


def test_every_icon_that_a_page_names_is_drawn_and_no_other() -> None:
    entry = json.loads((ROOT / FOLDERS[0] / "manifest.json").read_text())["icons.svg"]
    sprite = (ROOT / FOLDERS[0] / "icons.svg").read_text(encoding="utf-8")
    assert re.findall(r'symbol id="([^"]+)"', sprite) == entry["names"]
    sources = [text for path, text in texts().items() if re.match(r"src/guatu/web/.*\.(html|py)$", path)]
    named = {name for text in sources for name in re.findall(r'\bicon\(? ?"([a-z0-9-]+)"', text)}
    assert sorted(named - set(entry["names"])) == [], "add it to the names in the manifest, then: make vendor"
    assert [name for name in entry["names"] if not any(f'"{name}"' in text for text in sources)] == []
