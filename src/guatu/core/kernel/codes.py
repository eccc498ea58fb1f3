"""Codes of organisations, places and people, with their check digits.

Sources: GB 32100-2015 (unified social credit code), GB 11714-1997 (organisation code inside it), GB 11643-1999 with
ISO 7064 MOD 11-2 (citizen number), GB/T 2260 (administrative divisions down to the county), 统计用区划代码编制规则
(twelve digits down to the village). Each check returns None for a good code, else the finding to show at the field.
The standards were not on the desk: the tables follow published texts of them and their worked examples.
"""

from datetime import date

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

# GB 32100-2015 table 1: digits and capitals without I, O, S, V, Z; the value of a character is its place here.
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# GB 11714-1997: digits and all capitals.
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# GB/T 2260: the first two digits.
_PROVINCES = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82}
)
_CITIZEN_CHECKS = "10X98765432"

LENGTH = Kind(
    "code.length",
    "error",
    "“{code}”应为 {expected} 位,现为 {found} 位;请核对原件",
    "“{code}” should have {expected} characters and has {found}; compare it with the original",
)
CHARACTER = Kind(
    "code.character",
    "error",
    "“{code}”第 {place} 位“{found}”不能用在此处;请核对原件",
    "“{code}”: character {place}, “{found}”, cannot stand there; compare it with the original",
)
CHECK_DIGIT = Kind(
    "code.check-digit",
    "error",
    "“{code}”校验位应为“{expected}”,现为“{found}”;其中有字符录错,请核对原件",
    "“{code}”: the check character should be “{expected}” and is “{found}”; one character is wrong, compare it "
    "with the original",
)
PROVINCE = Kind(
    "code.province",
    "error",
    "“{code}”的前两位“{found}”不是省级代码;请核对",
    "“{code}”: its first two digits, “{found}”, are no province; check it",
)
PLACE = Kind(
    "code.place",
    "error",
    "“{code}”在上级为空时填写了下级代码;请补上级或将下级改为 0",
    "“{code}” names a lower level where the level above is 0; fill in the upper level or put 0",
)
NOT_IN_TABLE = Kind(
    "code.not-in-table",
    "warning",
    "“{code}”不在所用的区划代码表中;请核对代码或更新代码表",
    "“{code}” is not in the table of divisions in use; check the code or renew the table",
)
BIRTH_DATE = Kind(
    "code.birth-date",
    "error",
    "身份证号第 7 至 14 位“{found}”不是有效的出生日期;请核对证件",
    "characters 7 to 14, “{found}”, are no date of birth; compare the number with the card",
)


def credit_check_character(first17: str) -> str:
    """The 18th character of a unified social credit code. Raises ValueError for a character outside the alphabet."""
    weighted = sum(CREDIT_ALPHABET.index(char) * pow(3, at, 31) for at, char in enumerate(first17))
    return CREDIT_ALPHABET[-weighted % 31]


def organisation_check_character(first8: str) -> str:
    """The 9th character of an organisation code: 10 is X, 11 is 0. Raises ValueError for a foreign character."""
    weighted = sum(
        _ORGANISATION_ALPHABET.index(char) * weight for char, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-weighted % 11]


def citizen_check_character(first17: str) -> str:
    """The 18th character of a citizen number (ISO 7064 MOD 11-2). Raises ValueError for what is no digit."""
    weighted = sum(int(char) * pow(2, 17 - at, 11) for at, char in enumerate(first17))
    return _CITIZEN_CHECKS[weighted % 11]


def check_credit_code(code: str, row: str = "", field: str = "credit_code") -> RowFinding | None:
    """A unified social credit code of 18 characters: length, alphabet, check character."""
    return (
        _length(code, 18, row, field)
        or _characters(code, CREDIT_ALPHABET, row, field)
        or _digits(code, 2, 8, row, field)
        or _check_character(code, credit_check_character(code[:17]), row, field)
    )


def check_organisation_code(code: str, row: str = "", field: str = "organisation_code") -> RowFinding | None:
    """An organisation code of 9 characters, as it stands in characters 9 to 17 of the credit code."""
    return (
        _length(code, 9, row, field)
        or _characters(code, _ORGANISATION_ALPHABET, row, field)
        or _check_character(code, organisation_check_character(code[:8]), row, field)
    )


def check_citizen_number(code: str, on: date, row: str = "", field: str = "citizen_number") -> RowFinding | None:
    """A citizen number of 18 characters, born on a real day not after `on`. Its findings never repeat the number."""
    if len(code) != 18:
        return row_finding(LENGTH, row, field, code=masked_citizen_number(code), expected=18, found=len(code))
    for place, char in enumerate(code[:17], 1):
        if char not in "0123456789":
            return row_finding(CHARACTER, row, field, code=masked_citizen_number(code), place=place, found=char)
    if not _born(code[6:14], on):
        return row_finding(BIRTH_DATE, row, field, found=code[6:14])
    expected = citizen_check_character(code[:17])
    if code[17] != expected:
        return row_finding(CHECK_DIGIT, row, field, code=masked_citizen_number(code), expected=expected, found=code[17])
    return None


def check_division_code(
    code: str, known: frozenset[str] | None = None, row: str = "", field: str = "division"
) -> RowFinding | None:
    """A code of GB/T 2260 (6 digits); `known` is the table in use, where there is one."""
    found = _length(code, 6, row, field) or _digits(code, 0, 6, row, field) or _province(code, row, field)
    if found is None and code[2:4] == "00" and code[4:6] != "00":
        found = row_finding(PLACE, row, field, code=code)
    return found or _in_table(code, known, row, field)


def check_statistical_code(
    code: str, known: frozenset[str] | None = None, row: str = "", field: str = "place"
) -> RowFinding | None:
    """A statistical division code (12 digits: 6 of GB/T 2260, 3 of the town, 3 of the village); it has no check
    digit."""
    found = (
        _length(code, 12, row, field)
        or _digits(code, 0, 12, row, field)
        or check_division_code(code[:6], None, row, field)
    )
    if found is None and _skips_a_level(code):
        found = row_finding(PLACE, row, field, code=code)
    return found or _in_table(code, known, row, field)


def _skips_a_level(code: str) -> bool:
    """Towns hang under a county, or under a prefecture without counties; villages hang under a town."""
    prefecture, town, village = code[2:4], code[6:9], code[9:12]
    return (town != "000" and prefecture == "00") or (village != "000" and town == "000")


def division_level(code: str) -> str:
    """Level of a sound 6- or 12-digit code: province, prefecture, county, town or village."""
    padded = code.ljust(12, "0")
    if padded[9:12] != "000":
        return "village"
    if padded[6:9] != "000":
        return "town"
    if padded[4:6] != "00":
        return "county"
    return "prefecture" if padded[2:4] != "00" else "province"


def _length(code: str, expected: int, row: str, field: str) -> RowFinding | None:
    if len(code) == expected:
        return None
    return row_finding(LENGTH, row, field, code=code, expected=expected, found=len(code))


def _characters(code: str, alphabet: str, row: str, field: str) -> RowFinding | None:
    for place, char in enumerate(code, 1):
        if char not in alphabet:
            return row_finding(CHARACTER, row, field, code=code, place=place, found=char)
    return None


def _digits(code: str, start: int, end: int, row: str, field: str) -> RowFinding | None:
    for place, char in enumerate(code[start:end], start + 1):
        if char not in "0123456789":
            return row_finding(CHARACTER, row, field, code=code, place=place, found=char)
    return None


def _check_character(code: str, expected: str, row: str, field: str) -> RowFinding | None:
    if code[-1] == expected:
        return None
    return row_finding(CHECK_DIGIT, row, field, code=code, expected=expected, found=code[-1])


def _province(code: str, row: str, field: str) -> RowFinding | None:
    return None if int(code[:2]) in _PROVINCES else row_finding(PROVINCE, row, field, code=code, found=code[:2])


def _in_table(code: str, known: frozenset[str] | None, row: str, field: str) -> RowFinding | None:
    return None if known is None or code in known else row_finding(NOT_IN_TABLE, row, field, code=code)


def _born(text: str, on: date) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])) <= on
    except ValueError:
        return False


def masked_citizen_number(code: str) -> str:
    """The number as it may be printed: nobody's citizen number belongs in a log or an error list."""
    return code[:6] + "*" * (len(code) - 6)
