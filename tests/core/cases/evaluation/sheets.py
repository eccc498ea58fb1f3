"""The scoring texts that come with the pack, by their codes."""

from pathlib import Path

import msgspec

from guatu import packs
from guatu.core.cases.evaluation.sheet import Sheet

FILE = Path(packs.__file__).parent / "urban_management" / "rubrics" / "sheets.toml"
SHEETS = {sheet.code: sheet for sheet in msgspec.toml.decode(FILE.read_bytes(), type=dict[str, list[Sheet]])["sheets"]}
