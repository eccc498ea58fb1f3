"""Written names against the units of a day."""

import datetime
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.web.directory.models import UnitAlias, UnitVersion
from guatu.web.directory.selectors.match import expand, known, matcher, suggest
from guatu.web.directory.selectors.tree import unit_tree

TODAY = datetime.date(2024, 6, 10)


def test_a_name_an_alias_and_a_shorter_name_are_known(county: Any) -> None:
    tree = unit_tree(TODAY)
    UnitAlias.objects.create(unit=county.unit("县住建局"), text="县住房和城乡建设局")
    for text in ("县水利局", "青禾县水利局", "水利局"):
        assert known(text, tree) == county.unit("县水利局").pk
    assert known("县住房和城乡建设局", tree) == county.unit("县住建局").pk
    assert known("柳林镇", tree) == county.unit("柳林镇").pk
    assert known("县教育局", tree) is None


def test_suggestions_come_with_a_reason_and_the_likeliest_first(county: Any) -> None:
    tree = unit_tree(TODAY)
    first = suggest("县农业局", tree)[0]
    assert first.unit_id == county.unit("县农业农村局").pk
    assert first.reason == "abbreviation"
    assert first.reason_text


def test_a_unit_is_found_by_what_it_was_called_before(county: Any) -> None:
    unit = county.unit("县农业农村局")
    day = datetime.date(2023, 1, 1)
    UnitVersion.objects.filter(unit=unit).update(name="县农牧局", valid_to=day)
    UnitVersion.objects.create(unit=unit, name="县农业农村局", category="department", valid_from=day)
    assert known("县农牧局", unit_tree(TODAY)) == unit.pk


def test_collective_names_become_the_real_units(county: Any) -> None:
    tree = unit_tree(TODAY)
    towns = [county.unit(name).pk for name in ("城关镇", "柳林镇", "石门镇", "白鹿乡", "双河乡")]
    assert expand("各乡镇", tree) == towns
    assert expand("各县(市、区)", tree) == [county.unit("青禾县人民政府").pk]
    assert len(expand("各村(社区)", tree) or []) == 10
    assert expand("县水利局", tree) is None


def test_many_names_cost_three_queries(county: Any) -> None:
    tree = unit_tree(TODAY)
    with CaptureQueriesContext(connection) as queries:
        for text in ("县水利局", "县农业局", "各镇", "某某公司"):
            suggest(text, tree)
            expand(text, tree)
    assert len(queries) == 3
    assert matcher(tree) is matcher(tree)
