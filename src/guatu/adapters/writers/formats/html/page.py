"""The page around the two sides."""

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files

from guatu.adapters.writers.formats.html.bilingual import Bilingual
from guatu.adapters.writers.formats.html.ledger_pane import TABS, LedgerPane
from guatu.adapters.writers.formats.html.marks import Marks
from guatu.adapters.writers.formats.html.text_pane import text_pane
from guatu.adapters.writers.ledger import Ledger
from guatu.adapters.writers.rows import coverage_phrase, document_name, findings_phrase, ledger_title

_LEGEND = (
    ("task", "sheet.tasks"), ("lead", "role.lead"), ("responsible", "role.responsible"), ("support", "role.support"),
    ("target", "sheet.targets"), ("deadline", "sheet.times"), ("recurrence", "kind.recurrence"),
    ("fund", "sheet.funds"),
    ("citation", "sheet.references"), ("error", "sheet.findings"),
)  # fmt: skip
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
"""The browser itself holds the page to the promise that nothing is fetched or sent."""


def page(ledger: Ledger) -> Iterator[str]:
    """The whole page, in pieces."""
    words = Bilingual(ledger)
    marks = Marks(len(ledger.text))
    pane = LedgerPane(words, marks)
    lists = pane.lists()
    title = escape(ledger_title(ledger))
    language = "zh-CN" if ledger.language == "zh" else "en"
    yield (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_asset('page.css')}</style>\n</head>\n<body>\n"
    )
    yield _header(words, title)
    yield '<main id="main">\n'
    yield f'<section id="source" tabindex="0" {words.label("page.source", "aria-label")}>\n'
    yield _legend(words)
    yield '<div id="text" lang="zh-CN">\n'
    yield from text_pane(ledger.text, marks.all)
    yield "</div>\n</section>\n"
    yield f'<section id="ledger" {words.label("page.ledger", "aria-label")}>\n'
    yield _tools(words, pane)
    for tab in TABS:
        yield _panel(words, tab, lists[tab])
    yield "</section>\n</main>\n"
    yield _switch(words)
    yield '<p id="status" role="status" aria-live="polite"></p>\n'
    yield f"<script>\n{_asset('page.js')}</script>\n</body>\n</html>\n"


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _header(words: Bilingual, title: str) -> str:
    ledger = words.ledger
    coverage = words.both(coverage_phrase(words.zh), coverage_phrase(words.en))
    found = words.both(findings_phrase(words.zh), findings_phrase(words.en))
    return (
        f'<header id="top"><h1>{title}</h1><p class="facts"><span>{escape(ledger.plan.source.name)}</span>'
        f"<span>{words.word('about.coverage')} {coverage}</span><span>{words.word('about.findings')} {found}</span></p>"
        '<button id="lang">中文 / English</button></header>\n'
    )


def _legend(words: Bilingual) -> str:
    keys = "".join(
        f'<button class="key" data-k="{kind}" aria-pressed="true"><span class="m '
        f'{"f-error" if kind == "error" else f"k-{kind}"}">{words.word(key)}</span></button>'
        for kind, key in _LEGEND
    )
    return f'<div id="legend" role="group" {words.label("page.legend", "aria-label")}>{keys}</div>\n'


def _tools(words: Bilingual, pane: LedgerPane) -> str:
    tabs = "".join(
        f'<button role="tab" id="tab-{tab}" aria-controls="panel-{tab}" aria-selected="{str(tab == "tasks").lower()}" '
        f'tabindex="{0 if tab == "tasks" else -1}">{words.word(f"sheet.{tab}")}<i>{pane.counts[tab]}</i></button>'
        for tab in TABS
    )
    documents = "".join(
        f'<option value="{n}">{escape(document_name(d))}</option>'
        for n, d in enumerate(words.ledger.plan.documents)
        if d.tasks or d.targets or d.deadlines
    )
    units = "".join(f'<option value="{n}">{escape(unit)}</option>' for unit, n in sorted(pane.units.items()))
    several = len(words.ledger.plan.documents) > 1
    return (
        f'<div id="tools"><div role="tablist" {words.label("page.ledger", "aria-label")}>{tabs}</div><div '
        f'class="filters">'
        f'<input id="find" type="search" {words.label("page.find", "placeholder")}>'
        f'<select id="unit" {words.label("page.unit", "aria-label")}>'
        f"{words.word('page.every-unit', 'option', 'value')}{units}"
        f'</select><select id="doc"{"" if several else " hidden"} {words.label("col.document", "aria-label")}>'
        f"{words.word('page.every-document', 'option', 'value')}{documents}</select>"
        f'<span id="shown"></span></div></div>\n'
    )


def _panel(words: Bilingual, tab: str, rows: str) -> str:
    hidden = "" if tab == "tasks" else " hidden"
    none = words.word("page.no-match", "p", 'class="none"' + (" hidden" if rows else ""))
    return (
        f'<div role="tabpanel" id="panel-{tab}" aria-labelledby="tab-{tab}"{hidden}>'
        f"{words.word(f'sheet.{tab}', 'h2')}\n{rows}{none}</div>\n"
    )


def _switch(words: Bilingual) -> str:
    """On a telephone one side shows at a time."""
    return (
        '<nav id="sides"><button data-side="source">'
        f'{words.word("page.source")}</button><button data-side="ledger">{words.word("page.ledger")}</button></nav>\n'
    )
