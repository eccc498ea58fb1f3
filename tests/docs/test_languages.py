"""What offices do is told in Chinese as well, and the two pages of one thing have the same parts."""

import re
from collections.abc import Callable

import pytest

from tests.house.project import ROOT

HOW_TO = ROOT / "docs" / "how-to"
FOR_PROGRAMMERS = {
    "add-a-kind-of-field",
    "add-a-lint-rule",
    "add-a-list",
    "add-a-section-to-a-pack",
    "add-an-action",
    "check-in-a-pipeline",
}
PAGES = sorted({path.name.partition(".")[0] for path in HOW_TO.glob("*.md")} - FOR_PROGRAMMERS - {"index"})
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
COMMAND = re.compile(r"(?:guatu|make) ")


def both(name: str) -> tuple[str, str]:
    return (HOW_TO / f"{name}.md").read_text(encoding="utf-8"), (HOW_TO / f"{name}.zh-CN.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("name", [*PAGES, "index"])
def test_a_chinese_page_leads_to_chinese_pages(name: str) -> None:
    linked = set(re.findall(r"\]\(([\w-]+)\.md\)", both(name)[1]))
    assert linked & {*PAGES, "index"} == {name}


def headings(page: str) -> list[str]:
    return re.findall(r"^(#+) ", FENCE.sub("", page), re.MULTILINE)


def rows(page: str) -> list[tuple[int, set[str]]]:
    """Of each row of a table how many cells it has, and what is written in it letter by letter."""
    lines = [line for line in FENCE.sub("", page).splitlines() if line.startswith("|")]
    return [(len(re.findall(r"(?<!\\)\|", line)), set(INLINE.findall(line))) for line in lines]


def named(page: str) -> set[str]:
    """Commands, settings and variables that the text names: what somebody types."""
    words = INLINE.findall(FENCE.sub("", page))
    return {word for word in words if COMMAND.match(word) or re.fullmatch(r"[A-Z]+(_[A-Z0-9]+)+|[a-z]+\.[a-z-]+", word)}


@pytest.mark.parametrize("part", [headings, FENCE.findall, rows, named], ids=["headings", "blocks", "rows", "commands"])
@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_parts(name: str, part: Callable[[str], object]) -> None:
    english, chinese = both(name)
    assert part(english) == part(chinese)


@pytest.mark.parametrize("name", [*PAGES, "index"])
def test_each_page_leads_to_the_other_language(name: str) -> None:
    english, chinese = both(name)
    assert f"[中文]({name}.zh-CN.md)" in english and f"[English]({name}.md)" in chinese


def test_the_chinese_list_names_every_page_that_is_there_in_chinese() -> None:
    listed = set(re.findall(r"\(([\w-]+)\.zh-CN\.md\)", (HOW_TO / "index.zh-CN.md").read_text(encoding="utf-8")))
    assert listed == set(PAGES)


def test_the_english_list_names_every_page() -> None:
    listed = set(re.findall(r"\(([\w-]+)\.md\)", (HOW_TO / "index.md").read_text(encoding="utf-8")))
    assert listed == set(PAGES) | FOR_PROGRAMMERS
