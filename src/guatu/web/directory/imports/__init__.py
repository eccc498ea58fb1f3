"""Units, places and people from spreadsheets. Each kind is a module; being in `KINDS` offers it on the pages."""

from guatu.web.directory.imports.kind import Checked, Importer
from guatu.web.directory.imports.people import PEOPLE
from guatu.web.directory.imports.places import PLACES
from guatu.web.directory.imports.units import UNITS

KINDS: dict[str, Importer] = {kind.key: kind for kind in (UNITS, PLACES, PEOPLE)}

__all__ = ["KINDS", "Checked", "Importer"]
