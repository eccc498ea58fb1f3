"""Pages as tests read them: how a template is broken into lines says nothing."""

import re


def flat(page: str) -> str:
    """The page with one blank for each run of blanks and lines, and none before the end of a tag."""
    return re.sub(r"\s+(?=/?>)", "", re.sub(r"\s+", " ", page))
