"""Renews the lock files beside this script from pyproject.toml: `make lock`.

One file per extra, each with the package's own dependencies; `all.txt` has them all and is made first, and the
others begin as its copy, so that no two files disagree. `build.txt` is what building the package needs.
`make lock UPGRADE=1` takes newer versions; without it only what pyproject.toml asks for changes.
No index address enters the files: every machine uses its own mirror or wheelhouse, the hashes stay the same.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
TOOLS = "lock"  # the extra with pip-tools itself; it is needed nowhere else
BARE = ["--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host", "--no-emit-options"]


def main() -> int:
    extras = [name for name in _extras() if name != TOOLS]
    everything = [flag for name in extras for flag in ("--extra", name)]
    newer = ["--upgrade"] if "--upgrade" in sys.argv else []
    _compile("all", everything + newer)
    _compile_as_part("base", [])
    for name in extras:
        _compile_as_part(name, ["--extra", name])
    build = ["--only-build-deps", "--build-deps-for", "wheel", "--build-deps-for", "editable"]
    _compile("build", build + newer)
    _compile(TOOLS, ["--extra", TOOLS, "--allow-unsafe", *newer])
    return 0


def _extras() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return list(tomllib.load(file)["project"]["optional-dependencies"])


def _compile_as_part(name: str, flags: list[str]) -> None:
    """A lock that is a part of `all.txt`: its versions and hashes are taken from there, not asked for again."""
    shutil.copy(FOLDER / "all.txt", FOLDER / f"{name}.txt")
    _compile(name, flags)


def _compile(name: str, flags: list[str]) -> None:
    print(f"requirements/{name}.txt", flush=True)
    command = [sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--strip-extras", *BARE]
    command += [*flags, "--output-file", f"requirements/{name}.txt", "pyproject.toml"]
    subprocess.run(command, cwd=ROOT, env=_environment(), check=True)


def _environment() -> dict[str, str]:
    """Without the settings that would let files of this machine into the locks."""
    local = {"PIP_FIND_LINKS", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX"}
    kept = {key: value for key, value in os.environ.items() if key not in local}
    return kept | {"PIP_CONFIG_FILE": os.devnull, "CUSTOM_COMPILE_COMMAND": "make lock"}


if __name__ == "__main__":
    sys.exit(main())
