"""What people write into the fields of a step is what the flow goes by; and nobody acts twice where a pack keeps posts
apart."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from guatu.core.pack.sections import classes
from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.models import User
from guatu.web.base.problems import Invalid
from guatu.web.cases.actions.give_case import GiveCase
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.history import standing
from guatu.web.cases.library import library
from guatu.web.cases.models import Case
from guatu.web.cases.selectors.case_page import case_page
from guatu.web.cases.selectors.ownerless import ownerless
from guatu.web.cases.selectors.turns import waiting_for
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.selectors.grants import grants_of
from tests.web.cases.conftest import Desk, at, photo

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def villager(desk: Desk, name: str, role: str = "village") -> Actor:
    """Another account of 柳林东村."""
    user = User.objects.create(username=name, display_name=name)
    RoleGrant.objects.create(user=user, role=role, unit=desk.county.unit("柳林东村"), valid_from=at(1).date())
    return Actor(user, at(3).date(), grants_of(user, at(3).date()))


def in_village(desk: Desk, pack: str, code: str) -> Case:
    case = perform(OpenCase(pack, code, "事项", "村委会", source="hotline"), desk.context("desk", at(3)))
    return perform(GiveCase(case.pk, case.row_version, desk.county.unit("柳林东村").pk), desk.context("desk", at(3)))


def done(case: Case, actor: Actor, step: str, hours: int, photos: tuple[str, ...] = (), **fields: str) -> Case:
    case.refresh_from_db()
    files = {name: [photo()] for name in photos}
    action = MoveCase(case.pk, case.row_version, step, "forward", "", fields, files)
    return perform(action, Context(actor, at(3) + hours * HOUR))


@pytest.mark.parametrize(
    ("amount", "then"),
    [
        ("12,000", "town_review"),
        ("1.5万", "town_review"),
        ("12000元", "town_review"),
        ("9,999.99", "publish"),
        ("5千", None),
    ],
)
def test_an_amount_is_the_amount_however_it_is_written(desk: Desk, amount: str, then: str | None) -> None:
    case = in_village(desk, "small_powers", "purchase")
    clerk, committee = villager(desk, "clerk"), villager(desk, "committee")
    if then is None:
        with pytest.raises(Invalid) as told:
            done(case, clerk, "propose", 1, matter="维修", amount=amount)
        assert told.value.field == "amount"
        return
    done(case, clerk, "propose", 1, matter="维修", amount=amount)
    done(case, committee, "discuss", 2, minutes="会议记录")
    case.refresh_from_db()
    assert then in case.open_steps.split(",")


@pytest.mark.parametrize(
    ("share", "then"),
    [("10%", "resolve"), ("0.1", "resolve"), ("70%", "publish_resolution"), ("2/3", "publish_resolution")],
)
def test_a_meeting_decides_only_with_enough_people(desk: Desk, share: str, then: str) -> None:
    case = in_village(desk, "open_meetings", "infrastructure")
    bodies = {name: villager(desk, name) for name in ("branch", "committee", "members", "villagers")}
    done(case, bodies["branch"], "propose", 1, matter="修路", proposal="提议")
    done(case, bodies["committee"], "consult", 2, minutes="记录")
    done(case, bodies["members"], "deliberate", 3, members_minutes="记录")
    fields = {"meeting": "村民代表会议", "attended_share": share, "agreed_share": "九成"}
    done(case, bodies["villagers"], "resolve", 4, **fields)
    case.refresh_from_db()
    assert case.open_steps == then
    page = case_page(bodies["villagers"], case.pk, at(3, 14), "zh")
    assert page is not None
    shown = [value for line in page.lines for value in line.values]
    assert ("会议", "村民代表会议") in shown and not any(
        "share" in label or "represent" in value for label, value in shown
    )


def test_a_choice_is_taken_by_its_word(desk: Desk) -> None:
    case = perform(
        OpenCase("stock_problems", "housing", "烂尾楼", "城关", source="hotline"), desk.context("desk", at(3))
    )
    case.refresh_from_db()
    desk.move(case, "desk", "survey", at(3) + HOUR, problem="工程停工")
    desk.move(case, "desk", "classify", at(3) + 2 * HOUR, way="提级办理")
    case.refresh_from_db()
    assert (case.open_steps, standing(case).state.data["way"]) == ("refer", "referred")


def test_one_person_is_not_two_bodies_and_the_page_says_so(desk: Desk) -> None:
    case = in_village(desk, "open_meetings", "infrastructure")
    clerk = villager(desk, "clerk")
    done(case, clerk, "propose", 1, matter="修路", proposal="提议")
    with pytest.raises(Invalid, match="党支部") as told:
        done(case, clerk, "consult", 2, minutes="记录")
    assert told.value.code == "case.apart"
    page = case_page(clerk, case.pk, at(3, 12), "zh")
    assert page is not None and page.forms == [] and "请由另一人办理" in page.barred[0]
    assert not Case.objects.filter(waiting_for(clerk)).exists(), "what one may not do does not wait for one"
    other = case_page(villager(desk, "another"), case.pk, at(3, 12), "zh")
    assert other is not None and [form.step for form in other.forms] == ["consult"] and other.barred == []


def test_nobody_watches_over_their_own_matter(desk: Desk) -> None:
    case = in_village(desk, "small_powers", "purchase")
    clerk, committee = villager(desk, "clerk"), villager(desk, "committee")
    done(case, clerk, "propose", 1, matter="维修", amount="3,000")
    done(case, committee, "discuss", 2, minutes="记录")
    # The notice hangs its seven days.
    hung = 9 * 24
    done(case, clerk, "publish", hung, photos=("board_photo",))
    case.refresh_from_db()
    steps = case.open_steps.split(",")
    if "watch" not in steps:
        done(case, clerk, "carry_out", hung + 1, result="完成")
    for actor in (clerk, committee):
        with pytest.raises(Invalid, match="不能监督自己"):
            done(case, actor, "watch", hung + 2, finding="无问题")
    done(case, villager(desk, "watcher"), "watch", hung + 3, finding="无问题")


def refused(
    case: Case, actor: Actor, step: str, fields: dict[str, str], files: tuple[str, ...], reason: str = ""
) -> str:
    case.refresh_from_db()
    photos = {name: [photo()] for name in files}
    with pytest.raises(Invalid) as told:
        perform(MoveCase(case.pk, case.row_version, step, "forward", reason, fields, photos), Context(actor, at(4)))
    case.refresh_from_db()
    assert case.open_steps == step and not case.files.filter(field__in=files).exists()
    return told.value.code


@pytest.mark.parametrize(
    ("fields", "files", "reason", "code"),
    [
        # A file where a text is asked for is no text, alone or beside one.
        ({"matter": "维修"}, ("amount",), "", "case.no-single-value"),
        ({"matter": "维修", "amount": "5"}, ("amount",), "", "case.no-single-value"),
        ({"matter": "维修", "amount": "5"}, ("result_photo",), "", "case.no-single-value"),
        # What nobody asks for, and a misspelt name, are told and not left out.
        ({"matter": "维修", "amount": "5", "amonut": "7"}, (), "", "case.field-not-asked"),
        # Nothing is cut.
        ({"matter": "事" * 4001, "amount": "5"}, (), "", "field.too-long"),
        ({"matter": "维修", "amount": "5"}, (), "因" * 4001, "case.too-long"),
    ],
)
def test_nothing_that_is_given_is_left_out_cut_or_taken_for_something_else(
    desk: Desk, fields: dict[str, str], files: tuple[str, ...], reason: str, code: str
) -> None:
    case = in_village(desk, "small_powers", "purchase")
    assert refused(case, villager(desk, "clerk"), "propose", fields, files, reason) == code


def test_a_word_is_no_photo(desk: Desk) -> None:
    case = in_village(desk, "small_powers", "purchase")
    clerk, committee = villager(desk, "clerk"), villager(desk, "committee")
    done(case, clerk, "propose", 1, matter="维修", amount="3,000")
    done(case, committee, "discuss", 2, minutes="记录")
    assert refused(case, clerk, "publish", {"board_photo": "有"}, ()) == "case.no-file"


def test_the_classes_that_are_offered_are_those_that_the_version_of_the_case_takes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = desk.report(at(3))
    before = class_options(desk, case)
    assert any(code == case.class_code for code, _word in before)
    loaded = library().packs[case.pack]
    fewer = loaded.pack.with_part(classes.SECTION, classes.ClassTable())
    monkeypatch.setitem(library().packs, case.pack, msgspec.structs.replace(loaded, pack=fewer))  # type: ignore[arg-type]
    assert class_options(desk, case) == before


def class_options(desk: Desk, case: Case) -> list[tuple[str, str]]:
    page = case_page(desk.context("desk", at(3)).actor, case.pk, at(3, 12), "zh")
    assert page is not None
    return next(one.options for form in page.forms for one in form.fields if one.name == "class_code")


def test_a_reason_is_kept_whole_or_refused(desk: Desk) -> None:
    case = in_village(desk, "small_powers", "purchase")
    other = desk.county.unit("县财政局").pk
    with pytest.raises(Invalid) as told:
        perform(GiveCase(case.pk, case.row_version, other, "因" * 2001), desk.context("desk", at(4)))
    assert told.value.code == "case.too-long"


def test_a_case_is_without_an_owner_where_one_person_is_all_bodies_of_a_village(desk: Desk) -> None:
    case = in_village(desk, "open_meetings", "infrastructure")
    RoleGrant.objects.filter(role="village").delete()
    clerk = villager(desk, "clerk")
    actor = desk.context("desk", at(3)).actor
    assert not Case.objects.filter(ownerless(actor)).exists()
    done(case, clerk, "propose", 1, matter="修路", proposal="提议")
    assert list(Case.objects.filter(ownerless(actor))) == [case]
    villager(desk, "another")
    assert not Case.objects.filter(ownerless(actor)).exists()
