"""What the public reads. Every query here is of the tables of this app: nothing that was not released is in them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q, QuerySet

from guatu.core.publishing.content import Content, Paragraph, Sheet
from guatu.core.publishing.hanging import stands
from guatu.web.base.language import language
from guatu.web.public.models import Release, ReleaseFile

SIZE = 30
LATEST = 12
IN_FEED = 50
# Columns that a list of titles does not need.
LARGE = ("content", "given", "words")


def hung(today: datetime.date) -> QuerySet[Release]:
    """What hung at any time until today: what hangs, what has had its time, what was withdrawn after it had begun."""
    begun = Q(state=Release.State.RELEASED) | Q(state=Release.State.WITHDRAWN, withdrawn_at__date__gte=F("from_on"))
    return Release.objects.filter(begun, from_on__lte=today).order_by("-from_on", "-id")


def hanging(today: datetime.date) -> QuerySet[Release]:
    """What hangs today, the latest first."""
    ends = Q(until_on__isnull=True) | Q(until_on__gte=today)
    return Release.objects.filter(ends, state=Release.State.RELEASED, from_on__lte=today).order_by("-from_on", "-id")


@dataclass(frozen=True)
class Cell:
    text: str
    is_number: bool


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading with its level, or a table."""

    text: str = ""
    level: int = 0
    table: Sheet | None = None

    @property
    def heads(self) -> list[Cell]:
        return self._cells(self.table.heads) if self.table else []

    @property
    def rows(self) -> list[list[Cell]]:
        return [self._cells(row) for row in self.table.rows] if self.table else []

    def _cells(self, words: Sequence[str]) -> list[Cell]:
        numeric = self.table.numeric if self.table else ()
        return [Cell(word, at in numeric) for at, word in enumerate(words)]


@dataclass(frozen=True)
class Shown:
    """A notice as the public sees it today: its words while it hangs, and what is left of it afterwards."""

    row: Release
    today: datetime.date
    files: tuple[ReleaseFile, ...] = ()

    @property
    def hangs(self) -> bool:
        # The words are not asked for by who only lists them.
        is_up = self.row.state == Release.State.RELEASED
        return is_up and stands(self.row.from_on, self.row.until_on, self.today) == "hanging"

    @property
    def withdrawn(self) -> bool:
        return self.row.state == Release.State.WITHDRAWN

    @property
    def kind(self) -> str:
        return self.row.kind_zh if language() == "zh" else self.row.kind_en

    @property
    def slug(self) -> str:
        return slug_of(self.row.kind)

    @property
    def blocks(self) -> list[Block]:
        return blocks_of(msgspec.convert(self.row.content, Content)) if self.hangs else []


def blocks_of(content: Content) -> list[Block]:
    return [Block(one.text, one.level) if isinstance(one, Paragraph) else Block(table=one) for one in content]


def slug_of(kind: str) -> str:
    """The word of a kind in an address; names of packs and kinds have no hyphen."""
    return kind.replace("/", "-")


def kind_of_slug(slug: str) -> str:
    return slug.replace("-", "/")


@dataclass(frozen=True)
class OpenKind:
    slug: str
    label: str
    count: int


def kinds_open(today: datetime.date) -> list[OpenKind]:
    """The kinds of which something hangs or hung."""
    rows = hung(today).order_by("kind").values("kind").annotate(n=Count("pk"), zh=Max("kind_zh"), en=Max("kind_en"))
    return [OpenKind(slug_of(row["kind"]), row["zh" if language() == "zh" else "en"], row["n"]) for row in rows]


def years_open(today: datetime.date, kind: str = "") -> list[int]:
    rows = hung(today).filter(kind=kind) if kind else hung(today)
    return [day.year for day in rows.order_by().dates("from_on", "year", order="DESC")]


def listed(
    today: datetime.date, page: int = 1, kind: str = "", year: int | None = None, q: str = "", place: str = ""
) -> Page[Release]:
    """A page of a list. Words are looked for in what hangs alone: what was taken down is not to be found by them."""
    # The list says what was there; the search finds what is there.
    rows = (hanging(today).filter(words__icontains=q) if q else hung(today)).defer(*LARGE)
    if kind:
        rows = rows.filter(kind=kind)
    if year:
        rows = rows.filter(from_on__year=year)
    if place:
        rows = rows.filter(place_code=place)
    return Paginator(rows, SIZE).get_page(page)


def shown(rows: Sequence[Release] | Page[Release] | QuerySet[Release], today: datetime.date) -> list[Shown]:
    return [Shown(row, today) for row in rows]


def shown_release(pk: int, today: datetime.date) -> Shown | None:
    row = hung(today).filter(pk=pk).first()
    return Shown(row, today, tuple(row.files.order_by("id"))) if row else None


def open_file(release: int, file: int, today: datetime.date) -> ReleaseFile | None:
    """A file while its notice hangs."""
    return ReleaseFile.objects.filter(release__in=hanging(today), release_id=release, pk=file).first()


@dataclass(frozen=True)
class OpenVillage:
    code: str
    name: str
    count: int


def villages_open(today: datetime.date) -> list[tuple[str, list[OpenVillage]]]:
    """Towns with their villages that have notices, by their codes; under the names that they have now on the board."""
    rows = hung(today).exclude(place_code="").order_by("place_code")
    counted = {row["last"]: row["n"] for row in rows.values("place_code").annotate(n=Count("pk"), last=Max("id"))}
    found: dict[str, list[OpenVillage]] = {}
    for row in Release.objects.filter(pk__in=counted).defer(*LARGE).order_by("place_code"):
        found.setdefault(row.town_name, []).append(OpenVillage(row.place_code, row.place_name, counted[row.pk]))
    return list(found.items())
