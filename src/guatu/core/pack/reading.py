"""A pack as one value, read from the texts of its folder's files, and everything that is wrong with it."""

from collections.abc import Mapping

from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.section import Files, Pack, PackText
from guatu.core.pack.sections import manifest, sections

NO_MANIFEST = Kind(
    "pack.no-manifest",
    "error",
    "文件夹里没有 pack.toml;用 guatu pack new 新建一个业务包",
    "there is no pack.toml in this folder; make a pack with guatu pack new",
)
UNKNOWN_FILE = Kind(
    "pack.unknown-file",
    "error",
    "这个文件不属于业务包的任何部分,没有人会读它;请检查名称和位置,或删去",
    "this file belongs to no section of a pack and nobody reads it; check its name and place, or delete it",
)


def read_pack(texts: Mapping[str, str]) -> tuple[PackText | None, list[FileFinding]]:
    """The pack of a folder; `texts` are those of its files by their path in it (with /). Findings come all at once."""
    if manifest.FILE not in texts:
        return None, [file_finding(NO_MANIFEST, manifest.FILE)]
    files = Files(texts)
    parts = {section.name: section.read(files) for section in sections()}
    found = [*files.found, *_unknown(texts)]
    name = parts[manifest.SECTION.name].name
    return (PackText(Pack(name, parts), files.toml) if name else None), found


def check_pack(text: PackText) -> list[FileFinding]:
    """All that the sections say wrongly, of a pack whose tables could be read. What needs another part of the program
    is checked where it is loaded."""
    return [one for section in sections() for one in section.check(text)]


def _unknown(texts: Mapping[str, str]) -> list[FileFinding]:
    """Python is no content: `formulas.py` alone may lie in a pack, its functions named by a declaration."""
    owned = (*(section.owns for section in sections()), "formulas.py".__eq__)
    return [file_finding(UNKNOWN_FILE, name) for name in sorted(texts) if not any(owns(name) for owns in owned)]
