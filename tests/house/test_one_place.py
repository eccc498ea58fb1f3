"""What one module does for all is done again nowhere else.

Each entry names what a second copy is known by, and the only files that may hold it. Readers of days, numbers and
amounts have a list of their own with counts (`test_one_reader.py`); runs of equal lines are found by `test_limits.py`.
"""

import re
from typing import NamedTuple

import pytest

from tests.house.project import python


class Place(NamedTuple):
    """The only files that may hold a text, among those whose path begins as said, and what others call in its stead.

    `copies` are lines that a second place would hold: each must be seen.
    """

    sign: re.Pattern[str]
    within: re.Pattern[str]
    homes: tuple[str, ...]
    instead: str
    copies: tuple[str, ...]


ALL, WEB = re.compile("src/guatu/"), re.compile("src/guatu/web/")
# Where a request is answered.
PAGES = re.compile(r"src/guatu/web/(?!base/|kit/|project/)\w+/(?:views/|api)")

PLACES = {
    "pattern of the compiler": Place(
        re.compile(r"\bre\.compile\("),
        re.compile("src/guatu/core/plan/"),
        (),
        "guatu.core.kernel.regex.regex(), which builds it at the first use",
        ('_DAY = re.compile("[0-9]+日")',),
    ),
    "language of the page": Place(
        re.compile(r"""startswith\(["']en|get_language\(\) (?:==|!=)"""),
        WEB,
        # Commands run where no page is: they ask the environment, as the command line does.
        ("src/guatu/web/base/language.py", "src/guatu/web/base/management/commands/_language.py"),
        "guatu.web.base.language.language()",
        ('name.startswith("en")', 'get_language() == "zh"'),
    ),
    "words of a list": Place(
        re.compile(r"""、["']\)?\.join\("""),
        WEB,
        # Circulars and minutes are papers in Chinese, whoever reads them.
        (
            "src/guatu/web/base/language.py",
            "src/guatu/web/dispatch/selectors/circular_sentences.py",
            "src/guatu/web/dispatch/selectors/meeting_texts.py",
        ),
        "guatu.web.base.language.joined()",
        ('"、".join(names)', '_("、").join(names)'),
    ),
    "reader of a form's day or number": Place(
        re.compile(
            r"(?:\bint|\bfloat|Decimal|\w*date|fromisoformat|strptime)\(\s*"
            r"(?:request\.(?:GET|POST)|given\.get|given\[|data\.get|data\[)"
        ),
        WEB,
        (),
        "guatu.web.kit.values",
        ('int(request.GET["page"])', 'Decimal(given["amount"])', 'date.fromisoformat(request.POST.get("day"))'),
    ),
    "reader of an id": Place(
        re.compile(r"\.is(?:decimal|digit|numeric)\(\)"),
        WEB,
        (
            "src/guatu/web/base/parsing.py",
            # Answers of a puzzle, which begin with zeros; numbers that a flow's fields hold; days and lines of a form.
            "src/guatu/web/base/puzzles.py",
            "src/guatu/web/cases/actions/move_case.py",
            "src/guatu/web/dispatch/views/milestones.py",
            "src/guatu/web/kit/values.py",
        ),
        "id_or_none, ids_in or whole of guatu.web.kit.values",
        ("[int(i) for i in ids if i.isdecimal()]",),
    ),
    "row of an address": Place(
        re.compile(
            r"def \w*(?:_or_404|_or_not_found)\b"
            r"|= (?:[^\n]*)\.filter\([^\n]*\)\.first\(\)\n\s+if \w+ is None:\n\s+raise Http404"
        ),
        WEB,
        # The newest of several, which `get` would not find.
        ("src/guatu/web/ledger/views/merge.py",),
        "django.shortcuts.get_object_or_404",
        (
            "def get_plan_or_404(pk):",
            "row = Plan.objects.filter(pk=pk).first()\n    if row is None:\n        raise Http404",
        ),
    ),
    "who may see a page": Place(
        re.compile(r"django\.contrib\.auth\.(?:decorators|mixins)|redirect_to_login|\.is_authenticated"),
        WEB,
        (
            # The login itself, and what stands before a page: who asks, how much they may send.
            "src/guatu/web/base/accounts.py",
            "src/guatu/web/base/asking.py",
            "src/guatu/web/base/bodies.py",
            "src/guatu/web/base/middleware.py",
            "src/guatu/web/base/single_sign_on.py",
            "src/guatu/web/kit/guard.py",
        ),
        "needs, check_may or login_required of guatu.web.kit.guard",
        (
            "from django.contrib.auth.decorators import login_required",
            "from django.contrib.auth.mixins import LoginRequiredMixin",
            "if not request.user.is_authenticated:",
        ),
    ),
    "refusal of a page": Place(
        re.compile(r"raise Denied\(|\bPermissionDenied\b|HttpResponseForbidden"),
        PAGES,
        (),
        "needs or check_may of guatu.web.kit.guard; where the right is more than one permission, a selector or action",
        ("raise Denied(_('您没有权限'))", "raise PermissionDenied", "return HttpResponseForbidden()"),
    ),
    "writer of workbooks": Place(
        re.compile(r"\bxlsxwriter\b|\bopenpyxl\b|xl/worksheets"),
        ALL,
        (
            "src/guatu/adapters/writers/official/workbook.py",
            "src/guatu/adapters/writers/sheets.py",
            # A million rows, row by row, with the answer under way.
            "src/guatu/adapters/writers/export.py",
            "src/guatu/web/kit/sheets/write.py",
        ),
        "guatu.web.kit.sheets or guatu.web.kit.export; without a server guatu.adapters.writers",
        ("import xlsxwriter", "from openpyxl import Workbook", 'archive.open("xl/worksheets/sheet1.xml", "w")'),
    ),
    "writer of csv": Place(
        re.compile(r"\bcsv\.(?:writer|DictWriter)\("),
        ALL,
        (
            "src/guatu/adapters/writers/formats/csv.py",
            # The sheets of the invented county are handed in as files.
            "src/guatu/web/example/inspection.py",
            "src/guatu/adapters/writers/export.py",
        ),
        "guatu.web.kit.export",
        ("writer = csv.writer(out)",),
    ),
    "reader of tables": Place(
        re.compile(r"\bcsv\.(?:reader|DictReader)\(|\bpython_calamine\b|\bload_workbook\b"),
        ALL,
        (
            "src/guatu/adapters/documents.py",
            "src/guatu/adapters/readers/xlsx/__init__.py",
            "src/guatu/adapters/tables.py",
            # Tables of the pack itself, and those that are made for the invented county.
            "src/guatu/engines/drg/tables.py",
            "src/guatu/web/example/drg.py",
        ),
        "guatu.adapters.tables, on the server guatu.web.kit.sheets",
        ("rows = csv.reader(file)", "import python_calamine", "load_workbook(file)"),
    ),
    "import of a spreadsheet": Place(
        re.compile(r"\bread_cells\(|^class \w+\(.*\bImporter\b|^class (?:Checked|CellError|SheetRow)\b", re.MULTILINE),
        WEB,
        (
            # Codes beside the lines of borders, without heads.
            "src/guatu/web/grids/uploads.py",
            "src/guatu/web/kit/importer.py",
            "src/guatu/web/kit/sheets/read.py",
            # A ledger in whatever columns a county kept it in: heads are looked for, rows add to the row above.
            "src/guatu/web/ledger/sheets.py",
        ),
        "an Importer in the module `imports` of the app (guatu.web.kit.importer)",
        ("cells = read_cells(data, asked, SUFFIXES)", "class Checked:", "class UnitImporter(Importer):"),
    ),
    "evaluation of conditions": Place(
        re.compile(
            r"""["'](?:>=|<=|!=|gte|lte)["']\s*:\s*(?:lambda|operator\.|op\.|np\.|ge\b|le\b|ne\b)"""
            r"|\boperator\.(?:ge|le|gt|lt|ne)\b|from operator import (?:ge|le|gt|lt|ne)\b|(?<![\w.])eval\("
        ),
        ALL,
        ("src/guatu/core/rules/operations.py",),
        "guatu.core.rules",
        ('OPS = {">=": operator.ge}', '{"<=": lambda a, b: a <= b}', "from operator import ge", "eval(condition)"),
    ),
}


def holding(place: Place) -> list[str]:
    return [file for file, text in python().items() if place.within.match(file) and place.sign.search(text)]


@pytest.mark.parametrize("name", PLACES)
def test_it_is_done_in_one_place(name: str) -> None:
    place = PLACES[name]
    found = holding(place)
    assert sorted(set(found) - set(place.homes)) == [], f"call {place.instead}"
    assert sorted(set(place.homes) - set(found)) == [], "it is gone from there: strike it from the list"


@pytest.mark.parametrize(("name", "copy"), [(name, copy) for name, place in PLACES.items() for copy in place.copies])
def test_a_copy_is_seen(name: str, copy: str) -> None:
    assert PLACES[name].sign.search(f"{copy}\n")
