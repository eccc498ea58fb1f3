"""Every dependency that pyproject.toml names is in its lock file, in a version that it allows, with hashes."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.project import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BASE = PROJECT["project"]["dependencies"]
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(.*)$")
RENEW = "run `make lock`"


def wanted(name: str) -> list[str]:
    if name == "base":
        return BASE
    if name == "build":
        return list(PROJECT["build-system"]["requires"])
    if name == "all":
        return BASE + [line for extra, lines in EXTRAS.items() if extra != "lock" for line in lines]
    return BASE + EXTRAS[name]


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    matches = (PINNED.match(line) for line in text.splitlines())
    return {canonicalize_name(match[1]): match[2] for match in matches if match}


NAMES = ["all", "base", "build", *EXTRAS]


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_holds_what_pyproject_asks_for(name: str) -> None:
    versions = pinned(name)
    for line in wanted(name):
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate():
            continue
        version = versions.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not in requirements/{name}.txt: {RENEW}"
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement} but {version}: {RENEW}"


@pytest.mark.parametrize("name", NAMES)
def test_every_pinned_version_has_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    bare = [block.split("\n")[0] for block in blocks if PINNED.match(block) and "--hash=sha256:" not in block]
    assert bare == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("all", "build", "lock")])
def test_no_lock_disagrees_with_the_lock_of_all(name: str) -> None:
    everything = pinned("all")
    assert {package: version for package, version in pinned(name).items() if everything.get(package) != version} == {}
