"""The texts of a pack's folder. Python modules are left where they are: nothing in a pack runs by being read."""

from pathlib import Path

from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind

MOST_BYTES = 2_000_000
MOST_FILES = 2_000
_SKIPPED = {"__pycache__", ".git"}

NO_FOLDER = Kind("pack.no-folder", "error", "没有这个文件夹;请检查路径", "there is no such folder; check the path")
TOO_LARGE = Kind("pack.file-too-large", "error", "文件太大,最多 2 MB", "the file is too large, 2 MB at most")
TOO_MANY = Kind(
    "pack.too-many-files",
    "error",
    "文件夹里的文件超过 {most} 个;这不像是业务包",
    "there are more than {most} files in this folder; this is no pack",
)
NO_TEXT = Kind("pack.no-text", "error", "不是 UTF-8 文本;请另存为 UTF-8", "this is no UTF-8 text; save it as UTF-8")
UNREAD = Kind("pack.unread", "error", "打不开({reason});请检查权限", "cannot be opened ({reason}); check permissions")


def read_folder(folder: Path) -> tuple[dict[str, str], list[FileFinding]]:
    """Texts by their path in the folder (with /), in order; and the files that are no texts."""
    if not folder.is_dir():
        return {}, [file_finding(NO_FOLDER, "")]
    texts: dict[str, str] = {}
    found: list[FileFinding] = []
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _skipped(path.relative_to(folder))]
    if len(paths) > MOST_FILES:
        return {}, [file_finding(TOO_MANY, "", 0, "", most=MOST_FILES)]
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            if path.stat().st_size > MOST_BYTES:
                found.append(file_finding(TOO_LARGE, name))
            else:
                texts[name] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            found.append(file_finding(NO_TEXT, name))
        except OSError as error:
            found.append(file_finding(UNREAD, name, 0, "", reason=error.strerror or "?"))
    return texts, found


def _skipped(path: Path) -> bool:
    return path.suffix == ".pyc" or any(part in _SKIPPED or part.startswith(".") for part in path.parts)
