"""Reading XML that strangers upload: no entities, no document type, no network, no file beyond a size."""

import re

from lxml import etree

from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind

MOST_CHARACTERS = 2_000_000
GUATU = "https://guatu.example/flow/1"
"""The namespace of our own attributes in flows."""

UNREADABLE = Kind(
    "xml.unreadable",
    "error",
    "不是完整的 XML:{reason};请重新导出",
    "this is no well-formed XML: {reason}; export it again",
)
DOCTYPE = Kind(
    "xml.doctype",
    "error",
    "XML 中不允许 DOCTYPE 或 ENTITY;请删除",
    "DOCTYPE and ENTITY are not allowed in this XML; delete them",
)
TOO_LARGE = Kind(
    "xml.too-large",
    "error",
    "文件有 {size} 个字符,最多 {most} 个",
    "the file has {size} characters, {most} at most",
)

_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parse_xml(text: str, file: str) -> tuple[etree._Element | None, list[FileFinding]]:
    """The root element, or what is wrong."""
    if len(text) > MOST_CHARACTERS:
        return None, [file_finding(TOO_LARGE, file, 0, "", size=len(text), most=MOST_CHARACTERS)]
    bomb = _DOCTYPE.search(text)
    if bomb:
        return None, [file_finding(DOCTYPE, file, text.count("\n", 0, bomb.start()) + 1)]
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", errors="replace"), parser), []
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "?").split(", line ")[0]
        return None, [file_finding(UNREADABLE, file, error.lineno or 0, "", reason=reason)]


def local_name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def namespace(element: etree._Element) -> str:
    return (etree.QName(element).namespace or "") if isinstance(element.tag, str) else ""


def own(element: etree._Element, name: str) -> str:
    """One of our own attributes, "" where it is not given."""
    return (element.get(f"{{{GUATU}}}{name}") or "").strip()


def texts_of(owner: etree._Element) -> str:
    """What the `text` parts of an element say; comments and processing instructions are none of it."""
    return "".join("".join(one.itertext()) for one in owner if local_name(one) == "text").strip()
