"""The table of hospitals: level, score, what was prepaid. And the table of special reviews."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from guatu.core.fields.findings import Read
from guatu.core.fields.money import Amount
from guatu.core.fields.number import Number
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.money import Money
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.points.model import Review
from guatu.engines.drg.settlement.figures import NOTHING, HospitalTerms

HOSPITAL_COLUMNS = ("hospital", "level")
HOSPITAL_OPTIONAL = ("name", "score", "prepaid", "advance")
REVIEW_COLUMNS = ("id",)
REVIEW_OPTIONAL = ("unreasonable", "points")
FULL_SCORE = 100

T = TypeVar("T")
Row = Mapping[str, Any]

CODE = Kind(
    "drg.hospital-code",
    "error",
    "医院代码“{value}”为空或重复；请改正",
    "hospital code '{value}' is empty or stands twice; correct it",
)
SCORE = Kind(
    "drg.hospital-score",
    "error",
    "考核得分“{value}”不是 0 到 100 的数；请改正",
    "score '{value}' is no number from 0 to 100; correct it",
)
AMOUNT = Kind(
    "drg.hospital-amount", "error", "{field} 的“{value}”不是以元计的非负金额；请改正",
    "{field} '{value}' is no amount in yuan of 0 or more; correct it",
)  # fmt: skip
REVIEW = Kind(
    "drg.review-value", "error", "{field} 的“{value}”不对：不合理费用以元计，点数至多四位小数，均不为负；请改正",
    "{field} '{value}': unreasonable cost is in yuan, points have at most four decimals, neither is below 0; "
    "correct it",
)  # fmt: skip


def read_hospitals(rows: Iterable[Row]) -> tuple[list[HospitalTerms], list[RowFinding]]:
    """Hospitals sorted by code, and what is wrong with rows. A cell that is empty says nothing."""
    found: dict[str, HospitalTerms] = {}
    findings: list[RowFinding] = []
    for number, row in enumerate(rows, 1):
        cells = _Cells(row, str(number), findings)
        code = cells.text("hospital")
        if not code or code in found:
            findings.append(row_finding(CODE, str(number), "hospital", value=code))
            continue
        found[code] = HospitalTerms(
            code,
            cells.text("name"),
            cells.text("level"),
            cells.read("score", _score, SCORE),
            cells.read("prepaid", _amount, AMOUNT),
            cells.read("advance", _amount, AMOUNT) or NOTHING,
        )
    return [found[code] for code in sorted(found)], findings


def read_reviews(rows: Iterable[Row]) -> tuple[list[Review], list[RowFinding]]:
    """Special reviews in the order of application."""
    found: list[Review] = []
    findings: list[RowFinding] = []
    for number, row in enumerate(rows, 1):
        cells = _Cells(row, str(number), findings)
        unreasonable = cells.read("unreasonable", _amount, REVIEW)
        points = cells.read("points", _points, REVIEW)
        found.append(Review(cells.text("id"), (unreasonable or NOTHING).fen, points))
    return found, findings


class _Cells:
    """The cells of one row, read one by one."""

    def __init__(self, row: Row, number: str, findings: list[RowFinding]) -> None:
        self._row, self._number, self._findings = row, number, findings

    def text(self, name: str) -> str:
        value = self._row.get(name)
        return "" if value is None else str(value).strip()

    def read(self, name: str, reader: Callable[[str], T], kind: Kind) -> T | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return reader(text)
        except ValueError:
            self._findings.append(row_finding(kind, self._number, name, value=text, field=name))
            return None


def _score(text: str) -> Decimal:
    return _taken(Number(unit="分", places=28, least=Decimal(0), most=Decimal(FULL_SCORE)).read(text))


def _amount(text: str) -> Money:
    return _taken(Amount(least=Money(0)).read(text))


def _points(text: str) -> Decimal:
    return _taken(Number(unit="分", places=4, least=Decimal(0)).read(text)).normalize()


def _taken(read: Read[T]) -> T:
    """The value that was read. Raises ValueError where there is none."""
    if read.value is None:
        raise ValueError(read.error)
    return read.value
