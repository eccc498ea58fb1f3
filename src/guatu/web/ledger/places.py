"""Where words that a person selected stand in the text of a plan."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid
from guatu.web.ledger.selectors.room import line_start

LONGEST = 20_000


def place_of_words(text: str, words: str, line: int = 0) -> tuple[int, int]:
    """Start and end of the words at or after a line, blanks and line ends aside; (0, 0) for no words.

    A browser gives the words of several lines or cells joined in its own way, so only what is no blank is compared.
    """
    pieces = words.split()
    if not pieces:
        return 0, 0
    if len(words) > LONGEST:
        raise Invalid(_("选中的文字太长,请只选一项任务。"), field="words")
    pattern = re.compile(r"\s*".join(re.escape(character) for character in "".join(pieces)))
    found = pattern.search(text, line_start(text, line) if line else 0) or pattern.search(text)
    if found is None:
        raise Invalid(_("方案原文中找不到这段文字,请重新选择。"), field="words")
    return found.span()
