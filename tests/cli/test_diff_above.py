"""guatu diff --above: what a plan makes of the one above it."""

import json
from pathlib import Path

import pytest

from guatu.cli.exits import Exit


@pytest.fixture
def lower(plan: Path) -> Path:
    text = plan.read_text(encoding="utf-8")
    text = (
        text.replace("栽植国槐300株", "栽植国槐0.02万株")
        .replace("新建公园3处", "新建公园3公顷")
        .replace("9月底", "10月底")
    )
    path = plan.with_name("lower.txt")
    path.write_text(text, encoding="utf-8")
    return path


def test_each_goal_of_the_higher_plan_has_its_answer_with_both_texts_and_the_reason(call, plan: Path, lower: Path):
    called = call("diff", "--above", plan, lower)
    assert called.code == 0
    assert called.out.splitlines() == [
        f"--- {plan}",
        f"+++ {lower}",
        "< 变弱 二 (一) 1 栽植国槐",
        "    上级 栽植国槐 300株（2025年6月30日） [第8行]",
        "    下级 栽植国槐 0.02万株（2025年6月30日） [第8行]",
        "    数值低于上级:0.02万株,上级 300株",
        "= 守住 二 (一) 1 成活率",
        "< 变弱 二 (一) 2 新建公园",
        "    上级 新建公园 3处（2025年9月30日） [第9行]",
        "    下级 新建公园 3公顷（2025年10月31日） [第9行]",
        "    时限推迟:2025-10-31,上级 2025-09-30",
        "    计量单位不同,不能比较:上级“3处”,下级“3公顷”",
        "",
        "守住 1，变弱 2，缺失 0，不能判断 0",
    ]


def test_a_plan_holds_all_of_itself(call, plan: Path):
    assert call("diff", "--above", plan, plan).out.splitlines()[-1] == "守住 3，变弱 0，缺失 0，不能判断 0"


def test_the_comparison_with_the_plan_above_comes_as_json_too(call, plan: Path, lower: Path):
    made = json.loads(call("diff", "--above", plan, lower, "--json", "--lang", "en").out)
    assert made["schema"] == "guatu.above/1"
    assert made["counts"] == {"weaker": 2, "missing": 0, "unknown": 0, "held": 1}
    first = made["lines"][0]
    assert first["parts"][1]["message"] == "the figure is lower: 0.02万株, 300株 above"
    start, end = first["higher"]["span"]
    assert plan.read_text(encoding="utf-8")[start:end] == "栽植国槐300株"
    assert made == json.loads(call("diff", "--above", plan, lower, "-f", "json", "--lang", "en").out)
    assert {part["reason"] for part in made["lines"][2]["parts"]} >= {"unit-differs", "deadline-later"}


def test_a_plan_without_goals_is_told_so(call, tmp_path: Path):
    bare = tmp_path / "bare.txt"
    bare.write_text("青禾县水利工作通知\n\n各乡镇要高度重视。\n", encoding="utf-8")
    assert "没有可对照的内容" in call("diff", "--above", bare, bare).out


def test_a_plan_that_cannot_be_read_or_is_not_named_ends_with_2(call, plan: Path, tmp_path: Path):
    called = call("diff", "--above", plan, tmp_path / "missing.docx")
    assert called.code == Exit.INPUT and str(tmp_path / "missing.docx") in called.err
    called = call("diff", "--above", plan)
    assert called.code == Exit.INPUT and "NEW" in called.err
