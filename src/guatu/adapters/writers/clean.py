"""Text that office formats can hold."""

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str, most: int) -> str:
    """`text` without the characters that XML forbids, cut after `most` characters."""
    return _NOT_XML.sub("", text[:most])
