"""The pages of the directory and the accounts in a real browser: both languages, desk and phone, by keyboard."""

from typing import Any

import pytest

from guatu.web.directory.models import PlaceVersion
from tests.web.browser import FACES, picture, wrong


def pages(county: Any) -> dict[str, str]:
    unit, place, user = county.unit("柳林镇").pk, county.places["柳林镇"].pk, county.users["town"].pk
    return {
        "units": "/units/",
        "units-found": "/units/?q=镇",
        "unit": f"/units/{unit}/",
        "unit-change": f"/units/{unit}/change/",
        "unit-merge": f"/units/merge/?units={unit}",
        "unit-split": f"/units/{unit}/split/",
        "places": f"/places/?under={county.places['青禾县'].pk}",
        "place": f"/places/{place}/",
        "people": "/people/",
        "import": "/sheets/units/import/",
        "accounts": "/users/",
        "account": f"/users/{user}/",
        "account-new": "/users/new/",
        "missing": "/units/999999/",
    }


def draw(county: Any) -> None:
    """Square boundaries side by side for the towns."""
    for n, name in enumerate(("城关镇", "柳林镇", "石门镇", "白鹿乡", "双河乡")):
        west = 115 + 0.1 * n
        ring = [[west, 36.0], [west + 0.1, 36.02], [west + 0.1, 36.1], [west, 36.12], [west, 36.0]]
        PlaceVersion.objects.filter(place=county.places[name]).update(
            boundary={"type": "Polygon", "coordinates": [ring]}
        )


@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_page_is_accessible_and_fits(county: Any, browse: Any, width: int, language: str) -> None:
    draw(county)
    shown = [(name, "admin", address) for name, address in pages(county).items()]
    assert wrong(browse, "directory", shown, width, language) == {}


def test_the_tree_opens_and_closes_by_keyboard(county: Any, browse: Any) -> None:
    page = browse("leader", "/units/")
    row = page.locator("tr", has_text="柳林东村")
    assert row.is_visible()
    button = page.get_by_role("button", name="柳林镇人民政府的下级")
    button.focus()
    page.keyboard.press("Enter")
    assert not row.is_visible()
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert row.is_visible()


def test_a_branch_is_fetched_when_it_is_opened(county: Any, browse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guatu.web.directory.selectors.units.OPENED", 3)
    page = browse("leader", "/units/")
    assert page.locator("tr", has_text="柳林镇人民政府").count() == 0
    page.get_by_role("button", name="青禾县人民政府的下级").click()
    page.get_by_role("button", name="柳林镇人民政府的下级").click()
    page.locator("tr", has_text="柳林东村").wait_for()
    page.get_by_role("button", name="青禾县人民政府的下级").click()
    assert not page.locator("tr", has_text="柳林东村").is_visible()


def test_typing_a_unit_offers_its_whole_name(county: Any, browse: Any) -> None:
    page = browse("admin", "/units/new/")
    page.get_by_label("上级单位").fill("水利")
    page.locator("#unit-parent_id-options option[value='县水利局 (d0)']").wait_for(state="attached")


def test_renaming_a_unit_and_finding_it_by_its_old_name(county: Any, browse: Any) -> None:
    page = browse("admin", f"/units/{county.unit('县水利局').pk}/")
    page.get_by_role("link", name="更名").click()
    page.get_by_label("新全称").fill("县水务局")
    page.get_by_label("依据文件").fill("青编〔2024〕3号")
    page.get_by_role("button", name="更名").click()
    page.wait_for_url("**/units/*/")
    assert page.get_by_role("heading", level=1).inner_text() == "县水务局"
    assert page.get_by_text("青编〔2024〕3号").is_visible()
    picture(page, "directory-unit-renamed")
