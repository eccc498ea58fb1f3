"""guatu diff and guatu explain."""

import json
from pathlib import Path

import pytest

from guatu.cli.exits import Exit


@pytest.fixture
def changed(plan: Path) -> Path:
    text = plan.read_text(encoding="utf-8")
    text = text.replace("1.补植国槐。", "1.清理苗圃。清理苗圃2处。（责任单位：县林业局）\n2.补植国槐。")
    text = text.replace("2.建设公园。新建公园3处", "3.建设公园。新建公园4处").replace("9月底", "10月底")
    path = plan.with_name("changed.txt")
    path.write_text(text, encoding="utf-8")
    return path


def test_a_renumbered_task_is_one_change_and_the_new_one_is_added(call, plan: Path, changed: Path):
    called = call("diff", plan, changed)
    assert called.code == 0
    assert called.out.splitlines() == [
        f"--- {plan}",
        f"+++ {changed}",
        "",
        "青禾县2025年绿化实施方案",
        "+ 二 (一) 1 清理苗圃",
        "~ 二 (一) 2 补植国槐",
        "    改号 二 (一) 1 → 二 (一) 2",
        "~ 二 (一) 3 建设公园",
        "    改号 二 (一) 2 → 二 (一) 3",
        "    目标 新建公园 3处 → 新建公园 4处",
        "    时限 2025年9月30日 → 2025年10月31日",
        "",
        "任务：新增 1，删除 0，有变化 2；文件：新增 0，删除 0，有变化 0",
    ]


def test_a_plan_compared_with_itself_shows_nothing(call, plan: Path):
    assert call("diff", plan, plan).out.splitlines()[2:] == ["两个版本没有变化。"]


def test_the_comparison_comes_as_json_too(call, plan: Path, changed: Path):
    made = json.loads(call("diff", plan, changed, "--format", "json").out)
    assert made["schema"] == "guatu.diff/1"
    assert [change["kind"] for change in made["changes"]] == ["added", "changed", "changed"]
    assert made["changes"][2]["changes"][1]["new"]["value"] == 4


def test_a_version_that_cannot_be_read_ends_with_2(call, plan: Path, tmp_path: Path):
    called = call("diff", plan, tmp_path / "missing.docx")
    assert called.code == Exit.INPUT
    assert str(tmp_path / "missing.docx") in called.err


def test_an_item_is_shown_with_its_place_and_its_characters_marked(call, plan: Path):
    target = json.loads(call("compile", plan, "-f", "json").out)["documents"][0]["targets"][0]
    out = call("explain", plan, target["id"]).out.splitlines()
    assert out[0] == f"{target['id']}  目标  栽植国槐 300株"
    assert "  任务: k1  二 (一) 1 补植国槐" in out
    assert f"  位置: {plan}:8:8  第8行" in out
    words = next(n for n, line in enumerate(out) if line.startswith(" 8 | 1.补植国槐"))
    marks = out[words + 1]
    # Chinese characters are two columns wide: 8 | 1.补植国槐。 takes 5 + 2 + 5 * 2.
    assert marks.index("^") == len(" 8 | ") + len("1.") + 2 * len("补植国槐。")
    assert marks.count("^") == 2 * len("栽植国槐株") + len("300")


@pytest.mark.parametrize("number", ["二(一)2", "二（一）2", "二 (一) 2", "二、（一）2."])
def test_a_task_is_found_by_its_number_as_people_write_it(call, plan: Path, number: str):
    called = call("explain", plan, number)
    assert called.code == 0
    assert called.out.startswith("k2  任务  二 (一) 2 建设公园")


def test_an_unknown_id_ends_with_4_and_names_the_ids_there_are(call, plan: Path):
    called = call("explain", plan, "k99")
    assert called.code == Exit.NOT_FOUND
    assert "没有标识或编号“k99”。这份文件有任务 k1–k2、目标 t1–t3、时限 d1–d2。" in called.err


def test_findings_in_a_task_are_shown_with_it(call, faulty: Path):
    assert "plan.placeholder" in call("explain", faulty, "k2").out


def test_a_folder_is_not_one_plan(call, tmp_path: Path):
    called = call("explain", tmp_path, "k1")
    assert called.code == Exit.INPUT
    assert "是文件夹" in called.err
