"""No file names a package registry's host or a path of a private workplace: the repository stands on its own."""

import re

import pytest

from tests.house.project import texts

# Put together from parts, so that this file does not contain what it looks for.
HOSTS = (
    ("py", "pi.org"), ("pythonhosted", ".org"), ("npm", "js.org"), ("npm", "js.com"), ("npmmirror", ".com"),
    ("tuna.tsinghua", ".edu"), ("mirrors.", "aliyun"), ("mirrors.", "ustc"), ("mirrors.", "cloud.tencent"),
    ("mirrors.", "huaweicloud"), ("repo.", "huaweicloud"), ("pypi.", "douban"), ("deb.", "debian.org"),
    ("crates", ".io"), ("proxy.", "golang.org"), ("conda", ".anaconda.org"), ("jsdelivr", ".net"), ("unpkg", ".com"),
    ("cdnjs", ".cloudflare"), ("fonts.", "googleapis"), ("fonts.", "gstatic"),
)  # fmt: skip
PATHS = (
    ("/wo", "rk/"),
    ("/opt/", "wheels"),
    ("/opt/", "pypi"),
    ("/home", "/[a-z]"),
    ("/Us", "ers/"),
    ("/ro", "ot/"),
    ("file:", "///"),
)
HOST = re.compile("|".join(re.escape(left + right) for left, right in HOSTS), re.IGNORECASE)
PATH = re.compile("|".join(rf"(?<![\w.*}}])(?:{left}{right})" for left, right in PATHS))
# Built files of others, committed with their licence and hash; what they name is theirs.
OTHERS = ("src/guatu/web/static/vendor/",)


def found_in(text: str) -> list[str]:
    lines = enumerate(text.splitlines(), 1)
    return [f"{n}: {match[0]}" for n, line in lines for match in (HOST.search(line), PATH.search(line)) if match]


def test_no_file_names_a_registry_or_a_private_path() -> None:
    named = {name: found_in(text) for name, text in texts().items() if not name.startswith(OTHERS)}
    assert {name: found for name, found in named.items() if found} == {}


def test_lock_files_hold_no_address_at_all() -> None:
    locks = {name: text for name, text in texts().items() if name.startswith("requirements/") and name.endswith(".txt")}
    assert locks
    option = re.compile(
        r"^\s*(?:-i|-f|--(?:index-url|extra-index-url|find-links|trusted-host)|.*(?:https?|file)://)", re.M
    )
    assert [name for name, text in locks.items() if option.search(text)] == []


@pytest.mark.parametrize("left_right", [*HOSTS, ("/wo", "rk/main"), ("/home", "/someone"), ("file:", "///x")])
def test_what_must_not_be_named_is_found(left_right: tuple[str, str]) -> None:
    assert found_in(f"see {''.join(left_right)} there")


@pytest.mark.parametrize("text", ["docs/work/plan.md", "../shared", "framework/", "https://www.apache.org/licenses/"])
def test_ordinary_paths_and_addresses_are_not_reported(text: str) -> None:
    assert found_in(text) == []
