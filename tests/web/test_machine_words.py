"""No page says what only the program calls so: codes of rules, names of actions, facts, conditions, settings, states.

Every address is read, in both languages, by who sees most of it. What stands in a field to be filled in, in code that
is meant as code, or in the address of a link is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django.test import Client

import guatu.core
import guatu.packs
from guatu.core.cases.evaluation.counts import COUNTS
from guatu.core.cases.evaluation.rates import RATES
from guatu.core.dispatch.vocabulary import FACTS
from guatu.core.grids.figures import FIGURES
from guatu.core.kernel.explained import Rule
from guatu.core.pack.sections import classes as classes_section
from guatu.core.pack.sections import clocks as clocks_section
from guatu.core.pack.sections import posts as posts_section
from guatu.web.base.actions import Action
from guatu.web.base.actions.named import action_names
from guatu.web.cases.library import library
from guatu.web.dispatch.models import Light
from tests.web.answers import body_of
from tests.web.dispatch.conftest import Board
from tests.web.dispatch.conftest import board as board
from tests.web.dispatch.conftest import may as may
from tests.web.test_every_address import addresses
from tests.web.test_every_address import rows as rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HIDDEN = re.compile(
    r"<(script|style|code|pre|textarea|select|datalist|template)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL
)
# Pages that are about the program itself: its interface, its background work and what programmers look up there.
ABOUT_PROGRAMS = {"api_reference", "api-root", "openapi-json"}
COMPOUND = re.compile(r"[._-]")


def rules() -> Iterator[str]:
    """The codes of all rules that explain a figure."""
    for package in (guatu.core, guatu.packs):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            found = import_module(module.name)
            yield from (one.code for one in vars(found).values() if isinstance(one, Rule))


def machine_words() -> re.Pattern[str]:
    """What the program calls things, where no language would: words that are joined by a point, a line or a hyphen."""
    words = {*rules(), *(name for name, _ in action_names()), *FACTS, *FIGURES, *COUNTS, *RATES}
    for loaded in library().packs.values():
        words |= {row.condition for row in loaded.pack[clocks_section.SECTION].limit_rows} | {
            post.id for post in loaded.pack[posts_section.SECTION].post
        }
        words |= {step.id for engine in loaded.engines.values() for step in engine.flow.steps}
    joined = sorted((word for word in words if COMPOUND.search(word)), key=len, reverse=True)
    return re.compile(rf"(?<![\w./@-])(?:{'|'.join(map(re.escape, joined))})(?![\w/@-])")


def visible(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(HIDDEN.sub(" ", page)))


def test_every_action_has_words() -> None:
    bare = [name for name, title in action_names() if name == title]
    assert bare == [] and issubclass(Action, object)


def test_every_condition_of_a_pack_has_words() -> None:
    for loaded in library().packs.values():
        named = {row.code for row in loaded.pack[classes_section.SECTION].condition}
        assert {row.condition for row in loaded.pack[clocks_section.SECTION].limit_rows} - {""} <= named


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", ["supervision", "desk"])
def test_no_page_says_what_only_the_program_calls_so(rows: Board, role: str, language: str) -> None:
    pattern, found = machine_words(), []
    client = Client(headers={"accept-language": language})
    client.force_login(rows.county.users[role])
    read = 0
    for address, name in addresses().items():
        answer: Any = client.get(address)
        body = body_of(answer)
        if answer.status_code != 200 or name in ABOUT_PROGRAMS or "html" not in answer["Content-Type"]:
            continue
        read += 1
        text = visible(body.decode())
        found += [(name, text[max(0, one.start() - 30) : one.end() + 20]) for one in pattern.finditer(text)]
    assert found == [] and read > 30


def test_a_light_is_a_word_wherever_it_is_shown(rows: Board) -> None:
    client = Client()
    client.force_login(rows.county.users["supervision"])
    for light in Light.objects.all():
        text = visible(body_of(client.get(f"/lights/{light.pk}/")).decode())
        assert not re.search(r"(?<!\w)(?:red|amber|green|grey)(?!\w)", text), text
