"""Every word that a user sees is there in English too."""

import re
import subprocess
from pathlib import Path

import pytest
from django.utils import translation

from guatu.web.ledger.sheet_heads import HEADS, head_of
from guatu.web.ledger.sheets import Sheet

APP = Path(__file__).resolve().parents[3] / "src" / "guatu" / "web" / "ledger"
CATALOGUE = APP / "locale" / "en" / "LC_MESSAGES" / "django.po"
CHINESE = re.compile("[\u4e00-\u9fff]")
IN_TEMPLATES = re.compile(r'(?:{% translate |\b_\()(["\'])(.+?)\1')
IN_BLOCKS = re.compile(r"{% blocktranslate(?: [^%]*)?%}(.+?){% endblocktranslate %}", re.DOTALL)


def catalogue() -> dict[str, str]:
    text = CATALOGUE.read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', text, re.MULTILINE)
    return {a.replace('\\"', '"'): b for a, b in pairs}


def test_no_english_holds_chinese_but_for_units_of_counting() -> None:
    wrong = {b for b in catalogue().values() if CHINESE.search(b.replace("万", "").replace("亿", ""))}
    assert wrong == set()


def test_the_names_in_a_message_are_those_of_its_english() -> None:
    names = re.compile(r"%\((\w+)\)[sd]")
    assert [a for a, b in catalogue().items() if set(names.findall(a)) != set(names.findall(b))] == []


def test_the_compiled_catalogue_is_that_of_the_source(tmp_path: Path) -> None:
    made = tmp_path / "django.mo"
    try:
        subprocess.run(["msgfmt", "--check-format", "-o", made, CATALOGUE], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("msgfmt is not here · 本机没有 msgfmt")
    assert made.read_bytes() == CATALOGUE.with_suffix(".mo").read_bytes()


def test_text_outside_of_translation_is_not_chinese() -> None:
    """In templates every Chinese word stands inside a translation."""
    for path in (APP / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        rest = IN_BLOCKS.sub("", IN_TEMPLATES.sub("", text)).replace("、", "")
        assert CHINESE.search(rest) is None, path.name


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_heads_of_the_import_template_are_known_in_each_language(language: str) -> None:
    with translation.override(language):
        heads = [str(label) for label, _aliases in HEADS.values()]
    found = head_of(Sheet([heads]))
    assert found is not None and set(found[1]) == set(HEADS)
