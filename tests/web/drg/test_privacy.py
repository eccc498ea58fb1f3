"""Nobody can be found: names and identity numbers are planted in every column, and looked for everywhere."""

from __future__ import annotations

import csv
import io
import logging
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from guatu.web.base.files import path_of
from guatu.web.base.problems import Invalid
from guatu.web.drg.actions.make_objection import MakeObjection
from guatu.web.drg.actions.upload_parameters import UploadParameters
from guatu.web.drg.actions.upload_stays import UploadStays
from guatu.web.drg.actions.upload_table import UploadTable
from guatu.web.drg.models import Hospital, Round, Run, Table
from tests.web.drg.conftest import OWN, Region, named, region_files

pytestmark = pytest.mark.django_db
NAME, NUMBER, PHONE = "欧阳明远", "110101199003074514", "13912345678"
PLANTED = (NAME, NUMBER, PHONE, NAME.encode("unicode_escape").decode())
COLUMNS = ("id", "hospital", "patient", "sex", "age", "dx", "procs", "admitted", "discharged", "cost", "fund")


def planted() -> bytes:
    """The stays of the region with further columns of people, and identities in the cells of every column there is."""
    rows = list(csv.DictReader(io.StringIO(region_files()["stays"].decode())))
    for at, row in enumerate(rows):
        row["姓名"], row["身份证号"], row["联系电话"] = NAME, NUMBER[:-4] + f"{at:04d}", PHONE
    for at, column in enumerate(COLUMNS):
        for n, word in enumerate((NAME, NUMBER, PHONE, f"{NAME} {NUMBER}")):
            rows[10 + at * 4 + n][column] = word
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def database() -> str:
    """Every cell of every table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def look(text: str, where: str) -> None:
    assert not [word for word in PLANTED if word in text], where


def test_no_page_log_audit_line_export_or_file_holds_who_it_is(
    region: Region, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    upload = SimpleUploadedFile(f"{NAME}{NUMBER}.csv", planted())
    answer = region.client("insurer").post(
        f"/drg/years/{region.year.pk}/upload", {"kind": "stays", "file": upload}, follow=True
    )
    assert answer.status_code == 200
    look(answer.content.decode(), "upload")
    table = Table.objects.filter(kind="stays").latest("id")
    assert (table.dropped, table.masked > 20) == (3, True)
    run = region.run()
    assert run.state == Run.State.DONE, run.failure
    region.publish(run)
    round_, hospital = Round.objects.get(run=run), Hospital.objects.get(code=OWN)
    region.act("hospital", MakeObjection(round_.pk, hospital.pk, "group", "AA19", f"患者身份证 {NUMBER} 应单议"))
    for who in ("insurer", "hospital"):
        client = region.client(who)
        base = f"/drg/runs/{run.pk}/"
        pages = [
            base, f"{base}problems", f"{base}quality", f"{base}objections", f"{base}hospitals/{OWN}/cases",
            f"{base}hospitals/{OWN}/", f"/drg/years/{region.year.pk}/",
        ]  # fmt: skip
        for page in pages:
            for form in ("", "?format=csv", "?page=2"):
                found = client.get(page + form)
                body = b"".join(found.streaming_content) if found.streaming else found.content
                look(body.decode(), f"{who} {page}{form}")
    problems = region.client("insurer").get(f"/drg/runs/{run.pk}/problems", {"severity": "error"})
    assert problems.context["list"].count > 10
    look(database(), "database")
    look(caplog.text, "log")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [word for word in (NAME, NUMBER, PHONE) if word.encode() in data], path
            if data[:4] == b"PAR1":
                look(str(pq.read_table(path).to_pydict()), str(path))


def test_a_table_read_back_holds_pseudonyms_and_one_for_each_person(region: Region) -> None:
    region.act("insurer", UploadStays(region.year.pk, "stays", named("s.csv", planted())))
    table = pq.read_table(path_of(Table.objects.filter(kind="stays").latest("id").file))
    patients = table.column("patient").to_pylist()
    assert all(len(word) == 25 and word.startswith("P") for word in patients)
    assert len(set(patients)) == len(patients)
    text = str(table.to_pydict())
    look(text, "table")


FIELD = (
    ("stays", b"", "s.csv"),
    ("stays", b"\xff\xfe\x00bad", "s.csv"),
    ("stays", b"name,number\n1,2\n", "s.csv"),
    ("stays", f"{NAME},{NUMBER}\n{NAME},{NUMBER}\n".encode(), "s.csv"),
    ("stays", b"PAR1 not parquet", "s.parquet"),
    ("stays", b"id,hospital\n", "s.xlsx"),
    ("stays", b"id,hospital,patient,drg,admitted,discharged,cost,fund\n", "s.csv"),
    ("hospitals", b"hospital,level\nH001,x\nH001,x\n", "h.csv"),
    ("hospitals", b"hospital,level,score\nH001,x,120\n", "h.csv"),
    ("hospitals", "hospital,level\n某某 医院,三级\n".encode(), "h.csv"),
    ("reviews", b"id,points\nA1,-3\n", "r.csv"),
    ("scheme", b"no archive", "scheme.zip"),
    ("parameters", b"region = 1", "p.toml"),
    ("parameters", b"\xff\xff", "p.toml"),
)


@pytest.mark.parametrize(("kind", "data", "name"), FIELD)
def test_a_file_that_cannot_be_taken_gives_its_message_at_the_field(
    empty: Region, kind: str, data: bytes, name: str
) -> None:
    client = empty.client("insurer")
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        address = f"/drg/years/{empty.year.pk}/upload"
        answer = client.post(address, {"kind": kind, "file": SimpleUploadedFile(name, data)})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert answer.context["problem"].field == "file"
        assert 'id="f-file-said"' in text
        look(text, f"{kind} {name}")
    assert not Table.objects.exists()


def test_nothing_is_chosen_or_of_no_kind(empty: Region) -> None:
    with pytest.raises(Invalid) as nothing:
        empty.act("insurer", UploadStays(empty.year.pk, "stays", None))
    assert nothing.value.field == "file"
    for act in (UploadStays, UploadTable):
        with pytest.raises(Invalid) as kind:
            empty.act("insurer", act(empty.year.pk, "x", None))
        assert kind.value.field == "kind"
    with pytest.raises(Invalid) as other:
        text = region_files()["parameters"].replace(b"2026", b"2025")
        empty.act("insurer", UploadParameters(empty.year.pk, named("p.toml", text)))
    assert other.value.code == "drg.parameters-year"
