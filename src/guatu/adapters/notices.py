"""Messages to people: mail, WeCom, DingTalk, Feishu, SMS gateways and webhooks, by the addresses of the Apprise
library."""

import logging
import warnings
from dataclasses import dataclass
from urllib.parse import quote

_LONGEST_REASON = 500


@dataclass(frozen=True)
class Outcome:
    """Whether a message went out, and what the service answered where it did not."""

    sent: bool
    reason: str = ""


def send(address: str, title: str, text: str) -> Outcome:
    """Sends one message to an Apprise address (mailtos://..., wecombot://..., dingtalk://..., feishu://...,
    jsons://...).

    Nothing is raised for what a network or a service does. The reason never holds the address, which may hold a
    password.
    """
    import apprise

    with warnings.catch_warnings():
        # Its modules, loaded now, import what later versions of Python drop.
        warnings.simplefilter("ignore", DeprecationWarning)
        service = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    if service is None:
        return Outcome(
            False, "通知地址无法识别,请在设置 notices.urls 中改正 · the address of the channel is not understood"
        )
    sender = apprise.Apprise()
    sender.add(service)
    with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as captured:
        sent = bool(sender.notify(body=text or title, title=title))
        lines = captured.getvalue().splitlines()
    if sent:
        return Outcome(True)
    reason = "; ".join(dict.fromkeys(line.strip() for line in lines if line.strip()))
    return Outcome(False, _without(address, reason)[:_LONGEST_REASON] or "对方没有接受 · the service did not take it")


def mail_address(server: str, to: str) -> str:
    """The address of a mail server (mailtos://user:password@host?from=...) with a receiver."""
    return f"{server}{'&' if '?' in server else '?'}to={quote(to)}"


def _without(address: str, reason: str) -> str:
    """The reason with every longer part of the address taken out."""
    parts = sorted({part for part in _parts(address) if len(part) > 5}, key=len, reverse=True)
    for part in parts:
        reason = reason.replace(part, "***")
    return reason


def _parts(address: str) -> list[str]:
    for sign in "/?&=@:":
        address = address.replace(sign, " ")
    return address.split()
