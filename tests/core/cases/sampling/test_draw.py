"""A draw can be repeated by anybody, respects exclusions, and favours nobody."""

import subprocess
import sys
from collections import Counter
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core.cases.sampling.draw import (
    Drawn,
    DrawOrder,
    Excluded,
    commitment,
    draw,
    recently_inspected,
    wanted_by_share,
    weights_of,
)
from guatu.core.cases.sampling.script import script_of

OBJECTS = tuple(f"企业{n:02}" for n in range(12))
PEOPLE = ("江岚", "石磊", "方晴", "杜若", "陆川")
ORDER = DrawOrder("青禾2026-05", OBJECTS, PEOPLE, wanted=4)


def names(drawn: tuple[Drawn, ...]) -> list[str]:
    return [one.name for one in drawn]


def test_the_objects_with_the_lowest_digests_are_drawn() -> None:
    by_hand = sorted(OBJECTS, key=lambda name: sha256(f"青禾2026-05|{name}|1".encode()).hexdigest())[:4]
    assert names(draw(ORDER).drawn) == by_hand


def test_each_drawn_object_says_its_ticket_and_digest() -> None:
    first = draw(ORDER).drawn[0]
    text = first.why.sentence("en")
    assert f"青禾2026-05|{first.name}|1" in text
    assert sha256(f"青禾2026-05|{first.name}|1".encode()).hexdigest() in text
    assert text.endswith("place 1 of 12 objects; 4 are drawn")


def test_conflicts_are_kept_apart_and_work_is_shared_evenly() -> None:
    conflicts = frozenset((name, "江岚") for name in OBJECTS[:6])
    order = DrawOrder("种子", OBJECTS, PEOPLE, 10, 2, conflicts=conflicts)
    found = draw(order)
    assert all((one.name, who) not in conflicts for one in found.drawn for who in one.inspectors)
    work = Counter(who for one in found.drawn for who in one.inspectors)
    assert sum(work.values()) == 20
    assert max(work.values()) - min(work.values()) <= 2


def test_the_recently_inspected_are_left_out_with_the_reason() -> None:
    last = {"企业00": date(2026, 4, 20), "企业01": date(2025, 1, 1)}
    excluded = recently_inspected(last, date(2026, 5, 1), 90)
    assert [(one.name, one.en) for one in excluded] == [("企业00", "inspected recently (2026-04-20)")]
    found = draw(DrawOrder("种子", OBJECTS, PEOPLE, 12, excluded=excluded))
    assert sorted(names(found.drawn)) == sorted(OBJECTS[1:])
    assert [f.message("zh") for f in found.findings] == ["排除后只有 11 个对象,少于应抽的 12 个;已全部抽取"]


def test_too_few_inspectors_without_a_conflict_is_an_error() -> None:
    found = draw(DrawOrder("种子", ("企业00",), ("江岚", "石磊"), 1, 2, conflicts=frozenset({("企业00", "江岚")})))
    assert [f.message("en") for f in found.findings] == [
        "the object “企业00” has 1 inspectors without a conflict and needs 2; add inspectors"
    ]


@pytest.mark.parametrize(
    ("objects", "code"), [(("a", "a"), "inspection.listed-twice"), (("a|b",), "inspection.separator-in-name")]
)
def test_a_list_that_could_be_read_two_ways_is_not_drawn_from(objects: tuple[str, ...], code: str) -> None:
    found = draw(DrawOrder("种子", objects, PEOPLE, 1))
    assert (found.drawn, [f.code for f in found.findings]) == ((), [code])


@pytest.mark.parametrize("wrong", [{"wanted": -1}, {"wanted": 1, "seed": ""}, {"wanted": 1, "weights": {"a": 0}}])
def test_an_order_that_means_nothing_cannot_be_built(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        DrawOrder(**{"seed": "s", "objects": ("a",), "inspectors": (), **wrong})  # type: ignore[arg-type]


def test_weights_are_tickets_so_that_a_double_weight_comes_first_twice_as_often() -> None:
    weights = weights_of(OBJECTS[:3], {"企业00": "高", "企业01": "低", "企业02": "低"}.__getitem__, {"高": 2, "低": 1})
    first = Counter(names(draw(DrawOrder(f"种子{n}", OBJECTS[:3], (), 1, 0, weights)).drawn)[0] for n in range(2000))
    assert 900 < first["企业00"] < 1100
    assert 420 < first["企业01"] < 580


def test_without_weights_every_object_is_drawn_equally_often() -> None:
    drawn = Counter(name for n in range(1500) for name in names(draw(DrawOrder(f"{n}", OBJECTS, (), 4, 0)).drawn))
    assert set(drawn) == set(OBJECTS)
    assert all(430 < count < 570 for count in drawn.values())


def test_the_commitment_is_the_digest_of_the_seed() -> None:
    assert commitment("青禾2026-05") == sha256("青禾2026-05".encode()).hexdigest()


NAMES = st.lists(st.text("甲乙丙丁ab'\"\\\n{}", min_size=1, max_size=4), unique=True, min_size=1, max_size=8)


@given(NAMES, st.lists(st.text("王李张", min_size=1, max_size=3), unique=True, max_size=5), st.data())
@settings(max_examples=50)
def test_the_result_depends_on_the_published_lists_and_not_on_their_order(
    objects: list[str], people: list[str], data: st.DataObject
) -> None:
    weights = {name: data.draw(st.integers(1, 5)) for name in objects[::2]}
    pairs = [(name, who) for name in objects for who in people]
    conflicts = frozenset(data.draw(st.lists(st.sampled_from(pairs), max_size=4))) if pairs else frozenset()
    excluded = tuple(Excluded(name, "", "") for name in objects[:1]) if data.draw(st.booleans()) else ()
    order = DrawOrder("种", tuple(objects), tuple(people), 3, 1, weights, conflicts, excluded)
    other = DrawOrder("种", tuple(objects[::-1]), tuple(people[::-1]), 3, 1, weights, conflicts, excluded)
    found = draw(order)
    assert found.drawn == draw(other).drawn
    assert len(set(names(found.drawn))) == min(3, len(objects) - len(excluded))
    assert not {one.name for one in excluded} & set(names(found.drawn))
    assert not {(one.name, who) for one in found.drawn for who in one.inspectors} & conflicts


@pytest.mark.parametrize("awkward", ["普通", '引"号"""', "反\\斜杠", "末尾\\", "{花}括号", "换\n行"])
def test_the_published_script_draws_the_same(awkward: str) -> None:
    order = DrawOrder(
        f"种子{awkward}", (*OBJECTS, awkward), PEOPLE, 13, 2, {"企业03": 4, awkward: 2}, frozenset({(awkward, "江岚")})
    )
    done = subprocess.run(
        [sys.executable, "-c", script_of(order)], capture_output=True, check=True, env={"PYTHONIOENCODING": "utf-8"}
    )
    lines = done.stdout.decode()
    expected = "".join(
        "\t".join((one.name, str(one.why.part("digest").value)[:16], *one.inspectors)) + "\n"
        for one in draw(order).drawn
    )
    assert lines == expected


CLASSES = {name: "高" if n % 3 == 0 else "低" for n, name in enumerate(OBJECTS)}


def test_a_share_of_each_class_is_drawn_and_the_lowest_tickets_of_the_class() -> None:
    wanted = wanted_by_share(OBJECTS, CLASSES, {"高": 50, "低": 10})
    assert wanted == {"高": 2, "低": 1}
    found = draw(DrawOrder("种子", OBJECTS, PEOPLE, 3, 2, classes=CLASSES, wanted_of=wanted))
    assert Counter(CLASSES[name] for name in names(found.drawn)) == wanted
    tickets = {name: sha256(f"种子|{name}|1".encode()).hexdigest() for name in OBJECTS}
    high = sorted((name for name in OBJECTS if CLASSES[name] == "高"), key=tickets.__getitem__)
    assert [name for name in names(found.drawn) if CLASSES[name] == "高"] == high[:2]
    assert [tickets[name] for name in names(found.drawn)] == sorted(tickets[name] for name in names(found.drawn))


def test_a_class_with_too_few_objects_says_so() -> None:
    excluded = tuple(Excluded(name, "停业", "closed") for name in OBJECTS if CLASSES[name] == "高")
    order = DrawOrder("种子", OBJECTS, PEOPLE, 2, 1, excluded=excluded, classes=CLASSES, wanted_of={"高": 1, "低": 1})
    found = draw(order)
    assert [one.message("zh") for one in found.findings] == ["排除后“高”只有 0 个对象,少于应抽的 1 个;已全部抽取"]
    assert len(found.drawn) == 1


@given(st.dictionaries(st.sampled_from(OBJECTS), st.sampled_from("高中低"), min_size=1), st.data())
@settings(max_examples=50)
def test_shares_take_from_each_class_what_they_say_and_the_script_agrees(
    classes: dict[str, str], data: st.DataObject
) -> None:
    percent = {class_: data.draw(st.integers(0, 100)) for class_ in "高中低"}
    objects = tuple(classes)
    wanted = wanted_by_share(objects, classes, percent)
    listed = Counter(classes.values())
    assert all(0 <= wanted[class_] <= listed[class_] for class_ in percent)
    order = DrawOrder("种", objects, PEOPLE, sum(wanted.values()), 2, classes=classes, wanted_of=wanted)
    found = draw(order)
    assert Counter(classes[name] for name in names(found.drawn)) == Counter({c: n for c, n in wanted.items() if n})
    assert not found.findings
    printed: list[str] = []
    exec(script_of(order), {"print": lambda *words, **_: printed.append(words[0])})
    assert printed == names(found.drawn)


@pytest.mark.parametrize(
    "wrong", [{"wanted": 3, "wanted_of": {"高": 2}}, {"wanted": 0, "wanted_of": {"高": -1, "低": 1}}]
)
def test_an_order_whose_classes_do_not_add_up_cannot_be_built(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        DrawOrder("s", ("a",), (), **wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        wanted_by_share(("a",), {}, {"高": 101})
