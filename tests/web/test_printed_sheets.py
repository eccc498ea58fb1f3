"""Each workbook that the server writes prints: A4 across, one page wide, heads on every page, page numbers."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from guatu.adapters.writers.export import Column, xlsx_parts
from tests.web.answers import body_of
from tests.web.dispatch.conftest import Board
from tests.web.dispatch.conftest import board as board
from tests.web.dispatch.conftest import may as may
from tests.web.test_every_address import addresses
from tests.web.test_every_address import rows as rows

SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


def unprintable(data: bytes) -> list[str]:
    """What is wrong with the sheets of a workbook, as they would come out of a printer."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = archive.read("xl/workbook.xml").decode()
        for name in archive.namelist():
            if not (sheet := SHEET.fullmatch(name)):
                continue
            text, at = archive.read(name).decode(), int(sheet[1]) - 1
            setup = (re.search(r"<pageSetup [^>]*/>", text) or [""])[0]
            if 'paperSize="9"' not in setup or 'orientation="landscape"' not in setup:
                found.append(f"{name}: not A4 across")
            if 'fitToHeight="0"' not in setup or 'fitToPage="1"' not in text:
                found.append(f"{name}: not one page wide")
            if "&amp;P / &amp;N" not in text:
                found.append(f"{name}: no page numbers")
            for what in ("Print_Area", "Print_Titles"):
                if not re.search(rf'"_xlnm\.{what}" localSheetId="{at}"', book):
                    found.append(f"{name}: no {what}")
    return found


def test_a_list_of_several_sheets_prints_each_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guatu.adapters.writers.export.ROWS", 3)
    data = b"".join(xlsx_parts("清单", [Column("甲"), Column("乙")], [("1", "2")] * 5))
    assert unprintable(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "'清单 3'!$A$1:$B$2" in archive.read("xl/workbook.xml").decode()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("role", ["admin", "supervision", "desk"])
def test_every_workbook_of_the_server_prints(rows: Board, role: str) -> None:
    client = Client()
    client.force_login(rows.county.users[role])
    found, read = [], 0
    for address, name in addresses().items():
        for asked in ("", "?format=xlsx"):
            answer: Any = client.get(address + asked)
            # Read to its end, whatever it is: closing it would close the test's own connection on PostgreSQL.
            data = body_of(answer)
            if answer.status_code == 200 and "spreadsheetml" in answer.headers.get("Content-Type", ""):
                read += 1
                found += [(name, wrong) for wrong in unprintable(data)]
    assert found == [] and read >= 5
