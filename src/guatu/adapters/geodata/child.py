"""Maps in a child process: what is read of an uploaded file there, and as what it comes back.

Not only the parsers meet hostile input: whether a border crosses itself is asked of GEOS there as well.
"""

import math
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import msgspec

from guatu.adapters.geodata.archive import read_zip
from guatu.adapters.geodata.geojson import Feature, read_geojson
from guatu.adapters.geodata.patches import PatchFile, read_patch_file
from guatu.adapters.geodata.shapes import read_shapefile
from guatu.core.kernel.row_finding import RowFinding

_SMALLEST, _LARGEST = -(2**63), 2**64 - 1


class Wanted(msgspec.Struct, frozen=True):
    """Features of these types of geometry, of GeoJSON or of a zipped shapefile."""

    kinds: tuple[str, ...]
    zipped: bool


class FeatureFile(msgspec.Struct, frozen=True):
    """The sound features of a file, and what is wrong with the others."""

    features: list[Feature]
    findings: list[RowFinding]


class Pictures(msgspec.Struct, frozen=True):
    """Names of pictures that were sent beside a file of patches."""

    names: tuple[str, ...]


def features_of(data: bytes, wanted: Wanted) -> FeatureFile:
    if not wanted.zipped:
        return _sendable(*read_geojson(data, wanted.kinds))
    parts, findings = read_zip(data)
    return FeatureFile([], findings) if parts is None else _sendable(*read_shapefile(parts, wanted.kinds))


def patches_of(data: bytes, beside: Pictures) -> PatchFile:
    """The patches of a file; of the pictures only those that lie in it."""
    sent = dict.fromkeys(beside.names, b"")
    read = read_patch_file(data, pictures=sent)
    patches = [msgspec.structs.replace(patch, feature=_plain(patch.feature)) for patch in read.patches]
    return PatchFile(patches, read.findings, {name: read.pictures[name] for name in read.pictures if name not in sent})


def preload() -> None:
    for library in ("shapely.geometry", "shapely.validation", "shapefile", "pyproj"):
        import_module(library)


def _sendable(features: Sequence[Feature], findings: list[RowFinding]) -> FeatureFile:
    return FeatureFile([_plain(feature) for feature in features], findings)


def _plain(feature: Feature) -> Feature:
    """Without what JSON may hold and no message can: halves of characters, and whole numbers beyond 64 bits."""
    return msgspec.structs.replace(
        feature,
        id=_value(feature.id),
        coordinates=[_position(part) for part in feature.coordinates],
        properties=_value(feature.properties),
    )


def _position(part: Any) -> Any:
    """Positions have two coordinates: a third is a height, which nobody here reads."""
    if isinstance(part, list) and part and not isinstance(part[0], list):
        return part[:2]
    return [_position(inner) for inner in part] if isinstance(part, list) else part


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode("utf-8")
    if isinstance(value, dict):
        return {_value(str(name)): _value(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_value(inner) for inner in value]
    if isinstance(value, int) and not _SMALLEST <= value <= _LARGEST:
        return math.copysign(math.inf, value)
    return value
