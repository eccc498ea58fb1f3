"""Whether a text can be read at all: a wrong encoding, a failed scan or another language gives no plan.

Three measures, each far from what plans have (measured in 2026 over 300 published documents; the least of them beside
each limit). A text is unreadable where most of its stretches are, so that one broken page or a table of figures does
not condemn a plan.
"""

from typing import Final

from guatu.core.kernel.regex import regex

_STRETCH: Final = 1000
"""Characters that are judged together."""
_FEWEST: Final = 40
"""Letters of a stretch below which it says nothing: a table of figures, a few words."""
_LEAST_HAN: Final = 0.2
"""Of the letters; plans have 0.28 at least, most 0.88. Other scripts, and text decoded as if it were Latin."""
_LEAST_COMMON: Final = 0.1
"""Of the Han characters; plans have 0.22 at least. Text of one Chinese encoding read as another has hardly any."""
_LEAST_IN_RUNS: Final = 0.5
"""Of the Han characters, in runs of three and more; plans have 0.78 at least. Failed scans leave strokes and scraps."""
_COMMON: Final = (
    "的一是在不有和人中大为上个国以要到时地们出就对发作成会可主工政动进民经行方同部家展加强理实全面本年务目关制法任级定管"
    "县市区乡镇村单位责建设施项化业农各重点推提高体生保障组织领导小度工作机构公安水平"
)
"""Characters of which every plan is full."""
_COMMON_ONES: Final = regex(f"[{_COMMON}]+")
_LETTER: Final = regex("[^\\W\\d_]|\ufffd")
_HAN: Final = regex("[\u4e00-\u9fff]")
_RUN: Final = regex("[\u4e00-\u9fff]{3,}")


_SAMPLE: Final = 4
"""Of so many characters one is looked at first."""


def _common(text: str) -> int:
    return sum(map(len, _COMMON_ONES.findall(text)))


def is_readable(norm: str) -> bool:
    """Whether most of a text is Chinese that a reader could make sense of."""
    judged = [_judge(norm[at : at + _STRETCH]) for at in range(0, len(norm), _STRETCH)]
    bad = sum(verdict is False for verdict in judged)
    return bad * 2 <= sum(verdict is not None for verdict in judged) or bad == 0


def _judge(text: str) -> bool | None:
    """None where a stretch has too few letters to tell."""
    in_runs = sum(map(len, _RUN.findall(text)))
    some = text[::_SAMPLE]
    # What is fine by all of its characters is fine by its letters: most stretches need no more than a look at some.
    if len(text) >= _FEWEST and in_runs >= len(text) * _LEAST_IN_RUNS and _common(some) >= len(some) * _LEAST_HAN:
        return True
    common = _common(text)
    letters = len(_LETTER.findall(text))
    if letters < _FEWEST:
        return None
    han = _HAN.findall(text)
    if len(han) < letters * _LEAST_HAN:
        return False
    return common >= len(han) * _LEAST_COMMON and in_runs >= len(han) * _LEAST_IN_RUNS
