"""Input that is wrong gets a message where it was typed, and never a fault of the program."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guatu.web.base.jobs import run_waiting
from guatu.web.dispatch.models import Period
from guatu.web.ledger.models import PlanVersion
from tests.bombs import bomb
from tests.web.dispatch.conftest import Board
from tests.web.dispatch.conftest import board as board
from tests.web.dispatch.conftest import may as may

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


class Huge(io.BytesIO):
    """A file of 100 MB that takes no room: what is read of it is nothing but zeros."""

    size = 100 * 2**20
    name = "方案.docx"

    def __init__(self) -> None:
        super().__init__()
        self.left = self.size

    def read(self, count: int | None = -1) -> bytes:
        given = self.left if count is None or count < 0 else min(count, self.left)
        self.left -= given
        return bytes(given)


def formulas() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["编号", "任务", "目标值"])
    sheet.write_row(1, 0, ["1", '=HYPERLINK("http://example.com")'])
    sheet.write_formula(1, 2, "=1+1", None, 2)
    book.close()
    return out.getvalue()


def upload(client: Client, content: Any, name: str) -> Any:
    given = content if hasattr(content, "read") else SimpleUploadedFile(name, content)
    return client.post(reverse("plan_list"), {"file": given}, follow=False)


def test_a_file_of_100_megabytes_is_refused_at_its_field(client_of: Callable[[str], Client]) -> None:
    answer = upload(client_of("supervision"), Huge(), "方案.docx")
    assert answer.status_code == 422
    assert "64 MB" in answer.content.decode() and 'id="f-file-said"' in answer.content.decode()
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize(("content", "name"), [(b"MZ", "方案.exe"), (b"", "方案.txt")])
def test_a_file_that_is_none_is_refused_at_its_field(
    client_of: Callable[[str], Client], content: bytes, name: str
) -> None:
    answer = upload(client_of("supervision"), content, name)
    assert answer.status_code == 422
    assert 'id="f-file-said"' in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (bomb, "方案.xlsx"),
        (lambda: b"PK\x03\x04 broken", "方案.docx"),
        (lambda: b"%PDF-1.7 broken", "方案.pdf"),
        (lambda: b"\xff" * 999, "方案.txt"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_to_be_so(
    client_of: Callable[[str], Client], content: Callable[[], bytes], name: str
) -> None:
    client = client_of("supervision")
    answer = upload(client, content(), name)
    assert answer.status_code in (302, 422)
    run_waiting()
    for version in PlanVersion.objects.all():
        assert version.state in (PlanVersion.State.FAILED, PlanVersion.State.REVIEW)
        page = client.get(reverse("plan_progress", args=[version.plan_id]), follow=True)
        assert page.status_code == 200
        if version.state == PlanVersion.State.FAILED:
            assert version.failure["zh"] in page.content.decode() and version.failure["en"]


def test_a_workbook_that_unfolds_to_hundreds_of_megabytes_is_refused(client_of: Callable[[str], Client]) -> None:
    upload(client_of("supervision"), bomb(), "方案.xlsx")
    run_waiting()
    assert [version.state for version in PlanVersion.objects.all()] in ([], [PlanVersion.State.FAILED])


def test_formulas_in_cells_are_values_when_read_and_text_when_written(client_of: Callable[[str], Client]) -> None:
    client = client_of("supervision")
    assert upload(client, formulas(), "台账.xlsx").status_code == 302
    run_waiting()
    version = PlanVersion.objects.get()
    assert version.state in (PlanVersion.State.REVIEW, PlanVersion.State.FAILED)
    lines = client.get(reverse("task_export"), {"format": "csv"}).getvalue().decode().splitlines()
    assert not any(cell.lstrip('\ufeff"').startswith("=") for line in lines for cell in line.split(","))


@pytest.mark.parametrize("period", ["2024-99", "abc", "9999-12", "\x00", "2024-05' OR 1=1", "一月"])
def test_a_period_that_does_not_exist_shows_the_last_one(
    may: Board, client_of: Callable[[str], Client], period: str
) -> None:
    assert client_of("leader").get(reverse("campaign_map"), {"period": period}).status_code == 200


@pytest.mark.parametrize("typed", ["一百二", "=1+1", "12%", "1e5", "3,5", "NaN", "99999999999999", "1.1234567"])
def test_a_figure_that_is_no_number_is_told_at_its_field_and_kept_as_typed(
    may: Board, client_of: Callable[[str], Client], typed: str
) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    Period.objects.filter(pk=report.period_id).update(closes_on=None)
    name = f"figure-{may.length.pk}"
    given = {"seen": report.row_version, "progress": "管沟开挖过半", name: typed, "do": "submit", "instance": "one"}
    answer = client_of("town").post(reverse("report_edit", args=[report.pk]), given)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="said-{may.length.pk}"' in html and "invalid-feedback" in html
    assert f'value="{typed}"' in html
    report.refresh_from_db()
    assert report.state != "submitted"
