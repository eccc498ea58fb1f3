"""XML parts of office files, parsed without entities, network or unbounded depth."""

from typing import Any

from guatu.adapters.readers.base.source import RawFile


def parse_xml(file: RawFile, data: bytes, part: str) -> Any:
    """The root element (lxml) of an XML part.

    Raises:
        ReadError: the part is not well-formed.
    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise file.error("read.broken", reason=part) from error
