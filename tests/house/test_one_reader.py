"""Days, times, numbers, money and text are read in core/fields and nowhere else."""

import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.house.project import ROOT, python
from tests.house.test_limits import git

# The literals of the language of conditions are what its grammar says, and no other spelling of a day is one.
READERS = ("src/guatu/core/fields/", "src/guatu/core/rules/")
ALLOWED_FILE = "tests/house/readers.toml"
ALLOWED: dict[str, dict[str, int]] = tomllib.loads((ROOT / ALLOWED_FILE).read_text(encoding="utf-8"))

SIGNS = {
    "strptime": re.compile(r"\bstrptime\("),
    "fromisoformat": re.compile(r"\.fromisoformat\b"),
    "dateparse": re.compile(r"\bparse_(?:date|datetime|time|duration)\b"),
    "normalize": re.compile(r"\bunicodedata\.normalize\("),
    # Numbers and expressions may become decimals; what is called so is somebody's text.
    "decimal": re.compile(r"\bDecimal\((?:text|value|given|typed|written|raw|plain|cell|stored|number)\b(?!\.value\b)"),
    "float": re.compile(r"\bfloat\((?:text|given|written|raw|plain|cell)\b(?!\.value\b)|\bfloat\(text_of\("),
    "money": re.compile(r"\bMoney\.of_(?:yuan|wan)\("),
    "form-field": re.compile(r"\bforms\.(?:DateField|DateTimeField|TimeField|DecimalField|FloatField)\b"),
    "invisible": re.compile(r"\\u(?:200[b-f]|2060|feff|00ad)"),
    # What may be a longitude and a latitude, and how a telephone number is masked.
    "degrees": re.compile(r"\babs\(\w+\) (?:<=|>) (?:90|180)\b|-180 <= |-90 <= "),
    "masked": re.compile(r"\*{4}"),
    "chinese-digits": re.compile("[零〇]一二三四五六七八九"),
}
"""What a reader is known by."""


def found() -> dict[str, Counter[str]]:
    """How often each sign stands in which file outside core/fields."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in SIGNS}
    for file, name in _signs():
        counts[name][file] += 1
    return counts


def _signs() -> Iterator[tuple[str, str]]:
    for file, text in python("src/guatu/").items():
        if not file.startswith(READERS):
            yield from ((file, name) for name, sign in SIGNS.items() for _ in sign.finditer(text))


def test_no_file_reads_what_people_write_but_those_of_the_fields() -> None:
    new = {
        f"{name}: {file}": count
        for name, files in found().items()
        for file, count in files.items()
        if count > ALLOWED.get(name, {}).get(file, 0)
    }
    assert new == {}, "read it with guatu.core.fields, or say in readers.toml why it is nobody's text"


def test_what_is_gone_is_gone_from_the_list_too() -> None:
    counts = found()
    stale = [
        f"{name}: {file}" for name, files in ALLOWED.items() for file, n in files.items() if counts[name][file] < n
    ]
    assert stale == []


def test_the_list_of_what_is_allowed_has_only_shrunk() -> None:
    versions = _earlier()
    if not versions:
        pytest.skip("no git history of the list here · 此处没有该清单的 git 历史")
    for earlier in versions:
        before = _by_name(earlier)
        assert {key: n for key, n in _by_name(ALLOWED).items() if n > before[key]} == {}


def _by_name(allowed: dict[str, dict[str, int]]) -> Counter[tuple[str, str]]:
    """By sign and name of file: a file that moved to another folder has not grown."""
    counts: Counter[tuple[str, str]] = Counter()
    for sign, files in allowed.items():
        for file, count in files.items():
            counts[sign, file.rsplit("/", 1)[-1]] += count
    return counts


def _earlier() -> list[dict[str, dict[str, int]]]:
    try:
        commits = git("log", "--format=%H", "--", ALLOWED_FILE).split()
        return [tomllib.loads(git("show", f"{commit}:{ALLOWED_FILE}")) for commit in commits]
    except (OSError, subprocess.CalledProcessError):
        return []


@pytest.mark.parametrize(
    ("sign", "line"),
    [
        ("strptime", 'datetime.strptime(text, "%Y-%m-%d")'), ("fromisoformat", "date.fromisoformat(text)"),
        ("dateparse", "parse_date(text)"), ("normalize", 'unicodedata.normalize("NFKC", text)'), ("decimal", "Decimal(text)"),
        ("float", "float(text)"), ("money", "Money.of_yuan(text)"), ("form-field", "forms.DateField()"),
        ("invisible", r'text.strip("\ufeff")'), ("chinese-digits", '_DIGITS = "零一二三四五六七八九"'),
    ],
)  # fmt: skip
def test_each_sign_of_a_reader_is_seen(sign: str, line: str) -> None:
    assert SIGNS[sign].search(line)
