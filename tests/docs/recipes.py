"""A recipe as it is followed: the files that it has written, the changes that it makes, and the tests that it ends with.

What a page says is done word for word. A block of Python belongs to the file that was named last before it, with its
path in the text that leads to the block and a colon at its end; a block that is a diff is applied.
"""

import re
import shutil
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.house.project import ROOT, files

BLOCK = re.compile(
    r"^(?P<lead>[^\n]+:)\n\n *```(?P<kind>python|toml|diff)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL
)
NAMED = re.compile(r"`((?:src|tests)/[\w/.]+\.\w+)`")
FOLDERS = ("src/", "tests/", "pyproject.toml")


class Step(NamedTuple):
    """A file to write, or with no file a diff to apply."""

    file: str
    text: str


def steps(page: str) -> Iterator[Step]:
    """What a page has done, in its order."""
    for block in BLOCK.finditer(page):
        # Blank lines of a diff are context as well, and no editor keeps the blank that would say so.
        text = textwrap.dedent(block["text"])
        before = page[: block.start("lead")] + block["lead"]
        named = NAMED.findall(before.rpartition("\n\n")[2])
        if block["kind"] == "diff":
            yield Step("", text)
        elif named:
            yield Step(named[-1], text)


def tree(folder: Path) -> Path:
    """A copy of the program and its tests, as it stands."""
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(FOLDERS):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / name)
    return folder


def follow(page: str, folder: Path) -> list[str]:
    """Does what the page says in a copy of the tree; the test files that it wrote."""
    written = []
    for step in steps(page):
        if step.file:
            assert not (folder / step.file).exists(), f"{step.file} is there already"
            (folder / step.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / step.file).write_text(step.text, encoding="utf-8")
            written.append(step.file)
        else:
            command = ["git", "apply", "-"]
            done = subprocess.run(command, input=step.text, cwd=folder, text=True, capture_output=True, check=False)
            assert done.returncode == 0, f"{done.stderr}\n{step.text}"
    return [name for name in written if name.startswith("tests/")]
