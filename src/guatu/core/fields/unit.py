"""A unit of the county: its code, full name, short name or alias, or "name (code)"."""

from typing import ClassVar, Generic

from guatu.core.fields.findings import UNIT_NOT_NAMED
from guatu.core.fields.reference import K, Reference
from guatu.core.kernel.finding import Kind


class Unit(Reference[K], Generic[K], frozen=True, kw_only=True):
    """The key of a unit; which names mean one is the affair of the directory that is handed in."""

    kind: ClassVar[Kind] = UNIT_NOT_NAMED
