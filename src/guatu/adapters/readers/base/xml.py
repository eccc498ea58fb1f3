"""XML parts of office files, parsed without entities, network or unbounded depth."""

import re
from typing import Any

from guatu.adapters.readers.base.source import RawFile

_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
"""Office files have no document type (ECMA-376 part 2, 8.1.4): one with it was made to harm."""


def parse_xml(file: RawFile, data: bytes, part: str) -> Any:
    """The root element (lxml) of an XML part. The library refuses more than 256 levels and texts of over 10 MB.

    Raises:
        ReadError: the part is not well-formed, or declares a document type or an entity.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        # A part in UTF-16 hides the words; what it declared is seen once it is parsed.
        root = None if _DECLARED.search(data) else etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise file.error("read.broken", reason=part) from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise file.error("read.entities", reason=part)
    return root
