"""MkDocs hook: a page that lies in the folder of a section belongs to it, by its language; only the order is written in mkdocs.yml."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHINESE = ".zh-CN.md"
FOLDERS = ("how-to", "algorithms", "decisions")
DOCS = Path(__file__).resolve().parent


def on_config(config: Any) -> Any:
    listed = set(_pages(config.nav))
    for folder in FOLDERS:
        for path in sorted((DOCS / folder).glob("*.md")):
            name = f"{folder}/{path.name}"
            if name not in listed:
                index = f"{folder}/index{CHINESE if name.endswith(CHINESE) else '.md'}"
                _section(config.nav, index).append({_title(path): name})
    return config


def _pages(nav: Any) -> Iterator[str]:
    """Every page that a part of the navigation names."""
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages(item)


def _section(nav: list[Any], index: str) -> list[Any]:
    """The list of the navigation that begins with this page."""
    stack = [nav]
    while stack:
        items = stack.pop()
        if index in items:
            return items
        stack += [
            value for item in items if isinstance(item, dict) for value in item.values() if isinstance(value, list)
        ]
    raise ValueError(f"mkdocs.yml has no section with {index}")


def _title(path: Path) -> str:
    heading = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return heading[1] if heading else path.stem
