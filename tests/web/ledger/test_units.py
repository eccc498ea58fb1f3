"""Names in a plan are linked to units: each once, wherever the plan writes it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Denied, Invalid
from guatu.web.directory.actions.add_alias import AddAlias
from guatu.web.directory.models import UnitAlias
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.ledger.actions.accept_links import AcceptLinks
from guatu.web.ledger.actions.create_unit_for import CreateUnitFor
from guatu.web.ledger.actions.leave_unlinked import LeaveUnlinked
from guatu.web.ledger.actions.link_units import LinkUnits
from guatu.web.ledger.models import Duty, Plan, PlanVersion
from guatu.web.ledger.selectors.unit_texts import UnitText, unit_texts
from tests.web.html import flat
from tests.web.ledger.conftest import FIRST

TOWNS = ("城关镇", "柳林镇", "石门镇", "白鹿乡", "双河乡")


def names(plan: Plan) -> dict[str, UnitText]:
    return {name.text: name for name in unit_texts(plan, unit_tree(timezone.localdate()))}


def test_each_name_stands_once_with_its_places_and_state(draft: Plan) -> None:
    found = names(draft)
    assert set(found) == {"县水利局", "各乡镇", "县财政局", "县水力局", "县住建局", "各相关部门"}
    assert found["县水利局"].places == 2 and found["县水利局"].state == "linked"
    assert found["各相关部门"].state == "unlinked" and found["各相关部门"].reason
    assert {n for n, name in found.items() if name.state == "waiting"} == {"各乡镇", "县水力局"}


def test_a_mistyped_name_suggests_the_unit_and_a_collective_one_the_real_towns(draft: Plan, county: Any) -> None:
    found = names(draft)
    assert found["县水力局"].suggestions[0].unit_id == county.unit("县水利局").pk
    assert [m.id for m in found["各乡镇"].members] == [county.unit(t).pk for t in TOWNS]
    assert found["县水利局"].suggestions == []


def test_linking_a_name_links_every_place_of_it_and_one_row_for_each_unit(
    draft: Plan, county: Any, context: Callable[..., Context]
) -> None:
    ids = tuple(county.unit(t).pk for t in TOWNS)
    perform(LinkUnits(draft.pk, "各乡镇", ids), context())
    duties = Duty.objects.filter(task__plan=draft, text="各乡镇")
    assert sorted(duties.values_list("unit_id", flat=True)) == sorted(ids)
    assert len({d.start for d in duties}) == 1 and duties[0].start > 0


def test_linking_again_replaces_and_linking_the_same_changes_nothing(
    draft: Plan, county: Any, context: Callable[..., Context]
) -> None:
    water, money = county.unit("县水利局").pk, county.unit("县财政局").pk
    perform(LinkUnits(draft.pk, "县水力局", (money,)), context())
    perform(LinkUnits(draft.pk, "县水力局", (water,)), context())
    perform(LinkUnits(draft.pk, "县水力局", (water,)), context())
    assert list(Duty.objects.filter(text="县水力局").values_list("unit_id", flat=True)) == [water]


def test_a_remembered_name_is_linked_by_itself_in_the_next_plan(
    draft: Plan, county: Any, context: Callable[..., Context], upload: Callable[..., PlanVersion]
) -> None:
    water = county.unit("县水利局").pk
    perform(LinkUnits(draft.pk, "县水力局", (water,), remember=True), context())
    assert UnitAlias.objects.filter(unit=water, text="县水力局").exists()
    other = upload(FIRST.replace("2026", "2027"), name="下一年.txt").plan
    assert names(other)["县水力局"].state == "linked"


def test_a_name_may_stay_without_a_unit_with_its_reason_and_wait_again(
    draft: Plan, county: Any, context: Callable[..., Context]
) -> None:
    perform(LinkUnits(draft.pk, "各乡镇", tuple(county.unit(t).pk for t in TOWNS)), context())
    perform(LeaveUnlinked(draft.pk, "各乡镇", "outside"), context())
    duty = Duty.objects.get(task__plan=draft, text="各乡镇")
    assert (duty.unit_id, duty.unlinked) == (None, "outside")
    perform(LeaveUnlinked(draft.pk, "各乡镇", ""), context())
    assert names(draft)["各乡镇"].state == "waiting"
    with pytest.raises(Invalid):
        perform(LeaveUnlinked(draft.pk, "各乡镇", "whatever"), context())


def test_one_click_links_and_the_count_goes_down(draft: Plan, county: Any, client_of: Callable[[str], Client]) -> None:
    client, url = client_of("supervision"), reverse("plan_unit_link", args=[draft.pk])
    page = flat(client.get(reverse("plan_units", args=[draft.pk])).content.decode())
    assert 'id="waiting-count" role="status">2<' in page
    answer = client.post(url, {"text": "县水力局", "unit": county.unit("县水利局").pk})
    assert answer.status_code == 200 and 'hx-swap-oob="innerHTML">1<' in flat(answer.content.decode())
    members = [county.unit(t).pk for t in TOWNS[:4]]
    assert client.post(url, {"text": "各乡镇", "members": "1", "member": members, "expand": "1"}).status_code == 200
    assert Duty.objects.filter(task__plan=draft, text="各乡镇").count() == 4
    assert names(draft)["各乡镇"].state == "linked"


@pytest.mark.parametrize("data", [{"unit": "999999"}, {"other": "没有这个局"}, {"members": "1"}, {"unit": "abc"}, {}])
def test_a_unit_that_is_not_there_is_said_at_the_name(
    data: dict[str, str], draft: Plan, client_of: Callable[[str], Client]
) -> None:
    url = reverse("plan_unit_link", args=[draft.pk])
    answer = client_of("supervision").post(url, {"text": "县水力局", **data})
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert names(draft)["县水力局"].state == "waiting"


def test_names_beyond_doubt_are_linked_at_once_and_those_merely_alike_are_left(
    draft: Plan, county: Any, client_of: Callable[[str], Client]
) -> None:
    found = names(draft)
    assert found["各乡镇"].sure == tuple(county.unit(town).pk for town in TOWNS)
    assert found["县水力局"].suggestions and found["县水力局"].sure == ()
    client, page = client_of("supervision"), reverse("plan_units", args=[draft.pk])
    assert "一次挂接这 1 个名称" in client.get(page).content.decode()
    sent = client.post(reverse("plan_units_accept", args=[draft.pk]), {"text": ["各乡镇", "县水力局", "没有这个"]})
    assert sent.url == page
    assert {n for n, name in names(draft).items() if name.state == "waiting"} == {"县水力局"}
    assert Duty.objects.filter(task__plan=draft, text="各乡镇").count() == len(TOWNS)
    assert not UnitAlias.objects.filter(text="各乡镇").exists()


def test_a_name_that_is_merely_alike_is_not_remembered_unasked(draft: Plan, client_of: Callable[[str], Client]) -> None:
    page = client_of("supervision").get(reverse("plan_units", args=[draft.pk])).content.decode()
    ticked = [line for line in page.split("<input") if 'name="remember"' in line and "checked" in line]
    assert ticked == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("县农村局", "县农业农村局"),
        ("县农业农村委员会", ""),
        ("市水利局", ""),
        ("青禾县水利局", "县水利局"),
        ("县水力局", ""),
    ],
)
def test_a_unit_is_beyond_doubt_by_a_long_form_of_its_own_level_alone(
    text: str, meant: str, upload: Callable[..., PlanVersion], county: Any
) -> None:
    plan = upload(FIRST.replace("牵头单位:县水力局", f"牵头单位:{text}")).plan
    name = names(plan)[text]
    linked = [name.text] if name.state == "linked" else []
    assert (name.sure == (county.unit(meant).pk,)) or linked if meant else (not name.sure and not linked), name


def test_the_tabs_count_what_is_left_when_a_name_is_linked(
    draft: Plan, county: Any, client_of: Callable[[str], Client]
) -> None:
    url = reverse("plan_unit_link", args=[draft.pk])
    sent = {"text": "县水力局", "unit": county.unit("县水利局").pk}
    answer = flat(client_of("supervision").post(url, sent).content.decode())
    for state, count in (("waiting", 1), ("linked", 4), ("unlinked", 1), ("all", 6)):
        assert f'id="count-{state}" hx-swap-oob="innerHTML">{count}<' in answer
    assert "一次挂接这 1 个名称" in answer
    towns = [county.unit(town).pk for town in TOWNS]
    sent = {"text": "各乡镇", "members": "1", "member": towns, "expand": "1"}
    assert "一次挂接这" not in client_of("supervision").post(url, sent).content.decode()


NEW = {
    "text": "县水力局",
    "create": "1",
    "unit_name": "青禾县水力局",
    "unit_category": "department",
    "unit_code": "SLJ2",
}


def test_a_unit_that_the_directory_lacks_is_set_up_and_linked_with_both_in_the_trail(
    draft: Plan, client_of: Callable[[str], Client]
) -> None:
    client, url = client_of("supervision"), reverse("plan_unit_link", args=[draft.pk])
    assert "机构目录里没有这个单位" in client.get(reverse("plan_units", args=[draft.pk])).content.decode()
    assert client.post(url, NEW).status_code == 200
    tree = unit_tree(timezone.localdate())
    made = next(node for node in tree.nodes.values() if node.code == "SLJ2")
    assert (made.name, made.short_name) == ("青禾县水力局", "县水力局")
    assert list(Duty.objects.filter(text="县水力局").values_list("unit_id", flat=True)) == [made.id]
    kinds = set(AuditEntry.objects.filter(action="ledger.create-unit-for").values_list("object_type", flat=True))
    assert kinds == {"directory.unit", "ledger.plan"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"unit_name": "县水利局"}, "new-name"),
        ({"unit_code": "有 空格"}, "new-code"),
        ({"unit_parent": "没有这个政府"}, "new-parent"),
    ],
)
def test_a_unit_that_cannot_be_set_up_is_told_at_its_field_and_nothing_is_made(
    change: dict[str, str], field: str, draft: Plan, client_of: Callable[[str], Client]
) -> None:
    url = reverse("plan_unit_link", args=[draft.pk])
    answer = client_of("supervision").post(url, {**NEW, **change})
    page = flat(answer.content.decode())
    assert answer.status_code == 422 and 'role="alert"' in page
    wrong = next(part for part in page.split("<input") if f'id="{field}' in part)
    assert "is-invalid" in wrong and change[next(iter(change))] in wrong
    assert names(draft)["县水力局"].state == "waiting"


def test_who_may_not_change_the_directory_sets_up_no_unit(draft: Plan, context: Callable[..., Context]) -> None:
    action = CreateUnitFor(draft.pk, "县水力局", "青禾县水力局", "SLJ2", "department", None)
    with pytest.raises(Denied):
        perform(action, context("town"))


def test_a_plan_uploaded_before_its_unit_was_there_is_linked_at_once_afterwards(
    draft: Plan, county: Any, context: Callable[..., Context]
) -> None:
    perform(AddAlias(county.unit("县水利局").pk, "县水力局"), context())
    assert names(draft)["县水力局"].sure == (county.unit("县水利局").pk,)
    perform(AcceptLinks(draft.pk, ("县水力局",)), context())
    assert names(draft)["县水力局"].state == "linked"
