"""A list as a table, declared once: what may be asked for, its columns, its order, its totals.

From the declaration come the page (filters in the address, heads that sort, pages by key, what stands where nothing
is), the file of exactly what the page shows, and the print.
"""

from guatu.web.kit.table.columns import Column, day, due, moment, number, text
from guatu.web.kit.table.filters import Choose, Day, Filter, Flag, Pick, Search, States, Wanted, Word
from guatu.web.kit.table.table import Empty, Table, narrowed, queried
from guatu.web.kit.table.views import shown, table_export, table_page

__all__ = [
    "Choose",
    "Column",
    "Day",
    "Empty",
    "Filter",
    "Flag",
    "Pick",
    "Search",
    "States",
    "Table",
    "Wanted",
    "Word",
    "day",
    "due",
    "moment",
    "narrowed",
    "number",
    "queried",
    "shown",
    "table_export",
    "table_page",
    "text",
]
