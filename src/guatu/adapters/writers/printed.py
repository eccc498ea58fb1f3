"""A sheet as it is printed: A4 across, one page wide, heads on each page, page numbers, nothing but what is written."""

from typing import Any

_A4 = 9


def on_paper(sheet: Any, head: int, last: int, columns: int) -> None:
    """`head` is the row of heads and `last` the last one that is written, both from 0."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C&P / &N")
    sheet.print_area(0, 0, max(last, head), max(columns - 1, 0))
