"""A unit or place is named in a form and in a cell alike: by its code, by any of its names, by both."""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone

from guatu.web.base.problems import Invalid
from guatu.web.directory.models import UnitAlias, UnitVersion
from guatu.web.directory.references import NamedPlace, NamedUnit, PlaceRef, UnitRef
from guatu.web.directory.selectors.named import place_named, unit_named
from guatu.web.kit.importer import Errors
from guatu.web.kit.sheets import read_sheet, write_sheet

pytestmark = pytest.mark.django_db
COLUMNS = (UnitRef("unit", "单位", required=True), PlaceRef("place", "区域"))


@pytest.mark.parametrize("text", ["d0", "县水利局", "水务局", "县水利局 (d0)", "随便(d0)", "ｄ０"])
def test_a_unit_is_read_by_its_code_and_by_each_of_its_names(county: Any, text: str) -> None:
    unit = county.unit("县水利局").pk
    UnitAlias.objects.create(unit_id=unit, text="水务局")
    assert unit_named(timezone.localdate())(text) == unit == NamedUnit("unit", "单位").taken(text)
    assert UnitRef("unit", "单位").bound().read(text) == unit


@pytest.mark.parametrize("text", ["990123102000", "柳林镇", "柳林镇 (990123102000)"])
def test_a_place_is_read_by_its_code_and_by_its_name(county: Any, text: str) -> None:
    place = county.places["柳林镇"].pk
    assert place_named(timezone.localdate())(text) == place == NamedPlace("place", "区域").taken(text)
    assert PlaceRef("place", "区域").bound().read(text) == place


def test_a_name_that_none_bears_is_said_with_what_it_may_mean(county: Any) -> None:
    with pytest.raises(Invalid, match=r"没有找到单位“县水力局”.*县水利局 \(d0\)"):
        unit_named(timezone.localdate())("县水力局")
    with pytest.raises(Invalid, match="没有找到区域“月亮镇”"):
        NamedPlace("place", "区域").taken("月亮镇")


@pytest.mark.parametrize("text", ["县财政局 (d0)", "县财政局(ｄ０)"])
def test_a_name_and_a_code_that_mean_two_units_are_not_guessed_at(county: Any, text: str) -> None:
    with pytest.raises(Invalid, match="名称和编码指的不是同一个"):
        unit_named(timezone.localdate())(text)
    with pytest.raises(Invalid, match="名称和编码指的不是同一个"):
        place_named(timezone.localdate())("石门镇 (990123102000)")


def test_a_unit_that_ended_comes_back_from_a_sheet_by_its_code_and_is_no_answer_in_a_form(county: Any) -> None:
    unit = county.unit("县水利局")
    UnitVersion.objects.filter(unit=unit).update(valid_to=timezone.localdate() - datetime.timedelta(days=1))
    out = BytesIO()
    write_sheet(out, "名单", COLUMNS, [{"unit": unit.pk, "place": county.places["柳林镇"].pk}])
    sheet = read_sheet(out.getvalue(), "a.xlsx", COLUMNS)
    assert sheet.errors == []
    assert [row.values for row in sheet.rows] == [{"unit": unit.pk, "place": county.places["柳林镇"].pk}]
    with pytest.raises(Invalid):
        NamedUnit("unit", "单位").taken("d0")


def test_a_cell_that_names_none_is_an_error_of_its_cell(county: Any) -> None:
    sheet = read_sheet("单位,区域\n县航天局,月亮镇\n县水利局,\n".encode(), "a.csv", COLUMNS, texts=True)
    assert [(error.row, error.column) for error in sheet.errors] == [(2, "单位"), (2, "区域")]
    assert sheet.rows[1].values == {"unit": county.unit("县水利局").pk}
    errors = Errors(sheet, COLUMNS)
    errors.add(sheet.rows[1], "unit", "还未设立")
    # As it stands in the sheet, and not as the number that it was read as.
    assert errors.sorted()[-1].value == "县水利局"


def test_a_sheet_of_many_lines_reads_the_names_once(county: Any, django_assert_max_num_queries: Any) -> None:
    lines = "\n".join("县水利局,柳林镇" for _n in range(300))
    with django_assert_max_num_queries(12):
        assert len(read_sheet(f"单位,区域\n{lines}\n".encode(), "a.csv", COLUMNS, texts=True).rows) == 300
