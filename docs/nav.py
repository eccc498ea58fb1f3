"""MkDocs hook: a page that lies in the folder of a section belongs to it; only the order is written in mkdocs.yml."""

import re
from pathlib import Path
from typing import Any

FOLDERS = ("how-to", "algorithms", "decisions")
DOCS = Path(__file__).resolve().parent


def on_config(config: Any) -> Any:
    for folder in FOLDERS:
        section = _section(config.nav, folder)
        listed = {page for item in section for page in (item.values() if isinstance(item, dict) else [item])}
        for path in sorted((DOCS / folder).glob("*.md")):
            name = f"{folder}/{path.name}"
            if name not in listed:
                section.append({_title(path): name})
    return config


def _section(nav: list[Any], folder: str) -> list[Any]:
    """The list of the navigation that begins with the folder's index."""
    stack = [nav]
    while stack:
        items = stack.pop()
        if f"{folder}/index.md" in items:
            return items
        stack += [
            value for item in items if isinstance(item, dict) for value in item.values() if isinstance(value, list)
        ]
    raise ValueError(f"mkdocs.yml has no section with {folder}/index.md")


def _title(path: Path) -> str:
    heading = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return heading[1] if heading else path.stem
