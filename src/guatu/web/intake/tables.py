"""A table of cases, row by row: what is new, what is here already, what cannot be taken and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.fields.findings import quoted
from guatu.core.pack.sections.classes import ClassRow
from guatu.web.base.actions import Context
from guatu.web.base.language import joined, language
from guatu.web.base.problems import Invalid, Problem
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.library import class_name, confidential, library
from guatu.web.cases.models import Case
from guatu.web.cases.position import position_of
from guatu.web.cases.selectors.visible import visible
from guatu.web.intake.asked import Asked
from guatu.web.intake.columns import COLUMNS, LABELS, PRIVATE, kind_of_moment
from guatu.web.intake.likely import likely
from guatu.web.intake.numbers import BLOCK, known_numbers, number_of_content
from guatu.web.intake.wanted import New, Same, Wanted
from guatu.web.kit.sheets import CellError, Sheet, SheetRow, read_sheet

# The column at which a problem of the action is shown, by the field that it names.
COLUMN_OF = {"class_code": "class", "position": "lon"}
Progress = Callable[[float], None]


def check_table(asked: Asked, context: Context, progress: Progress = lambda share: None) -> Wanted:
    """What the file comes to. Raises `Invalid` at `file` for one that cannot be read as a whole."""
    data, name = asked.file()
    sheet = read_sheet(data, name, COLUMNS, texts=True)
    return _Check(asked, sheet, context).run(progress)


class _Check:
    def __init__(self, asked: Asked, sheet: Sheet, context: Context) -> None:
        self.asked, self.sheet, self.context = asked, sheet, context
        self.found = Wanted(rows=len(sheet.rows), unknown=sheet.unknown)
        private = {str(LABELS[key]) for key in PRIVATE}
        for error in sheet.errors:
            value = "" if error.column in private else error.value
            self.found.fail(error.row, error.column, value, error.message)
        self.classes = _class_names(asked.pack)
        self.codes = self._codes()
        self.numbers = known_numbers(asked.system, [self._number(row) for row in sheet.rows])
        self.seen: dict[str, int] = {}

    def run(self, progress: Progress) -> Wanted:
        bad = self.sheet.bad_rows()
        for at, row in enumerate(self.sheet.rows):
            if row.number not in bad:
                self._row(row)
            if at % 200 == 0:
                progress(at / len(self.sheet.rows))
        context = self.context
        self.found.likely = likely(context.actor, self.found.new, context.at, language())
        return self.found

    def _codes(self) -> dict[str, int]:
        codes = sorted({row.values["code"] for row in self.sheet.rows if row.values.get("code")})
        found: dict[str, int] = {}
        for at in range(0, len(codes), BLOCK):
            rows = visible(self.context.actor).filter(code__in=codes[at : at + BLOCK])
            found.update(rows.values_list("code", "pk"))
        return found

    def _number(self, row: SheetRow) -> str:
        values = row.values
        said = [values.get(key) for key in ("class", "text", "address", "lon", "lat", "reported")]
        return str(values.get("number") or number_of_content(self.asked.pack, *said))

    def _row(self, row: SheetRow) -> None:
        code = row.values.get("code")
        if code:
            self._known_code(row, code)
            return
        number = self._number(row)
        if number in self.seen:
            named = "number" in row.values
            said = (
                _("外部编号与第 %(row)d 行相同。")
                if named
                else _("与第 %(row)d 行完全相同;不是同一件的,请填外部编号。")
            )
            self._fail(row, "number" if named else "text", said % {"row": self.seen[number]})
            return
        self.seen[number] = row.number
        if number in self.numbers:
            self.found.same.append(Same(row.number, self.numbers[number]))
            return
        try:
            case = self._case(row.values)
        except Problem as problem:
            self._fail(row, COLUMN_OF.get(problem.field, problem.field), problem.message)
            return
        self.found.new.append(New(row.number, number, case, row.values.get("reported")))
        self._warn(row)

    def _warn(self, row: SheetRow) -> None:
        """A case that is reported for a time to come: a slip of the pen that would make it early for ever."""
        read = kind_of_moment(self.context.at).read(row.values.get("reported"))
        self.found.warnings += [
            CellError(row.number, str(LABELS["reported"]), quoted(row.values["reported"]), said.message(language()))
            for said in read.warnings
        ]

    def _known_code(self, row: SheetRow, code: str) -> None:
        if code in self.codes:
            self.found.same.append(Same(row.number, self.codes[code]))
        else:
            self._fail(row, "code", _("没有这个查询码,或者您不能查看;新案件请把这一格留空。"))

    def _case(self, values: dict[str, Any]) -> OpenCase:
        case = OpenCase(
            self.asked.pack, self._class(values.get("class", "")), values["text"], values.get("address", ""),
            values.get("lon"), values.get("lat"), (), values.get("reporter", ""), values.get("phone", ""),
            values.get("source", Case.Source.IMPORT),
        )  # fmt: skip
        position_of(case.lon, case.lat, self.context.actor.today)
        if not case.address and case.lon is None and not confidential(case.pack):
            raise Invalid(_("地点和经纬度至少填一样。"), field="address", code="case.place-missing")
        return case

    def _class(self, given: str) -> str:
        if not self.classes:
            return ""
        if not given and self.asked.class_code:
            return self.asked.class_code
        code = self.classes.get(given)
        if code is None:
            known = joined(f"{row.code} {class_name(self.asked.pack, row.code, language())}" for row in self._rows())[
                :300
            ]
            said = _("“%(given)s”不是所选业务的类别,可填:%(known)s") if given else _("请填写类别,可填:%(known)s")
            raise Invalid(said % {"given": given[:30], "known": known}, field="class", code="case.no-class")
        return code

    def _rows(self) -> tuple[ClassRow, ...]:
        return library().classes(self.asked.pack)

    def _fail(self, row: SheetRow, key: str, message: object) -> None:
        value = "" if key in PRIVATE else row.values.get(key, "")
        self.found.fail(row.number, LABELS.get(key, ""), value, message)


def _class_names(pack: str) -> dict[str, str]:
    """Codes of classes by code and by name in both languages."""
    rows = library().classes(pack)
    return {
        **{row.en: row.code for row in rows},
        **{row.zh: row.code for row in rows},
        **{row.code: row.code for row in rows},
    }
