"""What clients of GeoReport v2 send: a new report as a form, and a query for reports. All faults come at once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import isfinite
from typing import get_args
from urllib.parse import urlsplit

from guatu.adapters.open311.messages import (
    MOST_DESCRIPTION,
    MOST_LISTED,
    Attribute,
    Fault,
    NewRequest,
    RequestQuery,
    Service,
    ServiceDefinition,
    Status,
)
from guatu.core.fields.time import read_time

BAD, NOT_FOUND = 400, 404
MOST_DAYS = 90
MOST_PAGE = 1_000_000

_COMMON = ("api_key", "jurisdiction_id")
_QUERY = (*_COMMON, "service_request_id", "service_code", "status", "start_date", "end_date", "page", "page_size")
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]+)\](\[\])?")
_PLAIN = (
    "address_string", "address_id", "description", "email", "device_id", "account_id", "first_name", "last_name",
    "phone",
    "media_url",
)  # fmt: skip


def read_new_request(
    fields: Iterable[tuple[str, str]], services: Sequence[Service], definitions: Mapping[str, ServiceDefinition]
) -> tuple[NewRequest | None, list[Fault]]:
    """A report from the fields of a form in their order, or the faults that keep it from being taken."""
    single, attributes = _sorted_fields(fields)
    code = single.get("service_code", "")
    faults = [*_unknown(single, (*_COMMON, *_PLAIN, "service_code", "lat", "long")), *_service_faults(code, services)]
    lat, long, place_faults = _place(single)
    faults += place_faults
    if len(single.get("description", "")) > MOST_DESCRIPTION:
        faults.append(
            _fault(f"description 超过 {MOST_DESCRIPTION} 字", f"description has over {MOST_DESCRIPTION} characters")
        )
    if (url := single.get("media_url")) and not _is_web_address(url):
        faults.append(_fault("media_url 应为 http 或 https 地址", "media_url is to be an http or https address"))
    if code in definitions:
        faults += _attribute_faults(definitions[code], attributes)
    if faults:
        return None, faults
    plain = {name: single[name] for name in _PLAIN if name in single}
    given = {name: tuple(values) for name, values in attributes.items()}
    return NewRequest(service_code=code, lat=lat, long=long, attributes=given, **plain), []


def read_query(parameters: Mapping[str, Sequence[str]], now: datetime) -> tuple[RequestQuery | None, list[Fault]]:
    """A query of at most 90 days, by default the last 90 before `now`, which has a time zone."""
    listed = {
        name: tuple(_listed(parameters.get(name, ()))) for name in ("service_request_id", "service_code", "status")
    }
    page, page_size, page_faults = _page(parameters)
    page_faults += _unknown(parameters, _QUERY)
    if page_faults and listed["service_request_id"]:
        return None, page_faults
    if listed["service_request_id"] and not page_faults:
        ids = listed["service_request_id"]
        return RequestQuery(service_request_ids=ids, page=page, page_size=page_size), []
    faults = page_faults + [
        _fault(f"status 只能是 open 或 closed,现为 {status}", f"status is open or closed, not {status}")
        for status in listed["status"]
        if status not in get_args(Status)
    ]
    start, end, date_faults = _span(parameters, now)
    faults += date_faults
    if faults:
        return None, faults
    statuses = tuple(status for status in get_args(Status) if status in listed["status"])
    codes = listed["service_code"]
    found = RequestQuery(service_codes=codes, statuses=statuses, start=start, end=end, page=page, page_size=page_size)
    return found, []


def _unknown(given: Iterable[str], known: Sequence[str]) -> list[Fault]:
    """What is passed over in silence, the sender believes to be kept or to have chosen."""
    return [
        _fault(f"不认识参数 {name},可用: {', '.join(known)}", f"there is no parameter {name}")
        for name in given
        if name not in known
    ]


def _page(parameters: Mapping[str, Sequence[str]]) -> tuple[int, int, list[Fault]]:
    """Which part of a long answer: `page` from 1, `page_size` of at most 1,000."""
    found, faults = [], []
    for name, usual, most in (("page", 1, MOST_PAGE), ("page_size", MOST_LISTED, MOST_LISTED)):
        text = next((value.strip() for value in parameters.get(name, ()) if value.strip()), str(usual))
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
        if not 1 <= number <= most:
            faults.append(
                _fault(
                    f"{name} 应为 1 至 {most} 的整数,现为 {text}", f"{name} is a number from 1 to {most}, not {text}"
                )
            )
        found.append(number)
    return found[0], found[1], faults


def _sorted_fields(fields: Iterable[tuple[str, str]]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Plain fields, of which the first counts, and attributes with all their values; empty ones are not there."""
    single: dict[str, str] = {}
    attributes: dict[str, list[str]] = {}
    for name, value in fields:
        text = value.strip()
        if not text:
            continue
        if match := _ATTRIBUTE.fullmatch(name):
            attributes.setdefault(match[1], []).append(text)
        else:
            single.setdefault(name, text)
    return single, attributes


def _service_faults(code: str, services: Sequence[Service]) -> Iterator[Fault]:
    if not code:
        yield _fault("缺少 service_code", "service_code is missing")
    elif code not in {service.service_code for service in services}:
        yield _fault(f"没有 service_code {code}", f"there is no service_code {code}", NOT_FOUND)


def _place(single: Mapping[str, str]) -> tuple[float | None, float | None, list[Fault]]:
    lat, long = (_number(single.get(name, ""), most) for name, most in (("lat", 90), ("long", 180)))
    faults = [
        _fault(
            f"{name} 应为 -{most} 至 {most} 的度数,现为 {single[name]}",
            f"{name} is degrees from -{most} to {most}, not {single[name]}",
        )
        for name, most, value in (("lat", 90, lat), ("long", 180, long))
        if name in single and value is None
    ]
    given = "lat" in single and "long" in single
    if not given and not single.get("address_string") and not single.get("address_id"):
        faults.append(
            _fault(
                "缺少位置: 请给出 lat 和 long,或 address_string,或 address_id",
                "the place is missing: give lat and long, or address_string, or address_id",
            )
        )
    return (lat, long, faults) if given else (None, None, faults)


def _attribute_faults(definition: ServiceDefinition, given: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    for question in definition.attributes:
        values = given.get(question.code, ())
        if question.required and question.variable and not values:
            yield _fault(f"缺少 attribute[{question.code}]", f"attribute[{question.code}] is missing")
        if len(values) > 1 and question.datatype != "multivaluelist":
            yield _fault(f"attribute[{question.code}] 只能有一个值", f"attribute[{question.code}] takes one value")
        for value in values:
            if not _fits(question, value):
                yield _fault(
                    f"attribute[{question.code}] 的值 {value} 不是 {question.datatype}",
                    f"{value} is no {question.datatype} of attribute[{question.code}]",
                )


def _fits(question: Attribute, value: str) -> bool:
    if question.datatype == "number":
        return _number(value, float("inf")) is not None
    if question.datatype == "datetime":
        return _instant(value) is not None
    if question.datatype in ("singlevaluelist", "multivaluelist"):
        return value in {choice.key for choice in question.values}
    return True


def _span(
    parameters: Mapping[str, Sequence[str]], now: datetime
) -> tuple[datetime | None, datetime | None, list[Fault]]:
    found: dict[str, datetime | None] = {}
    faults = []
    for name in ("start_date", "end_date"):
        text = next(iter(parameters.get(name, ())), "").strip()
        found[name] = _instant(text) if text else None
        if text and found[name] is None:
            faults.append(
                _fault(
                    f"{name} 应为带时区的 ISO 8601 时间,现为 {text}",
                    f"{name} is an ISO 8601 instant with its offset, not {text}",
                )
            )
    most = timedelta(days=MOST_DAYS)
    end = found["end_date"] or ((found["start_date"] + most) if found["start_date"] else now)
    start = found["start_date"] or end - most
    if not faults and start > end:
        faults.append(_fault("start_date 晚于 end_date", "start_date is after end_date"))
    if not faults and end - start > most:
        faults.append(_fault(f"时间跨度不能超过 {MOST_DAYS} 天", f"the span may not exceed {MOST_DAYS} days"))
    return start, end, faults


def _listed(values: Sequence[str]) -> Iterator[str]:
    """Values parted by commas or given again, each once."""
    yield from dict.fromkeys(part.strip() for value in values for part in value.split(",") if part.strip())


def _number(text: str, most: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) and abs(value) <= most else None


def _instant(text: str) -> datetime | None:
    """A moment with its offset, as GeoReport asks for one; in any spelling, if the offset is there."""
    found = read_time(text, day_alone=False)
    return found if isinstance(found, datetime) and found.tzinfo is not None else None


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _fault(zh: str, en: str, code: int = BAD) -> Fault:
    return Fault(code, f"{zh} / {en}")
