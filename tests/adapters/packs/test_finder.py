"""A domain comes with its folder and goes with it; nobody edits a list."""

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path

import pytest

from guatu.adapters.flows.stepping import open_case
from guatu.adapters.packs.finder import find_packs
from guatu.adapters.packs.loading import load_pack
from guatu.adapters.packs.new import new_pack
from guatu.adapters.packs.run_cases import run_cases
from guatu.core.calendar.hours import CHINA
from guatu.core.cases.case import Case


def names(*folders: Path, **environment: str) -> set[str]:
    return set(find_packs(folders, environment))


def test_a_new_domain_comes_from_a_folder_alone_and_goes_with_it(tmp_path: Path) -> None:
    before = names(tmp_path)
    new_pack(tmp_path, "fishing")
    assert names(tmp_path) - before == {"fishing"}
    found = find_packs([tmp_path])["fishing"]
    loaded, findings = load_pack(found.folder)
    assert findings == [] and loaded is not None
    assert all(one.holds for one in run_cases(loaded))
    engine = loaded.engines["fishing"]
    opened = datetime(2026, 3, 2, 9, tzinfo=CHINA)
    stepped = open_case(engine, Case(id="1", flow="fishing", version=engine.version, opened_at=opened))
    assert stepped.state.open == ("file",)
    shutil.rmtree(tmp_path / "fishing")
    assert names(tmp_path) == before


def test_a_folder_may_be_a_pack_or_hold_packs_and_the_environment_names_some(tmp_path: Path) -> None:
    new_pack(tmp_path / "one", "fishing")
    new_pack(tmp_path / "two", "beekeeping")
    assert names(tmp_path / "one" / "fishing") - names() == {"fishing"}
    both = os.pathsep.join((str(tmp_path / "one"), str(tmp_path / "two")))
    assert names(GUATU_PACKS=both) - names() == {"fishing", "beekeeping"}


def test_a_county_folder_goes_over_a_shipped_pack(tmp_path: Path) -> None:
    new_pack(tmp_path, "disputes")
    assert find_packs([tmp_path])["disputes"].folder == tmp_path / "disputes"
    assert find_packs([tmp_path])["disputes"].origin == "folder"


def test_an_installed_package_offers_its_pack_by_an_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_pack(tmp_path, "fishing")
    (tmp_path / "fishing" / "__init__.py").write_text("raise RuntimeError('a pack is not run to be found')\n")
    info = tmp_path / "fishing-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fishing\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[guatu.packs]\nfishing = fishing\ngone = not_there\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert find_packs(environment={})["fishing"].origin == "installed"


def test_a_folder_with_what_is_no_text_says_which_file(tmp_path: Path) -> None:
    new_pack(tmp_path, "fishing")
    (tmp_path / "fishing" / "classes.toml").write_bytes(b"\xff\xfe\x00")
    loaded, findings = load_pack(tmp_path / "fishing")
    assert loaded is None
    assert [one.text("en") for one in findings if one.file == "classes.toml"] == [
        "classes.toml pack.no-text this is no UTF-8 text; save it as UTF-8"
    ]


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    assert [one.code for one in load_pack(tmp_path / "none")[1]] == ["pack.no-folder"]


def test_a_pack_is_called_as_its_folder(tmp_path: Path) -> None:
    new_pack(tmp_path, "fishing")
    (tmp_path / "fishing").rename(tmp_path / "angling")
    assert [one.text("en") for one in load_pack(tmp_path / "angling")[1]] == [
        "pack.toml:1 pack.folder-name the folder is called 'angling', pack.toml says 'fishing'; make them equal"
    ]
