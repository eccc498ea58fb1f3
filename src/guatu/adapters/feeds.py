"""A calendar that phones and mail programs subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class FeedEvent:
    """A whole day on which something is due. `uid` stays the same while the thing does; `changed` is when it was last
    so."""

    uid: str
    on: date
    title: str
    text: str
    url: str
    changed: datetime


def calendar_feed(name: str, events: Iterable[FeedEvent]) -> bytes:
    """The calendar as text/calendar; programs are asked to look again every six hours."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//guatu//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for given in events:
        event = icalendar.Event()
        event.add("uid", given.uid)
        event.add("dtstamp", given.changed)
        event.add("dtstart", given.on)
        event.add("dtend", given.on + timedelta(days=1))
        event.add("summary", given.title)
        event.add("description", given.text)
        if given.url:
            event.add("url", given.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
