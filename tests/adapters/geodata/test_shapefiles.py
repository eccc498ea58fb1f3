"""Shapefiles are read in degrees with their attributes; what cannot be read says why, and nothing is guessed."""

import io
import struct
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.adapters.geodata.archive import read_zip
from guatu.adapters.geodata.patches import PatchFile, read_patch_file
from guatu.adapters.geodata.projection import area_m2
from tests.adapters.geodata.shapes_of import ROW, layer, packed, prj, square

pytest.importorskip("shapefile")
pytest.importorskip("pyproj")

ZONE_37, ZONE_111 = 4525, 4546  # CGCS2000, three degrees wide around 111 E, with and without the zone in the easting
JPG = b"\xff\xd8\xff picture"


def read(files: dict[str, bytes]) -> PatchFile:
    return read_patch_file(packed(files))


def messages(found: PatchFile) -> list[str]:
    return [finding.message("zh") for finding in found.findings]


@pytest.mark.parametrize(
    ("epsg", "x", "y", "side"),
    [(ZONE_37, 37460000, 3400000, 100), (ZONE_111, 460000, 3400000, 100), (4490, 110.58238777, 30.71994575, 0.001), (4326, 110.58238777, 30.71994575, 0.001), (32649, 460016, 3398640, 100)],
)  # fmt: skip
def test_a_shapefile_in_any_projection_of_cgcs2000_or_wgs_84_comes_out_in_degrees(
    epsg: int, x: float, y: float, side: float
) -> None:
    found = read({**layer([square(x, y, side)]), "图斑.prj": prj(epsg)})
    assert found.findings == []
    (patch,) = found.patches
    west, south, _east, _north = patch.feature.box()
    assert (west, south) == (pytest.approx(110.5824, abs=2e-4), pytest.approx(30.7199, abs=2e-4))
    assert (patch.number, patch.before, patch.after) == ("TB-01", "耕地", "建筑")
    assert (patch.before_date, patch.after_date) == (date(2026, 1, 15), date(2026, 4, 20))


def test_a_hectare_of_the_plane_is_a_hectare_on_the_ellipsoid() -> None:
    (patch,) = read({**layer([square(37460000, 3400000, 100)]), "图斑.prj": prj(ZONE_37)}).patches
    assert area_m2(patch.feature.wkb()) == pytest.approx(10_000, rel=1e-3)


@pytest.mark.parametrize(("encoding", "cpg"), [("utf-8", b"UTF-8"), ("gbk", b"GBK"), ("gbk", b"936"), ("gbk", b""), ("gbk", b"UTF-8"), ("utf-8", b"GBK")])  # fmt: skip
def test_attributes_are_read_whatever_encoding_is_declared(encoding: str, cpg: bytes) -> None:
    files = {**layer([square(110, 30, 0.01)], encoding=encoding), "图斑.prj": prj(4490)}
    (patch,) = read({**files, "图斑.cpg": cpg} if cpg else files).patches
    if (encoding, cpg) != ("utf-8", b"GBK"):  # any bytes may be GBK: what a file says of itself is believed
        assert (patch.before, patch.after) == ("耕地", "建筑")


@pytest.mark.parametrize("cpg", [b"UTF-8", b"65001", b""])
@pytest.mark.parametrize("keep", [1, 2])
def test_a_value_cut_inside_a_character_loses_only_that_and_says_so(cpg: bytes, keep: int) -> None:
    files = {**layer([square(110, 30, 0.01)]), "图斑.prj": prj(4490)}
    whole, last = "建设用地及其" * 2, "他".encode()
    value = (whole.encode() + last[:keep]).ljust(40)[: 36 + keep]
    dbf = files["图斑.dbf"]
    at = dbf.index("建筑".encode())
    # A field of 40 bytes: what was cut fills it to its end.
    filled = value.rjust(40, b"x")
    files["图斑.dbf"] = dbf[:at] + filled + dbf[at + 40 :]
    found = read({**files, "图斑.cpg": cpg} if cpg else files)
    (patch,) = found.patches
    assert patch.before == "耕地"
    assert patch.after == "x" * (4 - keep) + whole
    assert [(one.code, one.severity) for one in found.findings] == [("geodata.value-cut", "warning")]
    assert "HDL" in messages(found)[0]


def test_metres_without_a_projection_are_refused_and_not_guessed() -> None:
    found = read(layer([square(37460000, 3400000, 100)]))
    assert found.patches == []
    assert messages(found) == [
        "坐标 (37460000.0, 3400000.0) 不是经纬度,而压缩包里没有 .prj 文件,无法知道是哪个投影带;请把 .prj 一起打包"
    ]


def test_degrees_need_no_projection() -> None:
    assert [patch.number for patch in read(layer([square(110, 30, 0.01)])).patches] == ["TB-01"]


@pytest.mark.parametrize(("epsg", "system"), [(4214, "Beijing 1954"), (2362, "Xian 1980")])
def test_old_systems_are_refused_by_name(epsg: int, system: str) -> None:
    found = read({**layer([square(110, 30, 0.01)]), "图斑.prj": prj(epsg)})
    assert found.patches == [] and system in messages(found)[0] and "只接受 CGCS2000 和 WGS84" in messages(found)[0]


def test_a_zone_that_does_not_fit_the_coordinates_is_found() -> None:
    found = read({**layer([square(1e12, 3400000, 100)]), "图斑.prj": prj(ZONE_37)})
    assert found.patches == [] and "与 .prj 说的投影不符" in messages(found)[0]


def test_a_projection_that_cannot_be_read_is_said_to_be_so() -> None:
    found = read({**layer([square(110, 30, 0.01)]), "图斑.prj": b"\x00nonsense"})
    assert messages(found) == ["投影文件 图斑.prj 读不出来;请重新导出 shapefile"]


def test_each_bad_shape_is_named_and_the_others_are_read() -> None:
    crossing = [(110, 30), (110.1, 30.1), (110.1, 30), (110, 30.1), (110, 30)]
    rows = [ROW, ("TB-02", *ROW[1:]), ("TB-03", *ROW[1:]), ROW, ("TB-05", "耕地", "建筑", "20260420", "20260115")]
    found = read(layer([square(110, 30, 0.01), None, crossing, square(110.2, 30, 0.01), square(110, 30, 0.01)], rows))
    assert [patch.number for patch in found.patches] == ["TB-01"]
    assert messages(found) == [
        "第 2 个要素不是 Feature 或没有几何;请补全",
        "第 3 个图斑的边界在 110.050000, 30.050000 附近自相交;请在制图软件里修复几何后导入",
        "第 4 个要素的编号“TB-01”重复;请使编号唯一",
        "第 5 个图斑的前时相 2026-04-20 不早于后时相 2026-01-15;请核对",
    ]


def test_pictures_are_found_by_the_name_in_the_row_or_by_number_and_side() -> None:
    rows = [("TB-01", "", "", *ROW[3:]), ("TB-02", *ROW[1:])]
    files = {**layer([square(110, 30, 0.01), square(110.1, 30, 0.01)], rows)}
    found = read({**files, "照片/TB-01_前.JPG": JPG, "照片/tb-01-after.png": JPG, "说明.txt": b"x"})
    first, second = found.patches
    assert (first.before_picture, first.after_picture) == ("TB-01_前.JPG", "tb-01-after.png")
    assert (second.before_picture, second.before) == ("", "耕地")
    assert set(found.pictures) == {"TB-01_前.JPG", "tb-01-after.png"}


def test_a_side_without_state_and_picture_is_missing() -> None:
    found = read({**layer([square(110, 30, 0.01)], [("TB-01", "", "建筑", *ROW[3:])])})
    assert messages(found) == ["第 1 个图斑缺少“before”;请补全后导入"]


def test_a_picture_that_is_named_and_not_there_is_a_warning() -> None:
    properties = '{"number": "7", "before": "耕地", "after": "房屋", "before_date": "2026-01-01", "after_date": "2026-02-01", "after_picture": "b.jpg"}'
    ring = "[[[110, 30], [110.1, 30], [110.1, 30.1], [110, 30]]]"
    feature = (
        f'{{"type": "Feature", "properties": {properties}, "geometry": {{"type": "Polygon", "coordinates": {ring}}}}}'
    )
    data = f'{{"type": "FeatureCollection", "features": [{feature}]}}'.encode()
    found = read_patch_file(data)
    assert len(found.patches) == 1 and found.findings[0].severity == "warning"
    assert "b.jpg" in messages(found)[0]
    beside = read_patch_file(packed({"a.geojson": data}), pictures={"b.jpg": JPG})
    assert beside.findings == [] and beside.patches[0].after_picture == "b.jpg"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"读我.txt": b"x"}, "压缩包里没有 .shp 或 .geojson 文件"),
        ({**layer([square(110, 30, 0.01)]), **layer([square(110, 30, 0.01)], name="b")}, "压缩包里有几个图层(b.shp、图斑.shp)"),
        ({"图斑.shp": layer([square(110, 30, 0.01)])["图斑.shp"]}, "压缩包里没有 图斑.dbf"),
        ({**layer([square(110, 30, 0.01)]), "图斑.dbf": b"not dbase"}, "已损坏"),
        ({**layer([square(110, 30, 0.01)]), "图斑.shp": b"\x00" * 40}, "已损坏"),
        ({**layer([square(110, 30, 0.01)]), "图斑.dbf": layer([square(110, 30, 0.01)] * 2)["图斑.dbf"]}, "对不上"),
        ({"../图斑.shp": b"x"}, "指向包外"),
        ({"/etc/图斑.shp": b"x"}, "指向包外"),
        ({"C:\\图斑.shp": b"x"}, "指向包外"),
    ],
)  # fmt: skip
def test_a_zip_that_cannot_be_used_says_why(files: dict[str, bytes], message: str) -> None:
    found = read(files)
    assert found.patches == [] and message in "\n".join(messages(found))
    assert all(finding.message("en") for finding in found.findings)


def test_a_zip_that_unfolds_to_hundreds_of_megabytes_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.shp", "w") as part:
        for _ in range(70):
            part.write(b"\0" * 1_000_000)
    found = read_patch_file(out.getvalue())
    assert out.tell() < 200_000 and found.findings[0].code == "geodata.zip-too-large"


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    data = bytearray(packed({"a.shp": b"x" * 1000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    parts, findings = read_zip(bytes(data))
    assert parts is None and findings


def test_a_password_is_said_to_be_in_the_way() -> None:
    data = bytearray(packed({"a.shp": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert [finding.code for finding in read_patch_file(bytes(data)).findings] == ["geodata.zip-encrypted"]


def test_names_in_gbk_are_read() -> None:
    data = packed({"abc.txt": b"x"}).replace(b"abc.txt", "图a.t".encode("gbk") + b"xt")
    parts, _ = read_zip(data)
    assert parts is not None and set(parts.files) == {"图a.txt"}


WHOLE = {**layer([square(110, 30, 0.01), square(110.2, 30, 0.01)]), "图斑.prj": prj(4490)}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 400), st.binary(min_size=1, max_size=8), st.booleans())
def test_whatever_is_broken_in_a_file_it_is_read_or_found_wrong(name: str, at: int, junk: bytes, cut: bool) -> None:
    content = WHOLE[name]
    broken = content[:at] if cut else content[:at] + junk + content[at + len(junk) :]
    found: Any = read({**WHOLE, name: broken})
    assert all(finding.message("zh") and finding.message("en") for finding in found.findings)
    assert len(found.patches) + len(found.findings) > 0
