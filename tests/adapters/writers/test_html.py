"""The html ledger: what is marked, what is escaped, what connects the two sides."""

import io
import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from guatu.adapters.writers import Ledger, writer
from guatu.adapters.writers.formats.html.marks import Marks
from guatu.adapters.writers.formats.html.text_pane import text_pane
from guatu.core.kernel.span import Span

KINDS = ("task", "lead", "target", "deadline", "fund", "error", "warning")


def page_of(ledger: Ledger) -> str:
    out = io.BytesIO()
    writer("html").write(ledger, out)
    return out.getvalue().decode()


def tree_of(ledger: Ledger):
    return lxml_html.fromstring(page_of(ledger))


def classes(element) -> set[str]:
    return set(element.get("class", "").split())


def pieces(tree) -> list:
    return tree.xpath('//*[@id="text"]//span[contains(@class, "m")]')


def characters(tree) -> dict[str, str]:
    found: dict[str, str] = {}
    for piece in pieces(tree):
        for mark in piece.get("data-m").split():
            found[mark] = found.get(mark, "") + piece.text_content()
    return found


def test_every_row_of_the_ledger_shows_the_very_characters_it_came_from(chinese: Ledger):
    tree = tree_of(chinese)
    found = characters(tree)
    rows = {row.get("data-id"): row.get("data-r") for row in tree.xpath("//li[@data-id]")}
    for document in chinese.plan.documents:
        for item in (*document.targets, *document.deadlines, *document.tasks):
            wanted = item.span.text(chinese.text).replace("\t", "").replace("\n", "")
            assert found[rows[item.id]] == wanted


def test_every_unit_is_a_button_that_names_its_characters(chinese: Ledger):
    tree = tree_of(chinese)
    found = characters(tree)
    chips = {chip.text_content(): chip.get("data-r") for chip in tree.xpath('//button[contains(@class, "chip")]')}
    for unit in ("县林业局", "县住建局<县城管局>", "各镇人民政府", "县水利利局"):
        assert found[chips[unit]] == unit


def test_every_mark_in_the_text_has_a_row_or_a_button(ledger: Ledger):
    tree = tree_of(ledger)
    rows = {element.get("data-r") for element in tree.xpath("//*[@data-r]")}
    assert {mark for piece in pieces(tree) for mark in piece.get("data-m").split()} == rows


def test_a_finding_without_characters_stands_as_a_sign_at_its_place(chinese: Ledger):
    points = tree_of(chinese).xpath('//*[@id="text"]//span[contains(@class, "point")]')
    assert [(point.text_content(), "f-warning" in classes(point)) for point in points] == [("", True)]


def test_a_finding_is_drawn_over_the_item_it_is_about(chinese: Ledger):
    piece = next(p for p in pieces(tree_of(chinese)) if p.text_content() == "县水利利局")
    assert {"k-responsible", "f-error"} <= classes(piece)


def test_text_and_labels_are_escaped(ledger: Ledger):
    page = page_of(ledger)
    assert 'alert("1")' not in page and "<县城管局>" not in page
    assert len(re.findall(r"<script", page)) == 1


def test_the_page_asks_for_nothing_from_elsewhere(ledger: Ledger):
    page = page_of(ledger)
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import|https?://|fetch\(|XMLHttpRequest|import\(""", page)


def test_labels_wait_in_the_other_language(chinese: Ledger):
    tree = tree_of(chinese)
    labels = {e.get("data-zh"): e.get("data-en") for e in tree.xpath("//*[@data-zh]")}
    assert labels["任务"] == "Tasks"
    assert labels["2025年6月30日"] == "2025-06-30"
    assert labels["“县水利利局”中有一个字重复"] == "a character is doubled"


def test_rows_of_a_table_in_the_text_are_a_table(chinese: Ledger):
    cells = tree_of(chinese).xpath('//*[@id="text"]//tr/td')
    assert [cell.text_content() for cell in cells] == ["1", "清理苗圃", "县林业局", "2025年9月"]


def test_the_language_of_the_page_is_that_of_the_ledger(ledger: Ledger):
    assert tree_of(ledger).get("lang") == ("zh-CN" if ledger.language == "zh" else "en")


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, Marks]:
    text = draw(st.text(alphabet='县局<&"\t\n ab。', min_size=1, max_size=60))
    marks = Marks(len(text))
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text) + 2))
        marks.add(draw(st.sampled_from(KINDS)), Span(start, draw(st.integers(start, len(text) + 4))))
    return text, marks


@given(marked_texts())
def test_marks_that_nest_and_overlap_keep_the_text_and_their_own_characters(case: tuple[str, Marks]):
    text, marks = case
    tree = lxml_html.fromstring('<div id="text">' + "".join(text_pane(text, marks.all)) + "</div>")
    lines = tree.xpath('//*[@class and contains(concat(" ", @class, " "), " l ")]')
    shown = [
        "\t".join(cell.text_content() for cell in line.xpath("./td")) if line.tag == "tr" else line.text_content()
        for line in lines
    ]
    wanted = text.split("\n")
    assert [line for line in shown if line.strip()] == [line for line in wanted if line.strip()]
    found = characters(tree)
    for mark in marks.all:
        covered = text[mark.start : mark.end]
        kept = "".join(line.replace("\t", "") for line in _covered_lines(text, mark.start, mark.end))
        assert found.get(str(mark.number), "") == kept, (mark, covered)


@given(marked_texts())
def test_every_mark_without_characters_is_drawn_once(case: tuple[str, Marks]):
    text, marks = case
    drawn = re.findall(r'class="m point [^"]*" data-m="(\d+)"', "".join(text_pane(text, marks.all)))
    assert sorted(map(int, drawn)) == [mark.number for mark in marks.all if not mark.length]


def _covered_lines(text: str, start: int, end: int):
    """What a mark covers of each line that holds more than blanks; blank lines are drawn empty."""
    at = 0
    for line in text.split("\n"):
        if line.strip() or "\t" in line:
            yield text[max(at, start) : max(max(at, start), min(at + len(line), end))]
        at += len(line) + 1
