"""The scoring texts of the tests by their codes."""

from pathlib import Path

import msgspec

from guatu.core.cases.evaluation.sheet import Sheet

FILE = Path(__file__).with_name("sheets.toml")
SHEETS = {sheet.code: sheet for sheet in msgspec.toml.decode(FILE.read_bytes(), type=dict[str, list[Sheet]])["sheets"]}
