"""What can be said about one value: the catalogue, and what reading one comes to."""

from collections.abc import Mapping
from typing import Generic, TypeVar

import msgspec

from guatu.core.fields.normal import line
from guatu.core.kernel.finding import Kind, Language, Severity
from guatu.core.kernel.row_finding import RowFinding

V = TypeVar("V")
LONGEST_QUOTE = 30
"""So many characters of what was given are quoted."""


class FieldFinding(msgspec.Struct, frozen=True):
    """One thing found in one value; who knows its row and field places it there."""

    code: str
    severity: Severity
    zh: str
    en: str
    params: Mapping[str, str] = {}

    def message(self, language: Language = "zh") -> str:
        template = self.zh if language == "zh" else self.en
        return template.format(**self.params)

    def at(self, row: str, field: str) -> RowFinding:
        return RowFinding(self.code, self.severity, row, field, self.zh, self.en, dict(self.params))


class Read(msgspec.Struct, Generic[V], frozen=True):
    """What a value came to: the value (None where nothing was given, or nothing could be read) and what was found."""

    value: V | None = None
    findings: tuple[FieldFinding, ...] = ()

    @property
    def error(self) -> FieldFinding | None:
        """The first finding for which the value cannot be taken."""
        return next((found for found in self.findings if found.severity == "error"), None)

    @property
    def warnings(self) -> tuple[FieldFinding, ...]:
        return tuple(found for found in self.findings if found.severity == "warning")


def found(kind: Kind, given: object = "", /, **params: object) -> FieldFinding:
    """A finding of this kind about `given`, which is quoted and cut."""
    words = {"given": quoted(given), **{key: str(value) for key, value in params.items()}}
    return FieldFinding(kind.code, kind.severity, kind.zh, kind.en, words)


def quoted(given: object) -> str:
    text = line(str(given))
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"


MISSING = Kind("field.missing", "error", "不能为空。", "This must not be empty.")
NO_TEXT = Kind(
    "field.no-text", "error",
    "应为文字，现为逻辑值（TRUE/FALSE）。", "Text is wanted, not a truth value (TRUE/FALSE).",
)  # fmt: skip
TOO_LONG = Kind(
    "field.too-long", "error",
    "不能超过 {longest} 个字，现有 {length} 个。", "At most {longest} characters; there are {length}.",
)  # fmt: skip
DIGITS_LOST = Kind(
    "field.digits-lost", "error",
    "长编码存成了数字，末几位可能已丢失。请把这一列设为“文本”格式后重新填写。",
    "A long code was kept as a number and may have lost its last digits. Set the column to text and enter it again.",
)  # fmt: skip
NO_CODE = Kind(
    "field.no-code",
    "error",
    "“{given}”不是有效的编码，应为：{form}。",
    "“{given}” is no valid code; it is written as: {form}.",
)
NO_CHOICE = Kind(
    "field.no-choice", "error", "“{given}”不在可选项中：{known}", "“{given}” is none of the choices: {known_en}"
)
NO_SHARE = Kind(
    "field.no-share", "error",
    "“{given}”不是比例，请写成 70%、0.7 或 2/3。", "“{given}” is no share; write 70%, 0.7 or 2/3.",
)  # fmt: skip
NO_TRUTH = Kind("field.no-truth", "error", "“{given}”应为“是”或“否”。", "“{given}” is neither yes nor no.")
NO_DAY = Kind(
    "field.no-day", "error",
    "“{given}”不是日期，请写成 2026-09-30 或 2026年9月30日。", "“{given}” is no date; write 2026-09-30.",
)  # fmt: skip
NO_DEADLINE = Kind(
    "field.no-deadline", "error",
    "“{given}”不是日期，请写成 2026-09-30 或 2026年9月底。", "“{given}” is no date; write 2026-09-30 or 2026年9月底.",
)  # fmt: skip
NO_SUCH_DAY = Kind(
    "field.no-such-day", "error",
    "“{given}”不是日期：日历上没有这一天，请核对。", "“{given}” is no date: no calendar has this day; check it.",
)  # fmt: skip
DAY_AS_NUMBER = Kind(
    "field.day-as-number", "error",
    "“{given}”不是日期，请把单元格设为日期，或写成 2026-09-30。",
    "“{given}” is no date; set the cell to a date, or write 2026-09-30.",
)  # fmt: skip
PART_OF_DAY = Kind(
    "field.day-incomplete", "error",
    "“{given}”不是完整的日期，请写到日，如 2026-09-30。", "“{given}” is not a whole date; write the day too, as 2026-09-30.",
)  # fmt: skip
NO_TIME = Kind(
    "field.no-time", "error",
    "“{given}”不是时间，请写成 2026-11-01 09:30 这样。", "“{given}” is no time; write 2026-11-01 09:30.",
)  # fmt: skip
IN_FUTURE = Kind("field.in-future", "warning", "“{given}”晚于现在，请核对。", "“{given}” lies in the future; check it.")
NO_NUMBER = Kind(
    "field.no-number", "error", "“{given}”不是数，请只填数字。", "“{given}” is no number; enter digits only."
)
COMMA_UNCLEAR = Kind(
    "field.comma-unclear", "error",
    "“{given}”不是数：逗号只用来隔开千位（1,234），小数请用点（3.5）。",
    "“{given}” is no number: a comma parts thousands only (1,234); write decimals with a point (3.5).",
)  # fmt: skip
OTHER_UNIT = Kind(
    "field.other-unit", "error",
    "“{given}”的单位是“{other}”，这里应为“{unit}”，请换算后填写。",
    "“{given}” is in “{other}”, “{unit}” is wanted here; convert it first.",
)  # fmt: skip
UNIT_UNWANTED = Kind(
    "field.unit-unwanted", "error",
    "“{given}”带有单位“{other}”，请只填数字，单位填在单位栏。",
    "“{given}” has the unit “{other}”; enter digits only, the unit has a field of its own.",
)  # fmt: skip
SCALE_UNCLEAR = Kind(
    "field.scale-unclear", "error",
    "“{given}”与单位“{unit}”不清楚，请写出全部单位或只填数字。",
    "“{given}” beside the unit “{unit}” is not clear; write the whole unit or digits only.",
)  # fmt: skip
NOT_WHOLE = Kind("field.not-whole", "error", "“{given}”不是整数。", "“{given}” is no whole number.")
TOO_FINE = Kind(
    "field.too-fine", "error", "“{given}”的小数太长，最多 {places} 位。", "“{given}” has more than {places} decimals."
)
OUT_OF_RANGE = Kind(
    "field.out-of-range", "error",
    "“{given}”超出范围，应在 {least} 到 {most} 之间。", "“{given}” is out of range; it lies between {least} and {most}.",
)  # fmt: skip
NO_MONEY = Kind(
    "field.no-money", "error",
    "“{given}”不是金额，请写成 1,234.50 元或 12.5 万元。", "“{given}” is no amount of money; write 1,234.50 元 or 12.5 万元.",
)  # fmt: skip
BELOW_FEN = Kind(
    "field.below-fen", "error", "“{given}”有不足一分的零头，请核对。", "“{given}” has a fraction of a fen; check it."
)
NOT_NAMED = Kind(
    "reference.not-named",
    "error",
    "没有找到“{given}”，请填写编码或名称。",
    "“{given}” is not there; write its code or its name.",
)
UNIT_NOT_NAMED = Kind(
    "unit.not-named",
    "error",
    "没有找到单位“{given}”，请填写全称或编码。{like}",
    "There is no unit “{given}”; write its full name or its code. {like_en}",
)
PLACE_NOT_NAMED = Kind(
    "place.not-named",
    "error",
    "没有找到区域“{given}”，或有几个同名，请填写区划代码。",
    "There is no place “{given}”, or there are several of this name; write the code of its division.",
)
NAME_OR_CODE = Kind(
    "value.name-or-code",
    "error",
    "“{given}”的名称和编码指的不是同一个，请核对。",
    "The name and the code of “{given}” mean two different ones; check it.",
)
NO_PHONE = Kind(
    "field.no-phone",
    "error",
    "“{given}”不是电话号码，请写成 13912345678 或 0550-3021234。",
    "“{given}” is no telephone number; write 13912345678 or 0550-3021234.",
)
NO_GEOMETRY = Kind(
    "field.no-geometry",
    "error",
    "“{given}”不是位置，请写成 118.12345,32.12345，或 WKT、GeoJSON。",
    "“{given}” is no position; write 118.12345,32.12345, or WKT, or GeoJSON.",
)
NO_DEGREES = Kind(
    "value.no-degrees",
    "error",
    "“{given}”不是经纬度，请按 118.12345 的格式填写。",
    "“{given}” is no coordinate in degrees; write it as 118.12345.",
)
DEGREES_OUT_OF_RANGE = Kind(
    "field.degrees-out-of-range",
    "error",
    "“{given}”超出范围：经度应在 -180 到 180 之间，纬度应在 -90 到 90 之间；平面坐标请先换算成经纬度。",
    "“{given}” is out of range: a longitude lies between -180 and 180, a latitude between -90 and 90; convert plane "
    "coordinates to degrees first.",
)
DEGREES_SWAPPED = Kind(
    "field.degrees-swapped",
    "error",
    "“{given}”像是先写了纬度，请先写经度、后写纬度。",
    "“{given}” seems to begin with the latitude; write the longitude first.",
)
OTHER_GEOMETRY = Kind(
    "field.other-geometry",
    "error",
    "应为 {wanted}，现为 {kind}。",
    "It should be {wanted} and is {kind}.",
)
OTHER_SYSTEM = Kind(
    "field.other-system",
    "error",
    "坐标系是 {found}，这里应为 {wanted}，请先换算。",
    "The coordinates are of {found}, {wanted} is wanted here; convert them first.",
)
RING_OPEN = Kind(
    "field.ring-open",
    "error",
    "多边形的边界没有闭合，或少于三个顶点。",
    "A ring of the polygon is not closed, or has fewer than three vertices.",
)
FILE_EMPTY = Kind(
    "file.empty", "error", "文件是空的，请选择有内容的文件。", "The file is empty; choose one with content."
)
FILE_TOO_LARGE = Kind(
    "file.too-large",
    "error",
    "文件有 {size} MB，超过 {limit} MB 的上限。请压缩或拆分后再上传。",
    "The file has {size} MB, more than the {limit} MB that are allowed; compress or split it.",
)
FILE_KIND = Kind(
    "file.kind",
    "error",
    "不能上传“{given}”，可以上传：{known}",
    "“{given}” cannot be uploaded; these can: {known}",
)
PHOTO_TOO_LARGE = Kind(
    "file.photo-too-large",
    "error",
    "照片有 {size} MB，超过 {limit} MB 的上限。请用较低的清晰度重拍或压缩后再传。",
    "The photo has {size} MB, more than the {limit} MB that are allowed; take it again in a lower resolution.",
)
NO_PHOTO = Kind(
    "file.no-photo",
    "error",
    "“{given}”不是照片，可以上传：{known}",
    "“{given}” is no photo; these can be uploaded: {known}",
)

CATALOGUE: Mapping[str, Kind] = {kind.code: kind for kind in list(globals().values()) if isinstance(kind, Kind)}
"""Every kind by its code, for findings that were stored in no language."""
