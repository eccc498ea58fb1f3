"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, GB18030, Big5, and what is no text at all."""

import codecs
import re

import msgspec

from guatu.adapters.readers.base.source import RawFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "utf8": "utf-8", "big5-hkscs": "big5"}
_KNOWN = {"gb18030", "utf-8", "big5", "utf-16-le", "utf-16-be"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_ORDINARY = re.compile(r"[\t-\r -~\u00b7\u2010-\u2026\u2160-\u249b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_LEAST_ORDINARY = 0.9
_PROBE = 1 << 18
"""Bytes that are looked at to choose an encoding."""
_MOST_BROKEN = 0.02
_MOST_CONTROL = 0.01


class Decoded(msgspec.Struct, frozen=True):
    text: str
    encoding: str


def decode(file: RawFile, declared: str | None = None) -> Decoded:
    """The text of a file, with line feeds as line ends and without its byte order mark.

    `declared` is what the file says of itself (the charset of a web page); it is believed if it decodes.

    Raises:
        ReadError: `read.binary` where no encoding makes text of the bytes.
    """
    data = file.data
    decoded = _by_mark(data) or _by_declaration(data, declared) or _by_content(data)
    if decoded is None or _is_binary(decoded.text):
        raise file.error("read.binary")
    return Decoded(_line_feeds(decoded.text), decoded.encoding)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :] if name != "utf-32" else data
            codec = "utf-8" if name == "utf-8-sig" else name
            return Decoded(text.decode(codec, errors="replace"), name)
    return None


def _by_declaration(data: bytes, declared: str | None) -> Decoded | None:
    if declared is None:
        return None
    name = declared.strip().lower()
    name = _NAMES.get(name, name)
    if name not in _KNOWN or name.startswith("utf-16"):
        return None
    text = data.decode(name, errors="replace")
    return Decoded(text, name) if _broken(text) <= _MOST_BROKEN else None


def _by_content(data: bytes) -> Decoded | None:
    if b"\x00" in data[:_PROBE]:
        return _by_zeros(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:  # a file that was cut inside a character
            return Decoded(data[: error.start].decode("utf-8"), "utf-8")
    probe = data[:_PROBE]
    name = min(("utf-8", "gb18030", "big5"), key=lambda name: _strangeness(probe, name))
    text = data.decode(name, errors="replace")
    return Decoded(text, name) if _broken(text) <= _MOST_BROKEN else None


def _by_zeros(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: line feeds, digits and spaces have their zero bytes on one side."""
    even, odd = data[0:_PROBE:2].count(0), data[1:_PROBE:2].count(0)
    name = "utf-16-be" if even > odd else "utf-16-le"
    probe = data[:_PROBE].decode(name, errors="replace")
    if len(_ORDINARY.findall(probe)) < _LEAST_ORDINARY * len(probe):
        return None
    return Decoded(data.decode(name, errors="replace"), name)


def _broken(text: str) -> float:
    return text.count("\ufffd") / max(1, len(text))


def _strangeness(probe: bytes, encoding: str) -> float:
    """How unlike Chinese the bytes read in `encoding`: undecodable bytes, and characters outside the common ones.

    The common characters are those of level 1 of GB 2312 and of Big5: each lies in one block of its own encoding.
    """
    text = probe.decode(encoding, errors="replace")
    broken = text.count("\ufffd") - (1 if text.endswith("\ufffd") else 0)
    han = [] if encoding == "utf-8" else _HAN.findall(text)
    common = sum(_is_common(char, encoding) for char in han)
    rare = 1 - common / len(han) if han else 0.0
    return 4 * broken / max(1, len(text)) + 0.5 * rare


def _is_common(char: str, encoding: str) -> bool:
    try:
        first = char.encode(encoding)[0]
    except UnicodeEncodeError:
        return False
    return 0xB0 <= first <= 0xD7 if encoding == "gb18030" else 0xA4 <= first <= 0xC6


def _is_binary(text: str) -> bool:
    controls = len(_CONTROL.findall(text))
    return "\x00" in text or controls > _MOST_CONTROL * len(text) + 2


def _line_feeds(text: str) -> str:
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")
