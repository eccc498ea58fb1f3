"""Nonsense in addresses and forms is told and never a fault; a worker that was killed is no harm."""

from __future__ import annotations

import pytest
from django.urls import reverse

from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import Job
from guatu.web.drg.actions.upload_stays import UploadStays
from guatu.web.drg.models import Run, RunFile
from guatu.web.drg.urls import urlpatterns
from tests.web.drg.conftest import OWN, Region, named, region_files

pytestmark = pytest.mark.django_db
Pair = tuple[Region, Run]
NONSENSE = {
    "page": "-7", "rule": "?", "group": "\x00' OR 1=1", "level": "x" * 300, "q": "%", "severity": "no", "code": "x", "hospital": "9" * 30,
    "what": "-", "state": "king", "kind": "stays", "seen": "9" * 30, "again": "x", "run": "1e9", "until": "2024-13-45",
    "answer_days": "-1", "changes": "x = [\nlow_threshold = none", "digest": "zz", "region": "\x00", "year": "NaN", "unit": "x",
    "subject": "?", "about": "\x00", "text": "y" * 5000, "wanted": "z" * 500, "reply": "", "file": "no file",
}  # fmt: skip


def pages(run: Run) -> list[str]:
    words = {"code": OWN, "id_": "2026-0"}
    found = []
    for pattern in urlpatterns:
        names = pattern.pattern.converters
        of_year = pattern.name in ("drg_year", "drg_upload", "drg_compute", "drg_publish")
        pk = run.region_year_id if of_year else run.parameters_id if pattern.name == "drg_parameters" else run.pk
        found.append(reverse(pattern.name, kwargs={name: pk if name == "pk" else words[name] for name in names}))
    return found


@pytest.mark.parametrize("who", ["insurer", "hospital"])
def test_nonsense_in_addresses_and_forms_is_never_a_fault(published: Pair, who: str) -> None:
    region, run = published
    client = region.client(who)
    client.raise_request_exception = True
    for address in pages(run):
        for answer in (client.get(address, NONSENSE), client.post(address, NONSENSE), client.post(address)):
            if answer.streaming:
                list(answer.streaming_content)
            assert answer.status_code < 500, address


def test_a_run_whose_job_runs_twice_is_stored_once(region: Region) -> None:
    run = region.run()
    Job.objects.filter(pk=run.job_id).update(state=Job.State.WAITING)
    run_waiting()
    assert RunFile.objects.filter(run=run).count() == 5
    assert run.results.count() == 12


def test_a_year_that_cannot_be_computed_says_why_and_leaves_the_next_run_free(region: Region) -> None:
    rows = region_files()["stays"].decode().splitlines()
    old = "\n".join([rows[0], *(line.replace("2026-", "2019-") for line in rows[1:])]).encode()
    region.act("insurer", UploadStays(region.year.pk, "stays", named("s.csv", old)))
    run = region.run()
    assert run.state == Run.State.FAILED
    page = region.client("insurer").get(f"/drg/years/{region.year.pk}/").content.decode()
    assert run.failure and run.failure[0][0] in page
    region.act("insurer", UploadStays(region.year.pk, "stays", named("s.csv", region_files()["stays"])))
    assert region.run().state == Run.State.DONE
