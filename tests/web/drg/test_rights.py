"""Who sees what: a hospital itself and what was published, the insurer everything, others nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow
from guatu.web.drg.actions.approve_parameters import ApproveParameters
from guatu.web.drg.actions.link_hospital import LinkHospital
from guatu.web.drg.actions.make_objection import MakeObjection
from guatu.web.drg.actions.publish import Publish
from guatu.web.drg.actions.reply_objection import ReplyObjection
from guatu.web.drg.actions.run_year import RunYear
from guatu.web.drg.actions.simulate import Simulate
from guatu.web.drg.actions.upload_parameters import UploadParameters
from guatu.web.drg.actions.upload_stays import UploadStays
from guatu.web.drg.actions.upload_table import UploadTable
from guatu.web.drg.actions.withdraw_objection import WithdrawObjection
from guatu.web.drg.models import Hospital, Objection, Parameters, Round, Run
from guatu.web.drg.selectors.cases import case_rows, case_table
from tests.web.drg.conftest import OTHER, OWN, UNTIL, Region, named, region_files

pytestmark = pytest.mark.django_db
Pair = tuple[Region, Run]


def first_case(run: Run, code: str) -> dict[str, Any]:
    return case_rows(case_table(run, code))[0]


def addresses(run: Run, code: str) -> list[str]:
    case = first_case(run, code)["id"]
    base = f"/drg/runs/{run.pk}/"
    return [
        base, f"{base}hospitals/{code}/", f"{base}hospitals/{code}/cases", f"{base}hospitals/{code}/statement.xlsx",
        f"{base}cases/{case}", f"{base}problems", f"{base}objections", f"/drg/parameters/{run.parameters_id}/",
    ]  # fmt: skip


def whole_only(region: Region, run: Run) -> list[str]:
    base = f"/drg/runs/{run.pk}/"
    return [f"{base}quality", f"{base}simulate", f"/drg/years/{region.year.pk}/", "/drg/hospitals/"]


def test_a_hospital_sees_nothing_before_it_is_published(computed: Pair) -> None:
    region, run = computed
    client = region.client("hospital")
    assert [client.get(address).status_code for address in addresses(run, OWN)] == [404] * 8
    assert "云岭市" not in client.get("/drg/").content.decode()


def test_a_hospital_sees_its_own_pages_and_no_other(published: Pair) -> None:
    region, run = published
    client = region.client("hospital")
    assert [client.get(address).status_code for address in addresses(run, OWN)] == [200] * 8
    other = addresses(run, OTHER)[1:5]
    assert [client.get(address).status_code for address in other] == [404] * 4
    assert {client.get(address).status_code for address in whole_only(region, run)} <= {403, 404}
    assert client.get(f"/files/{run.stays.file_id}/").status_code == 404
    read = region.client("auditor").get(f"/files/{run.stays.file_id}/")
    assert read.status_code == 200
    read.close()


def test_lists_and_exports_of_a_hospital_hold_no_row_of_another(published: Pair) -> None:
    region, run = published
    client = region.client("hospital")
    base = f"/drg/runs/{run.pk}/"
    others = set(Hospital.objects.exclude(code=OWN).values_list("code", flat=True))
    foreign = {row["id"] for code in others for row in case_rows(case_table(run, code))}
    for address in (base, f"{base}problems", f"{base}hospitals/{OWN}/cases", f"{base}objections"):
        for form in ("", "?format=csv"):
            answer = client.get(address + form)
            text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
            assert not [code for code in others if code in text], address
            assert not [id_ for id_ in foreign if f">{id_}<" in text or f"\n{id_}," in text], address


@pytest.mark.parametrize("who", ["insurer", "leader", "auditor"])
def test_who_sees_the_region_sees_all_hospitals(published: Pair, who: str) -> None:
    region, run = published
    client = region.client(who)
    page = client.get(f"/drg/runs/{run.pk}/")
    assert len(page.context["list"].lines) == 12
    assert [client.get(address).status_code for address in addresses(run, OTHER)] == [200] * 8


@pytest.mark.parametrize("who", ["town", "nowhere", "rival"])
def test_who_has_no_right_to_a_hospital_sees_none_of_it(published: Pair, who: str) -> None:
    region, run = published
    client = region.client(who)
    own_pages = addresses(run, OWN)[1:5]
    assert {client.get(address).status_code for address in own_pages} <= {403, 404}


def test_a_hospital_account_without_a_unit_sees_no_hospital_at_all(published: Pair) -> None:
    region, run = published
    assert region.client("nowhere").get(f"/drg/runs/{run.pk}/").status_code == 404


def test_only_the_insurer_writes(published: Pair) -> None:
    region, run = published
    parameters = run.parameters
    acts = (
        UploadStays(region.year.pk, "stays", named("s.csv", b"id\n")), UploadParameters(region.year.pk, None),
        ApproveParameters(parameters.pk, parameters.digest), RunYear(region.year.pk, 1), Simulate(run.pk, "x=1"),
        Publish(run.pk, 1, UNTIL, 10), LinkHospital(1, None, 1),
    )  # fmt: skip
    for who in ("hospital", "leader", "auditor", "town"):
        for act in acts:
            with pytest.raises(Denied):
                region.act(who, act)


def test_two_different_people_approve_before_anything_is_computed(empty: Region) -> None:
    given = region_files()
    for kind in ("history", "stays"):
        empty.act("insurer", UploadStays(empty.year.pk, kind, named("s.csv", given[kind])))
    empty.act("insurer", UploadTable(empty.year.pk, "hospitals", named("h.csv", given["hospitals"])))
    made = empty.act("insurer", UploadParameters(empty.year.pk, named("p.toml", given["parameters"])))
    with pytest.raises(NotNow, match="0"):
        empty.act("insurer", RunYear(empty.year.pk, 1))
    empty.act("insurer", ApproveParameters(made.pk, made.digest))
    with pytest.raises(NotNow):
        empty.act("insurer", ApproveParameters(made.pk, made.digest))
    with pytest.raises(NotNow, match="1"):
        empty.act("insurer", RunYear(empty.year.pk, 1))
    with pytest.raises(Conflict):
        empty.act("second", ApproveParameters(made.pk, "0" * 64))
    empty.act("second", ApproveParameters(made.pk, made.digest))
    assert empty.act("insurer", RunYear(empty.year.pk, 1)).state == Run.State.RUNNING


def test_the_second_of_two_who_start_or_publish_at_once_is_told(computed: Pair) -> None:
    region, run = computed
    with pytest.raises(Conflict):
        region.act("second", RunYear(region.year.pk, 1))
    with pytest.raises(Conflict):
        region.act("second", Publish(run.pk, 1, UNTIL, 10))


def test_a_hospital_objects_and_the_insurer_answers(published: Pair) -> None:
    region, run = published
    round_ = Round.objects.get(run=run)
    hospital = Hospital.objects.get(code=OWN)
    case = first_case(run, OWN)["id"]
    made = region.act(
        "hospital", MakeObjection(round_.pk, hospital.pk, "stay", case, "费用含器官移植,应单议。", "按单议计")
    )
    assert made.deadline > made.raised
    with pytest.raises(Denied):
        region.act("rival", WithdrawObjection(made.pk, 1))
    assert region.client("rival").get(f"/drg/objections/{made.pk}/").status_code == 404
    with pytest.raises(Invalid) as unsaid:
        region.act("insurer", ReplyObjection(made.pk, 1, "rejected", " "))
    assert unsaid.value.field == "reply"
    region.act("insurer", ReplyObjection(made.pk, 1, "accepted", "同意,下一轮按单议。"))
    made.refresh_from_db()
    assert (made.state, made.settled) == (Objection.State.ACCEPTED, region.context("insurer").actor.today)
    with pytest.raises(NotNow):
        region.act("insurer", ReplyObjection(made.pk, 2, "rejected", "改变"))
    assert AuditEntry.objects.filter(action="drg.reply-objection", object_id=str(made.pk)).count() == 1


def test_an_objection_is_about_the_own_hospital_and_in_time(published: Pair) -> None:
    region, run = published
    round_, own, other = Round.objects.get(run=run), Hospital.objects.get(code=OWN), Hospital.objects.get(code=OTHER)
    with pytest.raises(Denied):
        region.act("hospital", MakeObjection(round_.pk, other.pk, "group", "AA19", "理由"))
    with pytest.raises(Denied):
        region.act("insurer", MakeObjection(round_.pk, own.pk, "group", "AA19", "理由"))
    foreign = first_case(run, OTHER)["id"]
    with pytest.raises(Invalid) as not_own:
        region.act("hospital", MakeObjection(round_.pk, own.pk, "stay", foreign, "理由"))
    assert not_own.value.field == "about"
    Round.objects.update(until="2027-01-01")
    with pytest.raises(NotNow):
        region.act("hospital", MakeObjection(round_.pk, own.pk, "group", "AA19", "理由"))


def test_an_unverified_parameter_is_marked_with_its_source(published: Pair) -> None:
    region, run = published
    text = region.client("hospital").get(f"/drg/parameters/{run.parameters_id}/").content.decode()
    assert "未核对" in text and "各地通行做法" in text and "low_threshold" in text
    assert Parameters.objects.get(pk=run.parameters_id).digest in text


def test_the_queries_of_a_page_do_not_grow_with_its_rows(published: Pair) -> None:
    region, run = published
    client = region.client("insurer")
    for address in [*addresses(run, OWN), *whole_only(region, run), "/drg/"]:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
            if answer.streaming:
                list(answer.streaming_content)
        assert answer.status_code == 200, address
        assert len(queries) <= 16, (address, len(queries))
