"""Where the content that comes along lies: the pack of the same name, which holds no Python."""

from importlib.resources import files
from pathlib import Path
from typing import Final

_PACK: Final = Path(str(files("guatu.packs"))) / "drg"
SCHEME: Final = _PACK / "schemes" / "example"
"""A grouping scheme of our own making."""
CITY: Final = _PACK / "schemes" / "example_city"
"""A city's variant of it."""
RECORDS: Final = _PACK / "schemes" / "example_records.tsv"
"""Stays of patients who do not exist."""
PARAMETERS: Final = _PACK / "parameters" / "example.toml"
"""The parameters of a region that does not exist."""
