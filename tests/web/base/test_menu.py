"""The menu: entries of a group fold under one head, and the page that is shown is marked once."""

from typing import Any

import pytest
from django.urls import reverse

from guatu.web.base.context import folded


def item(label: str, group: str = "", here: bool = False) -> dict[str, Any]:
    return {"label": label, "icon": "x", "url": f"/{label}/", "group": group, "here": here}


def test_entries_of_a_group_stand_under_its_head_where_the_first_of_them_would() -> None:
    given = [item("a"), item("b", "cases"), item("c"), item("d", "cases", here=True), item("e", "office")]
    found = folded(given)
    assert [one.get("url") for one in found] == ["/a/", None, "/c/", "/e/"], "one entry alone is not folded"
    assert found[1]["below"] == [given[1], given[3]] and found[1]["here"]
    assert folded([]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["supervision", "town", "desk", "admin"])
def test_every_entry_of_the_menu_opens_and_is_marked_there_alone(client_of: Any, role: str) -> None:
    client = client_of(role)
    menu = client.get(reverse("account")).context["menu"]
    items = [one for entry in menu for one in entry.get("below", [entry])]
    assert len(items) >= 3
    # What comes first is chosen by what the county lacks: an empty one leads its administrator to the first steps.
    for one in (one for one in items if one["url"] != reverse("home")):
        answer = client.get(one["url"], follow=True)
        assert answer.status_code == 200, one
        assert answer.content.decode().count('aria-current="page"') >= 1, one
        shown = [e for entry in answer.context["menu"] for e in entry.get("below", [entry])]
        assert [e["url"] for e in shown if e["here"]] == [one["url"]]
