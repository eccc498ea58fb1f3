"""Templates fit together: a block that no template above has would be shown by nobody, without a word."""

import re

from tests.house.project import texts

_EXTENDS = re.compile(r'{% extends "([^"]+)" %}')
_BLOCK = re.compile(r"{% block (\w+) %}")


def templates() -> dict[str, str]:
    return {
        path.rsplit("/templates/", 1)[1]: text
        for path, text in texts().items()
        if path.startswith("src/guatu/web/") and path.endswith(".html") and "/templates/" in path
    }


def above(name: str, known: dict[str, str]) -> set[str]:
    """The blocks of the templates that one extends."""
    parent = _EXTENDS.search(known[name])
    if parent is None or parent[1] not in known:
        return set()
    return set(_BLOCK.findall(known[parent[1]])) | above(parent[1], known)


def test_a_template_fills_only_blocks_that_there_are() -> None:
    known = templates()
    wrong = {}
    for name, text in known.items():
        if not (_EXTENDS.search(text)):
            continue
        there, depth = above(name, known), 0
        for mark in re.finditer(r"{% (block (\w+)|endblock)(?: \w+)? %}", text):
            if mark[2] is None:
                depth -= 1
                continue
            if depth == 0 and mark[2] not in there:
                wrong.setdefault(name, []).append(mark[2])
            depth += 1
    assert wrong == {}
