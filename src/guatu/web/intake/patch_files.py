"""A file of satellite patches: what lies in the county, what is new, what cannot be taken and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import shapely
from django.utils.translation import gettext_lazy as _

from guatu.adapters.geodata.child import Pictures, patches_of
from guatu.adapters.geodata.patches import Patch, PatchFile
from guatu.adapters.geodata.projection import area_m2
from guatu.core.kernel.row_finding import RowFinding
from guatu.web.base.actions import Context
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid, Problem
from guatu.web.base.reading import check_ending, read_bounded
from guatu.web.cases.actions.entries import LARGEST_PHOTO
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.library import library
from guatu.web.cases.models import Case
from guatu.web.cases.position import borders, position_of
from guatu.web.intake.asked import Asked
from guatu.web.intake.likely import likely
from guatu.web.intake.numbers import known_numbers
from guatu.web.intake.wanted import New, Same, Wanted
from guatu.web.kit.sheets import CellError

MU = 10_000 / 15
"""Square metres of a mu."""
WHOLLY = 0.999
LONGEST_NUMBER, LONGEST_STATE = 100, 200
MOST_DRAWN, DRAWN_WITHIN = 2_000, 0.00002


FIELDS = {
    "geometry": _("边界"),
    "number": _("编号"),
    "id": _("编号"),
    "before": _("前地类"),
    "after": _("后地类"),
    "before_date": _("前时相"),
    "after_date": _("后时相"),
    "photo": _("照片"),
    "before_picture": _("照片"),
    "after_picture": _("照片"),
    "class_code": _("类别"),
}


def field_word(name: str) -> str:
    """A field of a patch as the tables of the page name it."""
    return str(FIELDS.get(name, name))


def read_asked(asked: Asked, alive: Callable[[], None] | None = None) -> PatchFile:
    """The file, with the pictures that were sent beside it."""
    data, name = asked.file()
    check_ending(data, name)
    sent = asked.picture_files()
    read = read_bounded(patches_of, data, Pictures(tuple(sent)), alive=alive)
    return msgspec.structs.replace(read, pictures={**read.pictures, **sent})


def check_patches(asked: Asked, context: Context, read: PatchFile | None = None) -> Wanted:
    """What the file comes to. Raises `Invalid` at `file` for one that cannot be read as a whole."""
    file = read or read_asked(asked)
    found = Wanted(rows=len(file.patches) + len({one.row for one in file.findings if one.severity == "error"}))
    for finding in file.findings:
        if not finding.row:
            raise Invalid(finding.message(language()), field="file", code=finding.code)
        _note(found, finding)
    if not found.rows:
        raise Invalid(_("文件里没有图斑,请核对后重新导出。"), field="file", code="patch.none")
    numbers = known_numbers(asked.system, [patch.number for patch in file.patches])
    whole = borders(context.actor.today)
    for patch in file.patches:
        _add(found, asked, context, patch, file, whole, numbers)
    found.likely = likely(context.actor, found.new, context.at, language())
    return found


def _note(found: Wanted, finding: RowFinding) -> None:
    line = CellError(int(finding.row), field_word(finding.field), "", finding.message(language()))
    (found.errors if finding.severity == "error" else found.warnings).append(line)


def _add(
    found: Wanted,
    asked: Asked,
    context: Context,
    patch: Patch,
    file: PatchFile,
    whole: Any,
    numbers: dict[str, int],
) -> None:
    row = patch.feature.number
    area = shapely.from_wkb(patch.feature.wkb())
    inside = area if whole is None else area.intersection(whole)
    share = inside.area / area.area
    state = "same" if patch.number in numbers else "inside" if share >= WHOLLY else "partly" if share > 0 else "outside"
    try:
        if state == "outside":
            raise Invalid(_("图斑不在本县范围内。"), field="geometry", code="patch.outside")
        case = _case(asked, context, patch, inside, file)
    except Problem as problem:
        state = "outside" if problem.code == "patch.outside" else "bad"
        found.fail(row, field_word(problem.field), patch.number, problem.message)
    else:
        if state == "same":
            found.same.append(Same(row, numbers[patch.number]))
        else:
            found.new.append(New(row, patch.number, case, None, patch))
        if state == "partly":
            said = _("图斑有 %(share)d%% 在县外,案件位置取县内部分。") % {"share": round((1 - share) * 100)}
            found.warnings.append(CellError(row, field_word("geometry"), patch.number, said))
    if len(found.shapes) < MOST_DRAWN:
        found.shapes.append(_drawn(row, patch, area, state))


def _case(asked: Asked, context: Context, patch: Patch, inside: Any, file: PatchFile) -> OpenCase:
    if len(patch.number) > LONGEST_NUMBER or max(len(patch.before), len(patch.after)) > LONGEST_STATE:
        raise Invalid(
            _("编号不能超过 %(number)d 个字,地类不能超过 %(state)d 个字。")
            % {"number": LONGEST_NUMBER, "state": LONGEST_STATE},
            field="number",
        )
    for name in (patch.before_picture, patch.after_picture):
        if name and len(file.pictures[name]) > LARGEST_PHOTO:
            raise Invalid(
                _("照片 %(name)s 超过 %(most)d MB,请压缩。") % {"name": name[:60], "most": LARGEST_PHOTO // 2**20},
                field="photo",
            )
    point = inside.representative_point()
    position_of(point.x, point.y, context.actor.today)
    code = _class(asked, patch)
    return OpenCase(asked.pack, code, text_of(patch), "", point.x, point.y, source=Case.Source.PATCH)


def text_of(patch: Patch) -> str:
    square = area_m2(patch.feature.wkb())
    return _(
        "卫片图斑 %(number)s:%(before)s → %(after)s。前时相 %(first)s,后时相 %(second)s,面积 %(area).0f 平方米(%(mu).2f 亩)。"
    ) % {
        "number": patch.number,
        "before": patch.before or "?",
        "after": patch.after or "?",
        "first": patch.before_date.isoformat(),
        "second": patch.after_date.isoformat(),
        "area": square,
        "mu": square / MU,
    }


def _class(asked: Asked, patch: Patch) -> str:
    """The class that the patch names, else the one that was chosen."""
    rows = library().classes(asked.pack)
    named = next((row.code for row in rows if patch.case_class in (row.code, row.zh, row.en)), "")
    return named or asked.class_code


def _drawn(row: int, patch: Patch, area: Any, state: str) -> dict[str, Any]:
    """The polygon as the preview draws it: borders to within two metres."""
    shape = area.simplify(DRAWN_WITHIN)
    rings = [list(part.exterior.coords) for part in getattr(shape, "geoms", [shape]) if not part.is_empty]
    return {
        "row": row,
        "number": patch.number[:60],
        "state": state,
        "area": round(area_m2(patch.feature.wkb()), 1),
        "states": [patch.before[:60], patch.after[:60]],
        "dates": [patch.before_date.isoformat(), patch.after_date.isoformat()],
        "pictures": [patch.before_picture[:80], patch.after_picture[:80]],
        "rings": [[[round(x, 6), round(y, 6)] for x, y in ring] for ring in rings],
    }
