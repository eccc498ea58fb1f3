"""Ways on which whoever reported can be told: those that the county has set up, by addresses of the Apprise library.

Settings: `cases.ways`, rows of a name and an address in which `{to}` stands for the number or the mail of the reporter.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import quote

from guatu.adapters.notices import Outcome, send
from guatu.web.base.settings_table import setting
from guatu.web.cases.models import CaseMessage

KIND = "cases.message"
TO = "{to}"
_GONE = "这个告知方式已从设置中删除 · this way is no longer in the settings"


@dataclass(frozen=True)
class Way:
    name: str
    url: str


def ways(on: datetime.date) -> list[Way]:
    return [Way(str(row["name"]), str(row["url"])) for row in setting("cases.ways", on)]


def way_of(name: str, on: datetime.date) -> Way | None:
    return next((one for one in ways(on) if one.name == name), None)


def sent_out(message: CaseMessage, on: datetime.date) -> Outcome:
    """Sends one message and says what became of it; nothing is written, and no reason holds the number."""
    way, contact = way_of(message.way, on), message.reporter.phone
    if way is None:
        return Outcome(False, _GONE)
    outcome = send(way.url.replace(TO, quote(contact, safe="@+")), message.title, message.text)
    return Outcome(outcome.sent, outcome.reason.replace(contact, message.masked))
