"""The last and first days that an ISO date, month, year or interval means."""

from calendar import monthrange


def last_day(iso: str) -> str | None:
    """`2021-06` ends on 2021-06-30; None where no year is said."""
    end = iso.rpartition("/")[2]
    if end.startswith("--") or not end[:4].isdecimal():
        return None
    parts = [int(part) for part in end.split("-")]
    if len(parts) == 1:
        return f"{end}-12-31"
    if len(parts) == 2:
        return f"{end}-{monthrange(parts[0], parts[1])[1]:02d}"
    return end


def first_day(iso: str) -> str | None:
    """`2021-04/2021-06` begins on 2021-04-01; a single day or month is an end and has no beginning."""
    start, slash, _ = iso.partition("/")
    if not slash or start.startswith("--") or not start[:4].isdecimal():
        return None
    return start + {4: "-01-01", 7: "-01"}.get(len(start), "")
