"""What an official document is made of, in the order in which GB/T 9704-2012 names it: head, body, record."""

from datetime import date
from typing import Literal

import msgspec

CellValue = str | int | float | None
Kind = Literal["text", "count", "number", "share", "light", "date"]


class Column(msgspec.Struct, frozen=True):
    """A column of a table. A share is a fraction of 1; a light is green, amber, red or grey; a date is ISO text."""

    key: str
    head: str
    kind: Kind = "text"


class DataTable(msgspec.Struct, frozen=True):
    """A table of figures. The page, the docx and the xlsx all show these rows: they cannot differ."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...] = ()
    total: tuple[CellValue, ...] = ()
    note: str = ""
    empty: str = ""
    """What stands in place of the rows where there are none."""


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A heading with its own number in it: 一、 (一) 1. (1) are levels 1 to 4. `rest` goes on in the same paragraph."""

    level: Literal[1, 2, 3, 4]
    text: str
    rest: str = ""


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    text: str


Block = Heading | Paragraph | DataTable


class Annex(msgspec.Struct, frozen=True):
    """附件: begins a page of its own, before the record."""

    title: str
    blocks: tuple[Block, ...]


class OfficialDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One document. What is empty is left out, with the space that it would have taken.

    `agency` is the red name at the head (发文机关标志), with or without 文件; `author` signs at the end. `sealed` leaves
    room for a seal (clause 7.3.5.1); without it the author stands as 7.3.5.2 has it.
    """

    agency: str
    number: str = ""
    title: str
    recipients: str = ""
    """主送机关, without the colon."""
    blocks: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()
    author: str
    on: date
    """成文日期."""
    sealed: bool = True
    note: str = ""
    """附注, without brackets."""
    signer: str = ""
    """签发人, named on documents to those above."""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    copies_to: str = ""
    """抄送机关, without the full stop."""
    printed_by: str = ""
    printed_on: date | None = None
