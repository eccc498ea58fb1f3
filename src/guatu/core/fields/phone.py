"""Telephone numbers as offices write them: mobile, fixed with or without area code and extension, of services.

Source: the numbering plan (电信网编号计划, 2017): mobile numbers have eleven digits and begin with 1; area codes have
three or four digits and begin with 0, local numbers have seven or eight; 400 and 800 numbers have ten; numbers of
services have three to six and begin with 1 or 9. The plan was not on the desk; the shapes follow published texts of it.
"""

import re
from typing import Final

from guatu.core.fields.findings import NO_PHONE, FieldFinding, found
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import compared
from guatu.core.fields.text import read_text

_NUMBER: Final = re.compile(
    r"(?:\+?86-?)?(?P<mobile>1[3-9][0-9]{9})"
    r"|(?:[(]?(?P<area>0[0-9]{2,3})[)]?-?)?(?P<local>[2-9][0-9]{6,7})(?:(?:转|-|ext\.?)(?P<inner>[0-9]{1,6}))?"
    r"|(?P<free>[48]00)-?(?P<three>[0-9]{3})-?(?P<four>[0-9]{4})"
    r"|(?P<service>1[0-2][0-9]{1,4}|9[0-9]{4,5})",
    re.IGNORECASE,
)
_SHOWN: Final = 2
"""So many digits of a fixed number are left in a masked one: enough to tell two lines apart."""


class Phone(Field[str], frozen=True, kw_only=True):
    """A number is kept with a hyphen behind its area code and 转 before its extension, without anything else."""

    def parse(self, given: Cell) -> str | FieldFinding:
        text = read_text(given)
        if isinstance(text, FieldFinding):
            return text
        match = _NUMBER.fullmatch(compared(text))
        return found(NO_PHONE, text) if match is None else _kept(match)

    def mask(self, value: str | None) -> str:
        """What nobody can call: 139****5678, 0550-*****34. What was kept and is no number is hidden as a whole."""
        match = _NUMBER.fullmatch(compared(value)) if value else None
        if match is None:
            return "***" if value else ""
        if match["mobile"]:
            return f"{match['mobile'][:3]}****{match['mobile'][-4:]}"
        if match["local"]:
            # A town has few numbers: its area code and two digits leave a hundred thousand to guess among.
            area = f"{match['area']}-" if match["area"] else ""
            return f"{area}{'*' * (len(match['local']) - _SHOWN)}{match['local'][-_SHOWN:]}"
        # Of a service everybody may know the number.
        return _kept(match)


def _kept(match: re.Match[str]) -> str:
    if match["free"]:
        return "-".join((match["free"], match["three"], match["four"]))
    if match["local"]:
        whole = f"{match['area']}-{match['local']}" if match["area"] else match["local"]
        return f"{whole}转{match['inner']}" if match["inner"] else whole
    return match["mobile"] or match["service"]


def masked_contact(text: str) -> str:
    """A number or an address of mail, of which so much is left that its owner knows it: 139****5678,
    l***@example.org."""
    name, sign, host = text.partition("@")
    return f"{name[:1]}***@{host}" if sign else Phone().mask(text)
