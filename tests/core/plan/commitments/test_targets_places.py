"""Tables that share goals out among towns: by things, by years, with a total; and tables that only tell how things are."""

import pytest

from guatu.core.plan.commitments.targets_places import DIMENSIONS, NOISE, SHARES, unit_of
from guatu.core.plan.compiler import compile_text


def targets(text: str) -> list[tuple[str | None, str, object, str, str | None]]:
    return [
        (one.scope, one.metric, one.value, one.unit, one.deadline)
        for document in compile_text(text).plan.documents
        for one in document.targets
    ]


def test_each_town_has_its_share_of_each_thing_and_the_total_is_of_the_whole() -> None:
    text = (
        "青禾县2026年改厕工作方案\n\n各乡镇改厕任务分解表\n\n序号\t乡镇\t新建公厕(座)\t改造户厕(户)\n"
        "1\t柳林镇\t3\t120\n2\t石门镇\t2\t80\n合计\t\t5\t200\n"
    )
    assert targets(text) == [
        ("柳林镇", "新建公厕", 3, "座", None),
        ("柳林镇", "改造户厕", 120, "户", None),
        ("石门镇", "新建公厕", 2, "座", None),
        ("石门镇", "改造户厕", 80, "户", None),
        (None, "新建公厕", 5, "座", None),
        (None, "改造户厕", 200, "户", None),
    ]


@pytest.mark.parametrize("unit", ["单位:亩", "(单位:亩)", "计量单位:亩"])
def test_years_across_take_their_thing_and_unit_from_above_the_table(unit: str) -> None:
    text = (
        f"青禾县绿化工作方案(2026-2027年)\n\n青禾县各乡镇造林任务分解表\n{unit}\n\n乡镇\t2026年\t2027年\n柳林镇\t300\t350\n"
        "石门镇\t200\t—\n"
    )
    assert targets(text) == [
        ("柳林镇", "造林", 300, "亩", "2026"), ("柳林镇", "造林", 350, "亩", "2027"), ("石门镇", "造林", 200, "亩", "2026"),
    ]  # fmt: skip


@pytest.mark.parametrize("caption", ["各乡镇公厕现状统计表", "各乡镇公厕基本情况", "2025年各乡镇改厕完成情况表"])
def test_a_table_of_how_things_are_sets_no_goals(caption: str) -> None:
    text = f"青禾县2026年改厕工作方案\n\n{caption}\n\n乡镇\t公厕(座)\t户厕(户)\n柳林镇\t3\t120\n石门镇\t2\t80\n"
    assert targets(text) == []


def test_a_column_of_what_is_there_sets_no_goals_beside_one_of_what_is_to_be_done() -> None:
    text = "青禾县改厕方案\n\n改厕任务表\n\n单位\t现有(座)\t任务(座)\n柳林镇\t12\t3\n石门镇\t9\t2\n"
    assert [value for _, _, value, _, _ in targets(text)] == [3, 2]


@pytest.mark.parametrize("caption", NOISE.values())
def test_what_is_counted_is_what_a_caption_has_beside_its_usual_words(caption: str) -> None:
    text = f"青禾县绿化工作方案\n\n{caption}\n单位:亩\n\n乡镇\t2026年\t2027年\n柳林镇\t300\t350\n"
    assert {metric for _, metric, _, _, _ in targets(text)} == {"造林"}


@pytest.mark.parametrize("caption", SHARES.values())
def test_a_table_shares_out_where_its_caption_says_so(caption: str) -> None:
    text = f"青禾县2026年方案\n\n{caption}\n单位:亩\n\n乡镇\t东片\t西片\n柳林镇\t300\t350\n石门镇\t200\t150\n"
    assert [one[2] for one in targets(text)] == [300, 350, 200, 150]


def test_of_several_units_above_a_table_a_column_has_the_one_that_measures_what_it_does() -> None:
    text = (
        "青禾县2026年粮食方案\n\n各乡镇粮食生产任务表\n(单位:万亩、万吨)\n\n乡镇\t播种面积\t粮食产量\n柳林镇\t3\t1.2\n"
        "石门镇\t2\t0.8\n"
    )
    assert [(value, unit) for _, _, value, unit, _ in targets(text)] == [
        (3, "万亩"), (1.2, "万吨"), (2, "万亩"), (0.8, "万吨"),
    ]  # fmt: skip


@pytest.mark.parametrize("word", DIMENSIONS)
def test_each_word_of_measure_picks_its_unit(word: str) -> None:
    of = {
        "area": "亩",
        "mass": "吨",
        "volume": "立方米",
        "length": "公里",
        "people": "人",
        "money": "万元",
        "ratio": "%",
    }
    assert unit_of(f"年{word}", list(of.values())) in [of.get(dimension) for dimension in DIMENSIONS[word]] + [""]


@pytest.mark.parametrize(("line", "units"), [("单 位:亩", ["亩"]), ("单位:立方米/年", ["立方米/年"])])
def test_the_line_of_the_unit(line: str, units: list[str]) -> None:
    text = f"青禾县2026年方案\n\n任务分解表\n{line}\n\n乡镇\t东片\t西片\n柳林镇\t300\t350\n石门镇\t200\t150\n"
    assert sorted({one[3] for one in targets(text)}) == units
