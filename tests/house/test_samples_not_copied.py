"""No sentence of a real plan is in the repository: its examples and tests are of our own making."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.project import texts

LENGTH = 20
CHINESE = re.compile("[\u3400-\u9fff\u3000-\u3003\u3007-\u3011\u2018-\u201d\uff01-\uff1f]+")
# Turns of speech that every plan has are nobody's sentence; runs made of nothing else do not count.
COMMON = (
    "以习近平新时代中国特色社会主义思想为指导",
    "深入学习贯彻习近平新时代中国特色社会主义思想",
    "全面贯彻党的二十大精神",
)


def runs(text: str) -> Iterator[str]:
    """All runs of `LENGTH` Chinese characters of a text."""
    for phrase in COMMON:
        text = text.replace(phrase, "\n")
    for match in CHINESE.finditer(text):
        whole = match[0]
        for at in range(len(whole) - LENGTH + 1):
            yield whole[at : at + LENGTH]


def test_no_run_of_a_sample_stands_in_a_file_of_the_repository(shared: Path) -> None:
    ours = {run: name for name, text in texts().items() for run in runs(text)}
    copied = {
        f"{ours[run]} has {run} of {path.name}"
        for path in sorted((shared / "samples").rglob("*.txt"))
        for run in runs(path.read_text(encoding="utf-8", errors="replace"))
        if run in ours
    }
    assert copied == set()


def test_runs_are_of_chinese_characters_and_their_full_stops_alone() -> None:
    assert list(runs("a" * 30)) == []
    assert list(runs("建" * 19 + "A" + "建" * 19)) == []
    assert list(runs("建" * 10 + "，" + "设" * 9)) == ["建" * 10 + "，" + "设" * 9]
    assert len(list(runs("建" * 22))) == 3
