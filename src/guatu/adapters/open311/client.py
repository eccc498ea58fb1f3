"""Another system's GeoReport v2 server, asked from here. Only the address that is given is called; no redirect is
followed."""

import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from http.client import HTTPException
from itertools import count
from typing import Any, Literal, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from guatu.adapters.open311.messages import (
    MOST_LISTED,
    Fault,
    NewRequest,
    Receipt,
    Service,
    ServiceDefinition,
    ServiceRequest,
)
from guatu.adapters.open311.wire import WireError, from_json, from_xml

MOST_ANSWER = 20_000_000
SECONDS = 30.0
LONGEST_SPAN = timedelta(days=90)
SHORTEST_SPAN = timedelta(minutes=1)
"""A span that a server cannot answer in full is halved down to this; then it is asked for page by page."""
A = TypeVar("A", Service, ServiceDefinition, ServiceRequest, Receipt)


class Neighbour(msgspec.Struct, frozen=True):
    """Where a server is, and what it wants to know of who asks. `address` ends before `/services`."""

    address: str
    jurisdiction: str = ""
    api_key: str = ""
    format: Literal["json", "xml"] = "json"


class NeighbourError(Exception):
    """The other side could not be asked, or refused; says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def services(there: Neighbour) -> list[Service]:
    return _asked(there, "services", Service)


def definition(there: Neighbour, code: str) -> ServiceDefinition:
    return _one(_asked(there, f"services/{quote(code, safe='')}", ServiceDefinition), "service_definition")


def request(there: Neighbour, number: str) -> ServiceRequest:
    return _one(_asked(there, f"requests/{quote(number, safe='')}", ServiceRequest), "request")


def of_token(there: Neighbour, token: str) -> Receipt:
    """The number behind a token, once there is one."""
    return _one(_asked(there, f"tokens/{quote(token, safe='')}", Receipt), "request")


def requests_between(there: Neighbour, start: datetime, end: datetime) -> Iterator[ServiceRequest]:
    """All requests of a span that has a time zone, each once, in spans that a server answers in full."""
    seen: set[str] = set()
    begin = start
    while begin < end:
        until = min(begin + LONGEST_SPAN, end)
        for found in _within(there, begin, until):
            if found.service_request_id not in seen:
                seen.add(found.service_request_id)
                yield found
        begin = until


def _within(there: Neighbour, start: datetime, end: datetime) -> Iterator[ServiceRequest]:
    span = {"start_date": start.isoformat(), "end_date": end.isoformat()}
    found = _asked(there, "requests", ServiceRequest, span)
    if len(found) < MOST_LISTED:
        yield from found
        return
    if end - start < SHORTEST_SPAN:
        yield from found
        yield from _further(there, span, {one.service_request_id for one in found})
        return
    middle = start + (end - start) / 2
    yield from _within(there, start, middle)
    yield from _within(there, middle, end)


def _further(there: Neighbour, span: Mapping[str, str], seen: set[str]) -> Iterator[ServiceRequest]:
    """What stands behind a full answer. Raises `NeighbourError` where the server has no pages: then some would be
    missing."""
    for page in count(2):
        found = _asked(there, "requests", ServiceRequest, {**span, "page": str(page), "page_size": str(MOST_LISTED)})
        new = [one for one in found if one.service_request_id not in seen]
        if found and not new:
            raise NeighbourError(
                f"对方一次最多列出 {MOST_LISTED} 件,{span['start_date']} 起一分钟内的没有列全;请与对方核对",
                f"the other side lists {MOST_LISTED} at most; from {span['start_date']} on, some of one minute are "
                "missing; ask them",
            )
        yield from new
        seen |= {one.service_request_id for one in new}
        if len(found) < MOST_LISTED:
            return


def file_request(there: Neighbour, given: NewRequest, key: str = "") -> Receipt:
    """Files a report. `key` goes with it, so that a server that knows such keys takes a second try for the first."""
    fields: list[tuple[str, str]] = [("api_key", there.api_key)] if there.api_key else []
    fields += [("jurisdiction_id", there.jurisdiction)] if there.jurisdiction else []
    plain = msgspec.to_builtins(given)
    attributes = plain.pop("attributes")
    fields += [(name, str(value)) for name, value in plain.items() if value not in (None, "")]
    fields += [(f"attribute[{code}]", value) for code, values in attributes.items() for value in values]
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    if key:
        headers["Idempotency-Key"] = key
    data = _sent(there, "requests", {}, urlencode(fields).encode(), headers)
    receipt = _one(_read(there, data, Receipt), "request")
    if not receipt.service_request_id and not receipt.token:
        raise NeighbourError("对方没有返回编号;请与对方核对", "the other side gave no number; ask them")
    return receipt


def _asked(there: Neighbour, path: str, kind: type[A], query: Mapping[str, str] | None = None) -> list[A]:
    asked = {**(query or {}), **({"jurisdiction_id": there.jurisdiction} if there.jurisdiction else {})}
    if there.api_key:
        asked["api_key"] = there.api_key
    return _read(there, _sent(there, path, asked), kind)


def _read(there: Neighbour, data: bytes, kind: type[A]) -> list[A]:
    try:
        found: list[A] = from_json(data, kind) if there.format == "json" else from_xml(data, kind)
    except WireError as error:
        raise NeighbourError(error.zh, error.en) from error
    return found


def _one(found: list[A], what: str) -> A:
    if not found:
        raise NeighbourError(f"对方没有返回 {what};请与对方核对", f"the other side sent no {what}; ask them")
    return found[0]


class _Stay(urllib.request.HTTPRedirectHandler):
    """The address is the county's to choose: an answer does not lead elsewhere."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def _sent(
    there: Neighbour,
    path: str,
    query: Mapping[str, str],
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    address = _address(there, path, query)
    asked = urllib.request.Request(address, data=body, headers=dict(headers or {}))
    try:
        with urllib.request.build_opener(_Stay).open(asked, timeout=SECONDS) as answer:
            data: bytes = answer.read(MOST_ANSWER + 1)
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(there, error.code, error.read(MOST_ANSWER)) from error
    except (OSError, HTTPException, ValueError) as error:
        reason = str(getattr(error, "reason", error))[:120]
        raise NeighbourError(f"连不上对方系统:{reason}", f"the other side cannot be reached: {reason}") from error
    if len(data) > MOST_ANSWER:
        raise NeighbourError("对方的回答太大;请与对方核对", "the answer of the other side is too large; ask them")
    return data


def _address(there: Neighbour, path: str, query: Mapping[str, str]) -> str:
    parts = urlsplit(there.address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NeighbourError(
            f"对方系统的地址“{there.address}”不是 http 或 https 地址", f"“{there.address}” is no http or https address"
        )
    asked = f"?{urlencode(query)}" if query else ""
    return f"{there.address.rstrip('/')}/{path}.{there.format}{asked}"


def _refused(there: Neighbour, status: int, body: bytes) -> NeighbourError:
    """What the other side says is wrong, where it says so in a message of GeoReport v2."""
    try:
        faults = from_json(body, Fault) if there.format == "json" else from_xml(body, Fault)
        said = "; ".join(fault.description for fault in faults)[:300]
    except WireError:
        said = ""
    return NeighbourError(
        f"对方系统拒绝了请求(HTTP {status}){':' if said else ''}{said}",
        f"the other side refused (HTTP {status}){': ' if said else ''}{said}",
    )
