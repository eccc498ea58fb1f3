"""A number that is lost or written twice does not swallow the items behind it."""

import pytest

from guatu.core.plan.compiler import compile_text

UNITS = {1: "县财政局", 2: "县税务局", 3: "县国资中心", 4: "县人社局", 5: "县司法局"}
STYLES = {"arabic": "{}.", "pause": "{}、", "bracketed": "({})", "chinese": "({})"}
HAN = "零一二三四五"


def item(number: int | None, of: int, style: str) -> str:
    figure = HAN[number] if number and style == "chinese" else number
    label = STYLES[style].format(figure) if number else ""
    return f"{label}落实第{HAN[of]}类支持。认真组织实施。(责任单位:{UNITS[of]})"


def tasks(numbers: list[int | None], style: str, apart: str) -> tuple[list[tuple[str, list[str]]], list[str]]:
    text = "青禾县支持企业若干措施" + ("\n" if apart == "\n" else " ")
    text += apart.join(item(number, at + 1, style) for at, number in enumerate(numbers))
    plan = compile_text(text).plan
    found = [(t.path[-1], [duty.unit for duty in t.duties]) for d in plan.documents for t in d.tasks]
    return found, [finding.code for finding in plan.findings]


def label(number: int, style: str) -> str:
    return {"bracketed": f"({number})", "chinese": f"({HAN[number]})"}.get(style, str(number))


@pytest.mark.parametrize("apart", [" ", "\n"], ids=["one line", "lines"])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("lost", [2, 3, 4])
def test_items_behind_a_lost_number_stay_their_own(lost: int, style: str, apart: str) -> None:
    found, codes = tasks([None if n == lost else n for n in UNITS], style, apart)
    assert found == [(label(n, style), [unit]) for n, unit in UNITS.items() if n != lost]
    assert "plan.numbering-gap" in codes


@pytest.mark.parametrize("apart", [" ", "\n"], ids=["one line", "lines"])
@pytest.mark.parametrize("style", STYLES)
def test_items_behind_a_repeated_number_stay_their_own(style: str, apart: str) -> None:
    found, codes = tasks([1, 2, 2, 3, 4], style, apart)
    assert found == [(label(n, style), [unit]) for n, unit in zip([1, 2, 2, 3, 4], UNITS.values(), strict=True)]
    assert "plan.numbering-repeat" in codes


def test_two_paragraphs_of_one_item_keep_their_units_where_no_number_is_missing() -> None:
    text = "青禾县工作方案\n1.修路。修建道路。(责任单位:县交通局)\n同步绿化。(责任单位:县林业局)\n2.治水。(责任单位:县水利局)\n"
    (document,) = compile_text(text).plan.documents
    assert [[duty.unit for duty in task.duties] for task in document.tasks] == [["县交通局", "县林业局"], ["县水利局"]]


@pytest.mark.parametrize("text", ["详见附件2.该表由县林业局填报", "共整治3处。5.6公里道路完工", "按第4条办理。"])
def test_numbers_in_sentences_are_no_items(text: str) -> None:
    plan = compile_text(f"青禾县工作方案\n1.植树。{text}。\n2.护树。\n").plan
    assert [task.path for task in plan.documents[0].tasks] == [["1"], ["2"]]
