"""Words of the pack in the language of the reader, of the two that it brings; amounts and points as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings

from guatu.core.kernel.row_finding import RowFinding
from guatu.engines.drg.pseudonyms import without_numbers
from guatu.web.base.language import language
from guatu.web.drg.computing.private import key_of

SHOWN = 5


def messages_of(findings: Sequence[RowFinding]) -> str:
    """The first findings with their place, as one message."""
    errors = [finding for finding in findings if finding.severity == "error"]
    said = [f"{finding.row} {finding.message(language())}".strip() for finding in errors[:SHOWN]]
    more = [f"… (+{len(errors) - SHOWN})"] if len(errors) > SHOWN else []
    return " · ".join([*said, *more])


def key() -> bytes:
    """The key of this server's pseudonyms."""
    return key_of(settings.SECRET_KEY)


def written(text: str) -> str:
    """What somebody wrote, with a pseudonym in the place of each identity number."""
    return without_numbers(text.replace("\0", "").strip(), key())


def picked(values: dict[str, Any], name: str = "") -> str:
    """The text of a stored figure or row in the reader's language: `zh` or `en`, or `zh_text` for name `text`."""
    suffix = f"_{name}" if name else ""
    return str(values.get(f"{language()}{suffix}", ""))


def _number(value: Any) -> Decimal | None:
    return None if value is None or value == "" else Decimal(str(value))


def yuan(value: Any) -> str:
    """An amount to the fen; a dash where there is none."""
    number = _number(value)
    return "—" if number is None else f"{number:,.2f}"


def places(value: Any) -> str:
    """Points and indices with their four decimals."""
    number = _number(value)
    return "—" if number is None else f"{number:,.4f}"


def percent(value: Any) -> str:
    number = _number(value)
    return "—" if number is None else f"{100 * number:,.2f}%"
