"""What hangs on a sheet and is no cell of it: comments, text boxes, pictures, charts, embedded files."""

import posixpath

from guatu.adapters.readers.base.archive import Archive
from guatu.adapters.readers.base.source import RawFile
from guatu.adapters.readers.base.xml import parse_xml
from guatu.adapters.readers.xlsx.strings import Aside


def beside(file: RawFile, archive: Archive, sheet: str) -> list[Aside]:
    """What a sheet refers to, each under the code of the remark that tells of it; `sheet` is the name of its part."""
    folder, name = posixpath.split(sheet)
    data = archive.part(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: list[Aside] = []
    for relation in () if data is None else parse_xml(file, data, name):
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/" + folder, str(relation.get("Target", "")))).lstrip("/")
        if kind in ("comments", "threadedComment"):
            words = _words(file, archive, target)
            found += [("read.comments", words)] if words else []
        elif kind == "drawing":
            found += _drawn(file, archive, target)
        elif kind in ("oleObject", "package", "control"):
            found.append(("read.unread-parts", posixpath.basename(target)))
    return found


def _drawn(file: RawFile, archive: Archive, name: str) -> list[Aside]:
    data = archive.part(name)
    found: list[Aside] = []
    for element in () if data is None else parse_xml(file, data, name).iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag == "txBody":
            words = "".join(part.text or "" for part in element.iter() if str(part.tag).endswith("}t"))
            found += [("read.boxes", words)] if words.strip() else []
        elif tag == "pic":
            found.append(("read.unread-pictures", tag))
        elif tag in ("chart", "relIds"):
            found.append(("read.unread-parts", tag))
    return found


def _words(file: RawFile, archive: Archive, name: str) -> str:
    data = archive.part(name)
    parts = () if data is None else parse_xml(file, data, name).iter()
    return "".join(part.text or "" for part in parts if str(part.tag).rpartition("}")[2] in ("t", "text"))
