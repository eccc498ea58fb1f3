"""A reorganisation changes what is from its day on, and nothing before."""

import datetime
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import asdict

from guatu.web.base.models import AuditEntry, Setting
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow, Problem
from guatu.web.directory.actions.add_alias import AddAlias
from guatu.web.directory.actions.add_post import AddPost
from guatu.web.directory.actions.change_unit import ChangeUnit
from guatu.web.directory.actions.create_unit import CreateUnit
from guatu.web.directory.actions.end_unit import EndUnit
from guatu.web.directory.actions.merge_units import MergeUnits
from guatu.web.directory.actions.remove_alias import RemoveAlias
from guatu.web.directory.actions.rename_unit import RenameUnit
from guatu.web.directory.actions.save_person import SavePerson
from guatu.web.directory.actions.split_unit import Part, SplitUnit
from guatu.web.directory.models import Post, RoleGrant, Succession, Unit, UnitVersion
from guatu.web.directory.selectors.match import known
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.values import UnitValues, unit_values
from tests.web.directory.conftest import TODAY

Do = Callable[..., Any]
LAST_YEAR = datetime.date(2023, 12, 31)
DAY = datetime.date(2024, 7, 1)


def written(on: datetime.date) -> bytes:
    """The whole tree of a day, in its order."""
    return json.dumps([[depth, asdict(node)] for depth, node in unit_tree(on).walk()], ensure_ascii=False).encode()


def seen(unit: Unit) -> int:
    return Unit.objects.get(pk=unit.pk).row_version


def values(unit: Unit, **changes: Any) -> UnitValues:
    fields = unit_values(UnitVersion.objects.filter(unit=unit).latest("valid_from")).as_fields()
    return UnitValues(**(fields | changes))


def merge(county: Any, *names: str, into: str | None, **rest: Any) -> MergeUnits:
    units = {county.unit(name).pk: seen(county.unit(name)) for name in names}
    return MergeUnits(units, county.unit(into).pk if into else None, DAY, **rest)


def test_last_years_tree_is_byte_for_byte_the_same_after_every_kind_of_reorganisation(county: Any, do: Do) -> None:
    before = written(LAST_YEAR), written(TODAY)
    gov = county.unit("青禾县人民政府").pk
    do(RenameUnit(county.unit("县水利局").pk, 1, "县水务局", "", DAY, "青编〔2024〕3号"))
    do(merge(county, "柳林镇", "石门镇", into="柳林镇"))
    do(SplitUnit(county.unit("县农业农村局").pk, 1, (
        Part("nm", UnitValues("县农牧局", parent_id=gov)), Part("xc", UnitValues("县乡村振兴局", parent_id=gov)),
    ), stays=False, day=DAY))  # fmt: skip
    do(ChangeUnit(county.unit("县住建局").pk, 1, values(county.unit("县住建局"), order=99), DAY))
    do(EndUnit(county.unit("县交通局").pk, 1, DAY))
    do(CreateUnit("new", UnitValues("县数据局", parent_id=gov), DAY))
    assert (written(LAST_YEAR), written(TODAY)) == before
    names = [node.name for node in unit_tree(DAY).nodes.values()]
    assert {"县水务局", "县农牧局", "县乡村振兴局", "县数据局"} <= set(names)
    assert not {"县水利局", "石门镇人民政府", "县农业农村局", "县交通局"} & set(names)


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_whatever_is_done_from_today_on_no_day_before_it_changes(county: Any, do: Do, seed: int) -> None:
    """Two hundred actions by lot: those that the rules refuse leave nothing behind, the others change no past day."""
    lot = random.Random(seed)
    days = [TODAY + datetime.timedelta(days=n) for n in (0, 5, 40)]
    past = [LAST_YEAR, TODAY - datetime.timedelta(days=1)]
    before = [written(day) for day in past]
    done = 0
    for n in range(200):
        ids = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
        unit, other = Unit.objects.get(pk=lot.choice(ids)), Unit.objects.get(pk=lot.choice(ids))
        day = lot.choice(days)
        actions = [
            RenameUnit(unit.pk, unit.row_version, f"名{n}", "", day),
            ChangeUnit(unit.pk, unit.row_version, values(unit, parent_id=other.pk), day),
            MergeUnits({unit.pk: unit.row_version, other.pk: other.row_version}, unit.pk, day),
            SplitUnit(unit.pk, unit.row_version, (Part(f"s{n}", values(other, name=f"分{n}")),), True, day),
            EndUnit(unit.pk, unit.row_version, day),
        ]
        try:
            do(lot.choice(actions))
            done += 1
        except Problem:
            continue
    assert done > 30
    assert [written(day) for day in past] == before
    for day in [*days, days[-1] + datetime.timedelta(days=1)]:
        check_sound(day)


def check_sound(day: datetime.date) -> None:
    """On a day every superior stands, nobody is above himself, and no unit has two versions."""
    tree = unit_tree(day)
    assert all(node.parent_id is None or node.parent_id in tree.nodes for node in tree.nodes.values())
    assert len(list(tree.walk())) == len(tree.nodes)
    rows = UnitVersion.objects.filter(valid_from__lte=day).exclude(valid_to__lte=day)
    assert rows.count() == len(tree.nodes)


def test_a_merger_takes_villages_people_and_roles_along(county: Any, do: Do) -> None:
    stone = county.unit("石门镇")
    person = do(SavePerson("王五", "13800001234"))
    do(AddPost(person.pk, stone.pk, "镇长", datetime.date(2022, 1, 1)))
    RoleGrant.objects.create(user=county.users["auditor"], role="town", unit=stone, valid_from=LAST_YEAR)
    do(merge(county, "柳林镇", "石门镇", into="柳林镇"))
    willow = county.unit("柳林镇").pk
    after = unit_tree(DAY)
    assert {node.name for node in after.children[willow]} == {"柳林东村", "柳林西村", "石门东村", "石门西村"}
    assert stone.pk not in after.nodes
    posts = Post.objects.filter(person=person).order_by("valid_from").values_list("unit_id", "valid_from", "valid_to")
    assert list(posts) == [(stone.pk, datetime.date(2022, 1, 1), DAY), (willow, DAY, None)]
    grants = RoleGrant.objects.filter(user=county.users["auditor"], role="town").order_by("valid_from")
    assert list(grants.values_list("unit_id", "valid_to")) == [(stone.pk, DAY), (willow, None)]
    assert set(Succession.objects.values_list("old_id", "new_id")) == {(stone.pk, willow), (willow, willow)}


def test_a_merger_into_a_new_unit_may_keep_the_name_of_one_of_them(county: Any, do: Do) -> None:
    gov = county.unit("青禾县人民政府").pk
    new = UnitValues("县水利局", parent_id=gov)
    do(merge(county, "县水利局", "县交通局", into=None, new_code="sj", new_values=new))
    tree = unit_tree(DAY)
    assert [node.code for node in tree.nodes.values() if node.name == "县水利局"] == ["sj"]


def test_what_a_unit_was_called_leads_to_its_successor(county: Any, do: Do) -> None:
    do(RenameUnit(county.unit("县水利局").pk, 1, "县水务局", "", DAY))
    do(merge(county, "柳林镇", "石门镇", into="柳林镇"))
    after = unit_tree(DAY)
    assert known("县水利局", after) == county.unit("县水利局").pk
    assert known("石门镇", after) == county.unit("柳林镇").pk


def test_a_split_without_its_origin_hands_everything_to_the_heir(county: Any, do: Do) -> None:
    gov, town = county.unit("青禾县人民政府").pk, county.unit("双河乡")
    parts = (
        Part("ds", UnitValues("东河乡", category="town", parent_id=gov)),
        Part("xs", UnitValues("西河乡", category="town", parent_id=gov)),
    )
    do(SplitUnit(town.pk, 1, parts, stays=False, day=DAY, heir=1, basis="青政〔2024〕9号"))
    heir = Unit.objects.get(code="xs").pk
    assert {node.name for node in unit_tree(DAY).children[heir]} == {"双河东村", "双河西村"}
    assert town.pk not in unit_tree(DAY).nodes


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"parent_id": "县水利局"}, "parent_id"),
        ({"parent_id": "柳林东村"}, None),
        ({"name": "县财政局"}, "name"),
        ({"name": " "}, "name"),
        ({"line": "diagonal"}, "line"),
    ],
)
def test_a_change_that_makes_the_tree_unsound_is_refused_at_its_field(
    county: Any, do: Do, change: dict[str, str], field: str | None
) -> None:
    unit = county.unit("县水利局")
    given = {k: county.unit(v).pk if k == "parent_id" else v for k, v in change.items()}
    action = ChangeUnit(unit.pk, 1, values(unit, **given), DAY)
    if field is None:
        do(action)
        return
    with pytest.raises(Invalid) as problem:
        do(action)
    assert problem.value.field == field
    assert UnitVersion.objects.filter(unit=unit).count() == 1


def test_a_superior_cannot_come_under_those_below_it(county: Any, do: Do) -> None:
    town = county.unit("柳林镇")
    with pytest.raises(Invalid) as problem:
        do(ChangeUnit(town.pk, 1, values(town, parent_id=county.unit("柳林东村").pk), DAY))
    assert problem.value.code == "tree.circle"


def test_a_circle_that_would_close_only_later_is_seen(county: Any, do: Do) -> None:
    water, finance = county.unit("县水利局"), county.unit("县财政局")
    do(ChangeUnit(water.pk, 1, values(water, parent_id=finance.pk), DAY + datetime.timedelta(days=10)))
    with pytest.raises(Invalid) as problem:
        do(ChangeUnit(finance.pk, 1, values(finance, parent_id=water.pk), DAY))
    assert problem.value.code == "tree.circle"


def test_a_change_in_the_past_is_refused_and_the_first_open_day_is_named(county: Any, do: Do) -> None:
    unit = county.unit("县水利局")
    with pytest.raises(Invalid, match="2024-06-10") as problem:
        do(RenameUnit(unit.pk, 1, "县水务局", "", datetime.date(2024, 6, 9)))
    assert (problem.value.field, problem.value.code) == ("day", "day.closed")


def test_where_results_stand_up_to_a_day_units_can_be_entered_from_that_day_on(county: Any, do: Do) -> None:
    Setting.objects.create(name="directory.closed-until", value="2024-05-01", valid_from=LAST_YEAR)
    unit = county.unit("县水利局")
    do(RenameUnit(unit.pk, 1, "县水务局", "", datetime.date(2024, 5, 1)))
    with pytest.raises(Invalid) as problem:
        do(CreateUnit("early", UnitValues("县早设局"), datetime.date(2024, 4, 30)))
    assert problem.value.code == "day.closed"


def test_a_second_change_of_the_same_day_corrects_the_first(county: Any, do: Do) -> None:
    unit = county.unit("县水利局")
    do(RenameUnit(unit.pk, 1, "县水务厅", "", DAY))
    do(RenameUnit(unit.pk, 2, "县水务局", "", DAY))
    assert list(UnitVersion.objects.filter(unit=unit).values_list("name", flat=True).order_by("valid_from")) == [
        "县水利局",
        "县水务局",
    ]


def test_the_second_of_two_who_change_a_unit_is_told(county: Any, do: Do) -> None:
    unit = county.unit("县水利局")
    do(RenameUnit(unit.pk, 1, "县水务局", "", DAY))
    with pytest.raises(Conflict):
        do(EndUnit(unit.pk, 1, DAY))


def test_a_unit_with_others_under_it_does_not_end(county: Any, do: Do) -> None:
    with pytest.raises(NotNow, match="2"):
        do(EndUnit(county.unit("柳林镇").pk, 1, DAY))


def test_nothing_comes_under_a_unit_whose_end_is_set(county: Any, do: Do) -> None:
    do(EndUnit(county.unit("县交通局").pk, 1, DAY))
    with pytest.raises(Invalid) as problem:
        do(CreateUnit("x", UnitValues("县公路中心", parent_id=county.unit("县交通局").pk), TODAY))
    assert problem.value.field == "parent_id"


@pytest.mark.parametrize("role", ["leader", "lead", "responsible", "town", "village", "auditor"])
def test_only_editors_change_the_directory(county: Any, do: Do, role: str) -> None:
    unit = county.unit("县水利局")
    for action in (
        RenameUnit(unit.pk, 1, "县水务局", "", DAY),
        merge(county, "柳林镇", "石门镇", into="柳林镇"),
        EndUnit(unit.pk, 1, DAY),
        AddAlias(unit.pk, "水局"),
        CreateUnit("x", UnitValues("县新局"), DAY),
    ):
        with pytest.raises(Denied):
            do(action, role)
    assert not AuditEntry.objects.exists()


def test_a_wrong_credit_code_is_told_with_the_right_digit(county: Any, do: Do) -> None:
    with pytest.raises(Invalid) as problem:
        do(CreateUnit("x", UnitValues("县新局"), DAY, credit_code="11330000MB1234567X"))
    assert problem.value.field == "credit_code"


def test_a_collective_name_is_no_alias(county: Any, do: Do) -> None:
    unit = county.unit("县水利局")
    with pytest.raises(Invalid):
        do(AddAlias(unit.pk, "各乡镇"))
    alias = do(AddAlias(unit.pk, "水务局"))
    assert known("水务局", unit_tree(TODAY)) == unit.pk
    do(RemoveAlias(unit.pk, alias.pk))
    assert known("水务局", unit_tree(TODAY)) is None


def test_every_change_leaves_its_audit_line(county: Any, do: Do) -> None:
    do(RenameUnit(county.unit("县水利局").pk, 1, "县水务局", "", DAY))
    line = AuditEntry.objects.get(action="directory.rename-unit")
    assert line.before == {"name": "县水利局"}
    assert line.after == {"name": "县水务局", "from": "2024-07-01"}


@pytest.fixture
def chain(county: Any, do: Do) -> list[Unit]:
    """县农业农村局 above 县农机中心 above 县农机站."""
    units = [county.unit("县农业农村局")]
    for code, name in (("c1", "县农机中心"), ("c2", "县农机站")):
        units.append(do(CreateUnit(code, UnitValues(name, parent_id=units[-1].pk), TODAY)))
    return units


def test_a_unit_is_not_merged_into_one_that_hangs_below_it_however_far(chain: list[Unit], do: Do) -> None:
    old, between, below = chain
    with pytest.raises(Invalid, match="保留的单位不能是被并入单位的下级"):
        do(MergeUnits({old.pk: seen(old), below.pk: seen(below)}, below.pk, DAY))
    with pytest.raises(Invalid, match="新单位的上级不能是被合并的单位或它的下级"):
        new = UnitValues("县农服局", parent_id=between.pk)
        do(MergeUnits({old.pk: seen(old), below.pk: seen(below)}, None, DAY, new_code="n", new_values=new))
    check_sound(DAY)


def test_what_a_unit_is_split_into_does_not_hang_below_it(chain: list[Unit], do: Do) -> None:
    old, between, _ = chain
    parts = (Part("p1", UnitValues("县种植局", parent_id=between.pk)), Part("p2", UnitValues("县养殖局")))
    with pytest.raises(Invalid, match="新单位的上级不能是要撤销的原单位或它的下级"):
        do(SplitUnit(old.pk, seen(old), parts, stays=False, day=DAY))
    check_sound(DAY)
