"""GeoReport v2 messages to JSON and XML and back.

Numbers where the specification has texts (a service_code of 7) and texts where it has numbers are both read: servers in
use send either. What is empty or null is not there. XML is parsed without entities and without network.
"""

import json
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from guatu.adapters.open311.messages import Fault, Receipt, Service, ServiceDefinition, ServiceRequest

Message = Service | ServiceDefinition | ServiceRequest | Receipt | Fault
M = TypeVar("M", Service, ServiceDefinition, ServiceRequest, Receipt, Fault)

# The element around a list of messages, and the element of each.
_ELEMENTS: dict[type, tuple[str, str]] = {
    Service: ("services", "service"),
    ServiceRequest: ("service_requests", "request"),
    Receipt: ("service_requests", "request"),
    Fault: ("errors", "error"),
    ServiceDefinition: ("", "service_definition"),
}
_ITEMS = {"attributes": "attribute", "values": "value"}
_NUMBERS = {"lat", "long", "order", "code"}


class WireError(ValueError):
    """What another server sent is no message of GeoReport v2; says which message and why, in both languages."""

    def __init__(self, kind: type, reason: str) -> None:
        name = _ELEMENTS[kind][1]
        self.zh = f"对方返回的 {name} 不符合 GeoReport v2: {reason};请与对方核对"
        self.en = f"what came as {name} is not GeoReport v2: {reason}; ask the other side"
        super().__init__(self.en)


def to_json(messages: Sequence[Message] | ServiceDefinition) -> bytes:
    """A list of messages, or one definition, in UTF-8; every field is there, null where it is empty."""
    return msgspec.json.encode(messages)


def to_xml(messages: Sequence[Message] | ServiceDefinition, kind: type[Message]) -> bytes:
    """The same with an XML declaration; `kind` names the root where the list is empty."""
    from lxml import etree

    around, each = _ELEMENTS[kind]
    if isinstance(messages, ServiceDefinition):
        root = etree.Element(each)
        _fill(root, msgspec.to_builtins(messages))
    else:
        root = etree.Element(around)
        for message in messages:
            _fill(etree.SubElement(root, each), msgspec.to_builtins(message))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def from_json(data: bytes, kind: type[M]) -> list[M]:
    """Messages of a kind; a definition comes as a list of one. Raises WireError."""
    try:
        found = json.loads(data)
    except ValueError as error:
        raise WireError(kind, f"JSON ({error})") from error
    items = found if isinstance(found, list) else [found]
    return [_message(item, kind, at) for at, item in enumerate(items, 1)]


def from_xml(data: bytes, kind: type[M]) -> list[M]:
    """Messages of a kind; a definition comes as a list of one. Raises WireError."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WireError(kind, f"XML ({error})") from error
    around, each = _ELEMENTS[kind]
    if root.tag != (around or each):
        raise WireError(kind, f"<{root.tag}>")
    elements = root.findall(each) if around else [root]
    return [_message(_read(element), kind, at) for at, element in enumerate(elements, 1)]


def _fill(parent: Any, fields: dict[str, Any]) -> None:
    from lxml import etree

    for name, value in fields.items():
        element = etree.SubElement(parent, name)
        if isinstance(value, list | tuple):
            for item in value:
                _fill(etree.SubElement(element, _ITEMS[name]), item)
        elif value is not None:
            element.text = _clean(str(value).lower() if isinstance(value, bool) else str(value))


def _clean(text: str) -> str:
    """XML 1.0 has no control characters but tab and line ends; a citizen's text may have any."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def _read(element: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in element:
        item = _ITEMS.get(child.tag)
        found[child.tag] = [_read(part) for part in child.findall(item)] if item else (child.text or "").strip()
    return found


def _message(fields: Any, kind: type[M], at: int) -> M:
    if not isinstance(fields, dict):
        raise WireError(kind, f"{at}: {type(fields).__name__}")
    try:
        return msgspec.convert(_tidy(fields), kind, strict=False)
    except msgspec.ValidationError as error:
        raise WireError(kind, f"{at}: {error}") from error


def _tidy(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty; what is no number, truth or list becomes text."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        if value is None or value == "":
            continue
        if isinstance(value, list):
            value = [_tidy(item) if isinstance(item, dict) else item for item in value]
        elif isinstance(value, int | float) and not isinstance(value, bool) and not _is_number(name, fields):
            value = str(value)
        found[name] = value
    return found


def _is_number(name: str, fields: dict[str, Any]) -> bool:
    """The code of a fault is a number, that of an attribute a text."""
    return name in _NUMBERS and not (name == "code" and "datatype" in fields)
