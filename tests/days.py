"""Days on which a program that counts days goes wrong, each with its reason: `make torture` runs the tests on all."""

import datetime

DAYS = {
    "a Saturday that is worked, to make up for the Spring Festival": datetime.date(2026, 2, 14),
    "the Spring Festival": datetime.date(2026, 2, 17),
    "the end of a short month, a Saturday that is worked": datetime.date(2026, 2, 28),
    "the National Day": datetime.date(2026, 10, 1),
    "the last day of a year": datetime.date(2026, 12, 31),
    "New Year": datetime.date(2027, 1, 1),
    "the last day before a short month, a Sunday": datetime.date(2027, 1, 31),
    "the end of a short month, a Sunday": datetime.date(2027, 2, 28),
    "29 February": datetime.date(2028, 2, 29),
    # Nobody knows the holidays of these years yet.
    "the last day of a year some years on": datetime.date(2029, 12, 31),
    "New Year some years on": datetime.date(2030, 1, 1),
    "the National Day some years on": datetime.date(2030, 10, 1),
}
