"""The messages of GeoReport v2 under the names that the specification gives them."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

# The specification asks for an offset or Z on every instant.
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Degrees = Annotated[float, msgspec.Meta(ge=-180, le=180)]

ServiceType = Literal["realtime", "batch", "blackbox"]
DataType = Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
Status = Literal["open", "closed"]

MOST_DESCRIPTION = 4000


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A class of cases that can be reported; with `metadata` it has a definition of its own questions."""

    service_code: str
    service_name: str
    description: str | None = None
    metadata: bool = False
    type: ServiceType = "realtime"
    keywords: str | None = None
    group: str | None = None


class AttributeValue(msgspec.Struct, frozen=True):
    """One answer of a list."""

    key: str
    name: str


class Attribute(msgspec.Struct, frozen=True, kw_only=True):
    """A question about a report; where `variable` is false it is only text to be shown."""

    variable: bool
    code: str
    datatype: DataType
    required: bool
    datatype_description: str | None = None
    order: int | None = None
    description: str | None = None
    values: tuple[AttributeValue, ...] = ()


class ServiceDefinition(msgspec.Struct, frozen=True):
    """The questions of one service."""

    service_code: str
    attributes: tuple[Attribute, ...] = ()


class ServiceRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A case as the public sees it."""

    service_request_id: str
    status: Status
    service_code: str
    requested_datetime: Instant
    status_notes: str | None = None
    service_name: str | None = None
    description: str | None = None
    agency_responsible: str | None = None
    service_notice: str | None = None
    updated_datetime: Instant | None = None
    expected_datetime: Instant | None = None
    address: str | None = None
    address_id: str | None = None
    zipcode: str | None = None
    lat: Degrees | None = None
    long: Degrees | None = None
    media_url: str | None = None


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a new report, or to a token: the id of the case, or a token while there is none yet."""

    service_request_id: str | None = None
    token: str | None = None
    service_notice: str | None = None
    account_id: str | None = None


class Fault(msgspec.Struct, frozen=True):
    """What was wrong with a request: an HTTP status as `code`, and what to do."""

    code: int
    description: str


class NewRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it was sent; `attributes` has one value or several to a code."""

    service_code: str
    lat: float | None = None
    long: float | None = None
    address_string: str | None = None
    address_id: str | None = None
    description: str | None = None
    email: str | None = None
    device_id: str | None = None
    account_id: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    media_url: str | None = None
    attributes: dict[str, tuple[str, ...]] = {}


MOST_LISTED = 1000
"""A server lists so many requests at most in one answer."""


class RequestQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases are asked for; ids override all else."""

    service_request_ids: tuple[str, ...] = ()
    service_codes: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    start: Instant | None = None
    end: Instant | None = None
    page: int = 1
    page_size: int = MOST_LISTED
