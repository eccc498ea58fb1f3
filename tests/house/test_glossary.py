"""The glossary and the code use the same words, checked both ways."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

import pytest

from tests.house.project import ROOT, python, texts

# What leaves the program, and the words of the calendar and kernel that data and messages use.
PUBLIC = re.compile(r"src/guatu/core/(?:[a-z_]+/)?model\.py|src/guatu/core/(?:kernel|calendar)/[a-z_]+\.py")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@cache
def identifiers() -> frozenset[str]:
    """Identifiers that the glossary names: the words in backticks of the third column."""
    rows = (line.split("|") for line in texts()["GLOSSARY.md"].splitlines() if line.startswith("|"))
    return frozenset(name for row in rows if len(row) > 4 for name in re.findall("`([^`]+)`", row[3]))


@cache
def names_in_code() -> frozenset[str]:
    # A pack is a folder that may hold no module.
    found: set[str] = set(packs())
    for file, text in python("src/guatu/").items():
        found.update(PurePosixPath(file).with_suffix("").parts)
        for node in ast.walk(ast.parse(text)):
            found.update(_names(node))
    return frozenset(found)


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        yield node.name
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))
    yield from _literal_words(node)


def _literal_words(node: ast.AST) -> Iterator[str]:
    """Words of `Literal[...]`."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal":
        for constant in ast.walk(node.slice):
            if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                yield constant.value


def public_words() -> dict[str, str]:
    """Words that must be in the glossary, by where they are defined: enumerations, and types of the plan model."""
    found = {}
    for file, text in python("src/guatu/core/").items():
        if not PUBLIC.fullmatch(file):
            continue
        for statement in ast.parse(text).body:
            if (
                isinstance(statement, ast.ClassDef)
                and file.endswith("/model.py")
                and not statement.name.startswith("_")
            ):
                found[statement.name] = file
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Subscript):
                found.update({word: file for word in _literal_words(statement.value) if WORD.fullmatch(word)})
    return found


def packs() -> list[str]:
    folder = ROOT / "src" / "guatu" / "packs"
    return sorted(path.name for path in folder.iterdir() if (path / "pack.toml").exists())


def test_every_identifier_of_the_glossary_is_in_the_code() -> None:
    assert sorted(identifiers() - names_in_code()) == []


def test_every_public_word_of_the_code_is_in_the_glossary() -> None:
    assert {word: file for word, file in public_words().items() if word not in identifiers()} == {}


@pytest.mark.skipif(not packs(), reason="no packs yet · 尚无业务包")
def test_every_pack_is_in_the_glossary() -> None:
    assert [name for name in packs() if name not in identifiers()] == []


def test_no_identifier_stands_for_two_rows() -> None:
    rows = [line for line in texts()["GLOSSARY.md"].splitlines() if line.startswith("|")]
    seen: dict[str, int] = {}
    for row in rows:
        for name in re.findall("`([^`]+)`", row.split("|")[3]):
            seen[name] = seen.get(name, 0) + 1
    assert {name for name, count in seen.items() if count > 1} == set()
