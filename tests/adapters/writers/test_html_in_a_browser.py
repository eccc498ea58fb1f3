"""The html ledger in a browser: skipped where no Chromium is installed."""

import io
import json
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest

from guatu.adapters.writers import Ledger, writer
from tests.chromium import chromium_path

CHROMIUM = chromium_path()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: put `chromium` on the PATH to run browser tests"),
]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--virtual-time-budget=20000", "--dump-dom", "--window-size=1440,900",
)  # fmt: skip


def run(ledger: Ledger, folder: Path, script: str, fragment: str = "") -> dict[str, object]:
    """What `script` leaves in `seen` after it ran in the page."""
    out = io.BytesIO()
    writer("html").write(ledger, out)
    probe = (
        f"<script>(async () => {{ const seen = {{}}; {script}; document.title = JSON.stringify(seen); }})()</script>"
    )
    page = folder / "ledger.html"
    page.write_text(out.getvalue().decode().replace("</body>", probe + "</body>"), encoding="utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", page.as_uri() + fragment]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    title = re.search(r"<title>(.*?)</title>", done.stdout, re.S)
    assert title, done.stderr[-2000:]
    return json.loads(unescape(title.group(1)))


def test_a_click_in_the_text_shows_the_row_and_a_click_on_the_row_the_text(chinese: Ledger, tmp_path: Path):
    seen = run(
        chinese,
        tmp_path,
        """
        const piece = [...document.querySelectorAll('#text .m')].find((e) => e.textContent === '县水利利局');
        piece.click();
        seen.chip = [...document.querySelectorAll('.chip.sel')].map((e) => e.textContent);
        seen.row = document.querySelector('.row.sel').dataset.id;
        document.querySelector('#tab-targets').click();
        document.querySelector('#panel-targets [data-id=t2] .go').click();
        seen.text = [...document.querySelectorAll('#text .sel')].map((e) => e.textContent).join('');
        seen.hash = location.hash;
        """,
    )
    assert seen == {"chip": ["县水利利局"], "row": "k2", "text": "成活率不低于90%", "hash": "#t2"}


def test_clicking_the_same_words_again_goes_from_the_inner_item_to_the_outer_ones(chinese: Ledger, tmp_path: Path):
    seen = run(
        chinese,
        tmp_path,
        """
        const piece = [...document.querySelectorAll('#text .m')].find((e) => e.textContent === '县林业局');
        seen.lengths = [];
        for (let n = 0; n < 3; n++) {
          piece.click();
          seen.lengths.push([...document.querySelectorAll('#text .sel')].map((e) => e.textContent).join('').length);
        }
        """,
    )
    inner, outer, again = seen["lengths"]  # type: ignore[misc]
    assert inner == again == 4
    assert outer > 50


def test_the_ledger_can_be_searched_filtered_and_cleared(chinese: Ledger, tmp_path: Path):
    seen = run(
        chinese,
        tmp_path,
        """
        const rows = () => [...document.querySelectorAll('#panel-tasks .row:not([hidden])')].map((e) => e.dataset.id);
        const put = (id, value) => { const e = document.getElementById(id); e.value = value; e.dispatchEvent(new Event('input')); };
        put('find', '苗圃'); seen.found = rows(); seen.shown = document.getElementById('shown').textContent;
        put('find', 'nothing like this'); seen.none = !document.querySelector('#panel-tasks .none').hidden;
        put('find', '');
        const unit = [...document.querySelectorAll('#unit option')].find((e) => e.textContent === '县林业局');
        put('unit', unit.value); seen.unit = rows();
        put('unit', ''); put('doc', '1'); seen.document = rows();
        """,
    )
    assert seen == {"found": ["k3"], "shown": "1 / 3", "none": True, "unit": ["k1", "k3"], "document": ["k3"]}


def test_the_keyboard_reaches_every_mark_and_row(chinese: Ledger, tmp_path: Path):
    seen = run(
        chinese,
        tmp_path,
        """
        const key = (name) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: name, bubbles: true, cancelable: true}));
        document.getElementById('source').focus();
        const texts = [];
        for (let n = 0; n < 40; n++) { key('ArrowDown'); texts.push(document.activeElement.textContent); }
        seen.unit = texts.includes('县林业局'); seen.target = texts.includes('栽植国槐300株');
        key('ArrowUp'); key('Enter');
        seen.selected = document.querySelectorAll('#ledger .sel').length > 0;
        document.querySelector('#tab-tasks').focus(); key('ArrowRight');
        seen.tab = document.activeElement.id;
        """,
    )
    assert seen == {"unit": True, "target": True, "selected": True, "tab": "tab-targets"}


def test_the_language_of_all_labels_can_be_switched(chinese: Ledger, tmp_path: Path):
    seen = run(
        chinese,
        tmp_path,
        """
        document.getElementById('lang').click();
        seen.tab = document.getElementById('tab-tasks').textContent;
        seen.hint = document.getElementById('find').placeholder;
        seen.chinese = [...document.querySelectorAll('#tools, #legend, #sides')].map((e) => e.innerText).join('')
          .replace(/[\\s\\S]*All documents/, '').match(/[\\u4e00-\\u9fff]/g);
        document.getElementById('lang').click();
        seen.back = document.getElementById('tab-tasks').textContent;
        """,
    )
    assert seen["tab"] == "Tasks3" and seen["back"] == "任务3"
    assert seen["hint"] == "Find tasks, units, metrics"


def test_a_link_to_an_item_opens_the_page_at_it(chinese: Ledger, tmp_path: Path):
    seen = run(chinese, tmp_path, "seen.row = document.querySelector('.row.sel').dataset.id", "#k3")
    assert seen == {"row": "k3"}


def test_the_page_meets_wcag_aa(chinese: Ledger, tmp_path: Path, root: Path):
    axe = root / "tests/vendor/axe.min.js"
    if not axe.exists():
        pytest.skip("axe-core is not among the vendored scripts")
    script = axe.read_text(encoding="utf-8").replace("</script>", "<\\/script>")
    seen = run(
        chinese,
        tmp_path,
        f"""
        const code = document.createElement('script'); code.textContent = {json.dumps(script)}; document.head.append(code);
        const result = await axe.run(document, {{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}});
        seen.violations = result.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 80)).join(' '));
        seen.passes = result.passes.length > 10;
        """,
    )
    assert seen == {"violations": [], "passes": True}


def test_no_request_leaves_the_page(chinese: Ledger, tmp_path: Path):
    seen = run(
        chinese,
        tmp_path,
        """
        seen.loaded = performance.getEntriesByType('resource').length;
        try { await fetch('data:text/plain,x'); seen.fetched = true; } catch { seen.fetched = false; }
        """,
    )
    assert seen == {"loaded": 0, "fetched": False}
