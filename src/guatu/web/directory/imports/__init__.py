"""Units, places and people from spreadsheets."""

from guatu.web.directory.imports.people import PEOPLE
from guatu.web.directory.imports.places import PLACES
from guatu.web.directory.imports.units import UNITS

__all__ = ["PEOPLE", "PLACES", "UNITS"]
