"""Renews the built browser libraries under src/guatu/web/static/vendor from their npm packages.

`make vendor` runs it; nothing else needs npm. Versions are pinned here; the manifest beside the files keeps version,
licence and SHA-256 of each, and a test compares them.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/guatu/web/static/vendor"
PACKAGES: dict[str, tuple[str, dict[str, str]]] = {
    "htmx.org": ("2.0.11", {"dist/htmx.min.js": "htmx.min.js"}),
    "@tabler/core": (
        "1.6.1",
        {"dist/css/tabler.min.css": "tabler.min.css", "dist/js/tabler.min.js": "tabler.min.js"},
    ),
    "echarts": ("6.1.0", {"dist/echarts.min.js": "echarts.min.js"}),
    "maplibre-gl": (
        "5.24.1",
        {"dist/maplibre-gl.js": "maplibre-gl.js", "dist/maplibre-gl.css": "maplibre-gl.css"},
    ),
    "bpmn-js": (
        "18.31.1",
        {
            "dist/bpmn-modeler.production.min.js": "bpmn-modeler.min.js",
            "dist/assets/diagram-js.css": "diagram-js.css",
            "dist/assets/bpmn-js.css": "bpmn-js.css",
            "LICENSE": "bpmn-js.LICENSE.txt",
        },
    ),
    "axe-core": ("4.14.1", {"axe.min.js": "axe.min.js"}),
}
# Where package.json names a file and no licence: MIT, and the project's watermark must stay fully visible.
LICENCES = {"bpmn-js": "bpmn.io licence (bpmn-js.LICENSE.txt)"}
ICONS = ("@tabler/icons", "3.51.0")
ICON_NAMES = (
    "alert-triangle", "arrow-back-up", "arrow-left", "arrow-right", "bell", "building", "calendar", "camera",
    "chart-line", "check", "checks", "chevron-down", "circle", "circle-check", "clock", "device-floppy", "download",
    "edit", "eye", "file-text", "filter", "flag", "history", "home", "language", "link", "list-check", "lock",
    "login", "logout", "map-2", "map-pin", "message", "minus", "notebook", "pencil", "photo", "player-play", "plus",
    "printer", "refresh", "search", "send", "settings", "square", "table", "target", "trash", "upload", "user",
    "users", "x",
)  # fmt: skip


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    manifest: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wanted = [f"{name}@{version}" for name, (version, _) in PACKAGES.items()] + ["@".join(ICONS)]
        (work / "package.json").write_text("{}", encoding="utf-8")
        subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *wanted], cwd=work, check=True)
        for name, (_, files) in PACKAGES.items():
            package = work / "node_modules" / name
            for source, target in files.items():
                shutil.copyfile(package / source, TARGET / target)
                manifest[target] = _entry(package, TARGET / target)
        package = work / "node_modules" / ICONS[0]
        (TARGET / "icons.svg").write_text(_sprite(package / "icons/outline"), encoding="utf-8")
        manifest["icons.svg"] = _entry(package, TARGET / "icons.svg")
    text = json.dumps(manifest, indent=2, sort_keys=True)
    (TARGET / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _entry(package: Path, path: Path) -> dict[str, object]:
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    licence = LICENCES.get(about["name"], about["license"])
    return {"package": about["name"], "version": about["version"], "licence": licence, "sha256": digest}


def _sprite(folder: Path) -> str:
    """The icons that pages use, as symbols of one file."""
    symbols = []
    for name in ICON_NAMES:
        svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
        body = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")].strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols) + "</svg>\n"


if __name__ == "__main__":
    main()
