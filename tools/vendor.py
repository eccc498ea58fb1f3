"""Renews the files of others that pages load from npm: `make vendor`, with UPGRADE=1 their newest versions. Needs npm.

Each folder has a `manifest.json`: the package and version of each file, its place in the package, its licence and hash. Without
UPGRADE a file that differs from its hash is an error. The icons are a sprite of those whose `names` it holds.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "guatu"
FOLDERS = (SOURCE / "web" / "static" / "vendor", ROOT / "tests" / "vendor")
SPRITE = "icons.svg"


def main(given: list[str]) -> int:
    newer = "--upgrade" in given
    with tempfile.TemporaryDirectory() as work:
        for folder in FOLDERS:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            for name, entry in manifest.items():
                package, entry["version"] = fetched(Path(work), entry["package"], None if newer else entry["version"])
                content = sprite(package, entry["names"]) if name == SPRITE else part(package, entry["file"])
                digest = hashlib.sha256(content).hexdigest()
                if not newer and name != SPRITE and digest != entry["sha256"]:
                    sys.exit(f"{name} of {entry['package']} {entry['version']} is not what it was: {digest}")
                entry["sha256"] = digest
                (folder / name).write_bytes(content)
            text = json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True)
            (folder / "manifest.json").write_text(f"{text}\n", encoding="utf-8")
    return 0


def fetched(work: Path, package: str, version: str | None) -> tuple[Path, str]:
    """The archive of a package, and its version."""
    command = ["npm", "pack", "--json", f"{package}@{version or 'latest'}"]
    done = subprocess.run(command, cwd=work, check=True, capture_output=True, text=True)
    said = json.loads(done.stdout)[0]
    return work / said["filename"], said["version"]


def part(package: Path, file: str) -> bytes:
    with tarfile.open(package) as archive:
        found = archive.extractfile(f"package/{file}")
        if found is None:
            raise FileNotFoundError(file)
        return found.read()


def sprite(package: Path, names: list[str]) -> bytes:
    symbols = []
    for name in names:
        drawn = part(package, f"icons/outline/{name}.svg").decode()
        inside = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")].strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>')
    return ('<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols) + "</svg>\n").encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
