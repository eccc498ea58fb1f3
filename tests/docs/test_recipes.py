"""Each recipe, followed word for word in a copy of the tree, ends in green tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.recipes import Step, follow, steps, tree
from tests.house.project import ROOT

HOW_TO = ROOT / "docs" / "how-to"
RECIPES = ("add-a-kind-of-field", "add-a-lint-rule", "add-a-list", "add-an-action", "add-a-section-to-a-pack")


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_ends_in_green_tests(recipe: str, tmp_path: Path) -> None:
    tests = follow((HOW_TO / f"{recipe}.md").read_text(encoding="utf-8"), tree(tmp_path))
    assert tests
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *tests]
    # A database of its own, whatever the tests around it have.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUATU_", "PYTEST_"))}
    environment = {**kept, "PYTHONPATH": str(tmp_path / "src")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_a_block_belongs_to_the_file_that_leads_to_it() -> None:
    page = "1. Write `src/a.py`:\n\n    ```python\n    x = 1\n    ```\n\n2. As in `src/b.py`:\n\n    ```diff\n    -a\n    ```\n"
    assert list(steps(page)) == [Step("src/a.py", "x = 1\n"), Step("", "-a\n")]
