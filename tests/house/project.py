"""The repository as the house tests see it: its files, its modules, its code lines."""

import ast
import io
import re
import subprocess
import tokenize
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "guatu"
# Where git does not say which files belong to the repository (a downloaded archive), these do not.
MADE = {".git", ".venv", "out", "site", "build", "dist", "var", "__pycache__", "node_modules"}
NOT_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


@cache
def files() -> tuple[Path, ...]:
    """Files of the repository: those that git tracks and new ones that it does not ignore."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
        found = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not MADE & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def texts() -> dict[str, str]:
    """Text of each text file of the repository by its path from the root; binary files are left out."""
    found = {}
    for path in files():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            found[path.relative_to(ROOT).as_posix()] = data.decode("utf-8", errors="replace")
    return found


def python(*folders: str) -> dict[str, str]:
    """Python files under the folders (all when none is named) by path, without migrations, which Django writes."""
    return {
        name: text
        for name, text in texts().items()
        if name.endswith(".py") and "/migrations/" not in name and (not folders or name.startswith(folders))
    }


def product() -> dict[str, str]:
    """Python files that are not tests."""
    return {name: text for name, text in python().items() if not name.startswith("tests/")}


def code_lines(text: str) -> frozenset[int]:
    """Numbers of the lines that hold code: neither blank nor comment nor docstring."""
    return _lines(text)[0]


# Words to tools; what stands behind them is a reason again.
DIRECTIVE = re.compile(
    r"^#!.*|#\s*(?:type: ignore(?:\[[^\]]*\])?|noqa(?:: *[A-Z]+\d+(?:, *[A-Z]+\d+)*)?|fmt: *(?:skip|on|off))"
)


def comment_lines(text: str) -> frozenset[int]:
    """Lines with a comment, whole or behind code; a word to a tool alone is none, and neither is a docstring."""
    return _lines(text)[1]


@cache
def _lines(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Of code and of comments. Five tests ask for those of all files, and each reading takes as long as the test."""
    code, comments = set[int](), set[int]()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NOT_CODE:
            code.update(range(token.start[0], token.end[0] + 1))
        elif token.type == tokenize.COMMENT and DIRECTIVE.sub("", token.string).strip(" #()"):
            comments.add(token.start[0])
    return frozenset(code - docstring_lines(ast.parse(text))), frozenset(comments)


def docstring_lines(tree: ast.AST) -> set[int]:
    """Lines of strings that stand as statements."""
    return {line for node in ast.walk(tree) for line in _said(node)}


def purpose_lines(text: str) -> set[int]:
    """Lines of the docstrings of a module and of its types: what each is for."""
    tree = ast.parse(text)
    owners = (tree, *(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)))
    return {line for owner in owners for node in owner.body[:1] for line in _said(node)}


def _said(node: ast.AST) -> range:
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)):
        return range(0)
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def percentile(values: list[int], share: float) -> int:
    """The smallest value that `share` of the values do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0
