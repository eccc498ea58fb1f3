"""What one module does for all is done again nowhere else."""

import re
from typing import NamedTuple

import pytest

from tests.house.project import python


class Place(NamedTuple):
    """The only files that may hold a text, among those below a folder, and what others call in its stead."""

    sign: re.Pattern[str]
    within: str
    homes: tuple[str, ...]
    instead: str


PLACES = {
    "language of the page": Place(
        re.compile(r"""startswith\(["']en|get_language\(\) (?:==|!=)"""),
        "src/guatu/web/",
        # The commands of backup run where no page is: they ask the environment, as the command line does.
        ("src/guatu/web/base/language.py", "src/guatu/web/base/management/commands/_backup.py"),
        "guatu.web.base.language.language()",
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_it_is_done_in_one_place(name: str) -> None:
    place = PLACES[name]
    holding = [file for file, text in python(place.within).items() if place.sign.search(text)]
    assert sorted(set(holding) - set(place.homes)) == [], f"call {place.instead}"
    assert sorted(set(place.homes) - set(holding)) == [], "it is gone from there: strike it from the list"
