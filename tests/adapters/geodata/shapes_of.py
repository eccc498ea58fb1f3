"""Zips with shapefiles, made for the tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

Ring = Sequence[tuple[float, float]]
FIELDS = ("TBBH", "QDL", "HDL", "QSX", "HSX")
ROW = ("TB-01", "耕地", "建筑", "20260115", "20260420")


def prj(epsg: int) -> bytes:
    from pyproj import CRS

    return CRS.from_epsg(epsg).to_wkt("WKT1_ESRI").encode()


def square(x: float, y: float, side: float) -> list[tuple[float, float]]:
    """Clockwise, as the border of an area is in a shapefile."""
    return [(x, y), (x, y + side), (x + side, y + side), (x + side, y), (x, y)]


def layer(
    rings: Sequence[Ring | None], rows: Sequence[Sequence[Any]] = (), *, encoding: str = "utf-8", name: str = "图斑"
) -> dict[str, bytes]:
    import shapefile

    files = {suffix: io.BytesIO() for suffix in ("shp", "shx", "dbf")}
    with shapefile.Writer(**files, shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        for field in FIELDS:
            writer.field(field, "C", size=40)
        for at, ring in enumerate(rings):
            writer.poly([list(ring)]) if ring else writer.null()
            writer.record(*(rows[at] if rows else (f"TB-{at + 1:02d}", *ROW[1:])))
    return {f"{name}.{suffix}": file.getvalue() for suffix, file in files.items()}


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
