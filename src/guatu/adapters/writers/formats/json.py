"""The exchanged plan: JSON, schema guatu.plan/1."""

from typing import BinaryIO

import msgspec

from guatu.adapters.writers.ledger import Ledger

NAME = "json"
SUFFIX = ".json"
BINARY = False

_INDENT = 1


def write(ledger: Ledger, out: BinaryIO) -> None:
    out.write(msgspec.json.format(msgspec.json.encode(ledger.plan), indent=_INDENT))
    out.write(b"\n")
