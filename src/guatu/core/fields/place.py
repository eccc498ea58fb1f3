"""A place of the county: the code of its division, a name that only one place bears, or "name (code)"."""

from typing import ClassVar, Generic

from guatu.core.fields.findings import PLACE_NOT_NAMED
from guatu.core.fields.reference import K, Reference
from guatu.core.kernel.finding import Kind


class Place(Reference[K], Generic[K], frozen=True, kw_only=True):
    """The key of a place."""

    kind: ClassVar[Kind] = PLACE_NOT_NAMED
