"""Plane coordinates of surveyors to degrees, by the .prj file that comes with them.

Only WGS 84 and CGCS2000 are taken: older Chinese systems (Beijing 1954, Xian 1980) lie up to a hundred metres off, and
the parameters to convert them are not public. Nothing is guessed: metres without a .prj are refused.
"""

from collections.abc import Callable
from typing import Any

from guatu.core.kernel.finding import Kind

Transform = Callable[[list[float], list[float]], tuple[Any, Any]]
_DATUMS = ("china 2000", "cgcs2000", "world geodetic system 1984", "wgs 84", "wgs 1984")
DEGREES_OF_CGCS2000 = 4490

NO_PRJ = Kind(
    "geodata.no-prj",
    "error",
    "坐标 {found} 不是经纬度,而压缩包里没有 .prj 文件,无法知道是哪个投影带;请把 .prj 一起打包",
    "the coordinates {found} are no degrees and there is no .prj file to say their zone; put the .prj into the zip",
)
BAD_PRJ = Kind(
    "geodata.prj-unreadable",
    "error",
    "投影文件 {name} 读不出来;请重新导出 shapefile",
    "the projection file {name} cannot be read; export the shapefile again",
)
OTHER_DATUM = Kind(
    "geodata.other-datum",
    "error",
    "坐标系为 {found},只接受 CGCS2000 和 WGS84(转换参数不公开,换算会偏移上百米);请由测绘部门转换后导入",
    "the coordinates are in {found}; only CGCS2000 and WGS 84 are taken, have the surveyors convert them",
)
NO_FIT = Kind(
    "geodata.projection-misfit",
    "error",
    "第 {number} 个要素的坐标 {found} 与 .prj 说的投影不符;请核对带号和 .prj",
    "the coordinates {found} of feature {number} do not fit the projection of the .prj; check the zone and the .prj",
)


def transform_of(prj: bytes, name: str) -> tuple[Transform | None, tuple[Kind, dict[str, str]] | None]:
    """From the coordinates of a .prj to degrees of CGCS2000, longitude first; or what is wrong with it.

    Both None: they are degrees already.
    """
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError

    try:
        crs = CRS.from_wkt(prj.decode("utf-8-sig", "replace").strip("\0 \r\n"))
        geodetic = crs.geodetic_crs
        datum = geodetic.datum.name if geodetic is not None and geodetic.datum is not None else crs.name
    except (CRSError, ValueError):
        return None, (BAD_PRJ, {"name": name})
    plain = datum.lower().replace("_", " ")
    if not any(known in plain for known in _DATUMS):
        return None, (OTHER_DATUM, {"found": f"{crs.name} ({datum})"[:120]})
    if not crs.is_projected:
        return None, None
    steps = Transformer.from_crs(crs, CRS.from_epsg(DEGREES_OF_CGCS2000), always_xy=True)
    return steps.transform, None


def area_m2(wkb: bytes) -> float:
    """The area of a polygon in degrees on the ellipsoid of CGCS2000, in square metres."""
    import shapely
    from pyproj import Geod

    area, _perimeter = Geod(a=6378137.0, rf=298.257222101).geometry_area_perimeter(shapely.from_wkb(wkb))
    return abs(float(area))
