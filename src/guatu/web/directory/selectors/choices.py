"""What a place or a role may be, to choose from in the sheets of other apps."""

from guatu.web.directory.models import PlaceVersion, RoleGrant

_OWN_CODES = (PlaceVersion.Level.TOWN, PlaceVersion.Level.VILLAGE)
PLACE_LEVELS = tuple((level.value, level.label) for level in _OWN_CODES)
"""Of places within a county that have a statistical code."""
ROLES = tuple(RoleGrant.Role.choices)
