"""Hospitals, special reviews or a grouping scheme come in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from guatu.engines.drg.settlement.hospitals import (
    HOSPITAL_COLUMNS,
    HOSPITAL_OPTIONAL,
    REVIEW_COLUMNS,
    REVIEW_OPTIONAL,
    read_hospitals,
    read_reviews,
)
from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.base.reading import read_bounded
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.computing.incoming import NotTaken, SchemeSeen, rows_of, scheme_of
from guatu.web.drg.computing.private import code_of
from guatu.web.drg.models import Hospital, RegionYear, Table
from guatu.web.drg.uploads import archive_of, refused, store, table_of
from guatu.web.drg.words import key, messages_of, written

_COLUMNS = {
    Table.Kind.HOSPITALS: (HOSPITAL_COLUMNS, HOSPITAL_OPTIONAL),
    Table.Kind.REVIEWS: (REVIEW_COLUMNS, REVIEW_OPTIONAL),
}
LONGEST = 120


@dataclass(frozen=True)
class UploadTable(InsurerAction[Table]):
    year_id: int
    kind: str
    file: UploadedFile | None
    name: ClassVar[str] = "drg.upload-table"
    words = _("上传 DRG 数据表")

    def prepare(self, context: Context) -> None:
        _ = self._read

    @cached_property
    def _read(self) -> list[dict[str, str]] | tuple[bytes, SchemeSeen]:
        """Rows of a table, or an archive and what it holds."""
        if self.kind == Table.Kind.SCHEME:
            return self._scheme()
        if self.kind in _COLUMNS:
            return _rows(self.file, *_COLUMNS[Table.Kind(self.kind)])
        raise Invalid(_("请选择数据表的种类。"), field="kind")

    def change(self, context: Context) -> Change[Table]:
        year = found(RegionYear, self.year_id)
        if isinstance(self._read, tuple):
            data, seen = self._read
            rows, title, ending = seen.mdcs, f"{seen.name} {seen.version}".strip()[:200], "zip"
        else:
            data, rows, title, ending = self._table(self._read), len(self._read), "", "parquet"
        file = store(f"{self.kind}-{year.year}.{ending}", data, context.at)
        table = Table.objects.create(
            region_year=year, kind=self.kind, file=file, rows=rows, title=title,
            made_by=context.actor.user, made_at=context.at,
        )  # fmt: skip
        change = Change(table)
        change.note(table, None, {"kind": self.kind, "rows": rows, "sha256": file.sha256})
        return change

    def _scheme(self) -> tuple[bytes, SchemeSeen]:
        data = archive_of(self.file)
        seen = read_bounded(scheme_of, data, None)
        if seen.errors is None:
            raise Invalid(_("请上传方案的 ZIP 文件,内有 .tsv 表和 scheme.toml。"), field="file", code="drg.file-kind")
        if seen.errors:
            raise Invalid(messages_of(seen.errors), field="file", code="drg.scheme-refused")
        return data, seen

    def _table(self, rows: list[dict[str, str]]) -> bytes:
        if self.kind == Table.Kind.HOSPITALS:
            _hospitals(rows)
        else:
            _reviews(rows)
        out = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows), out)
        return out.getvalue()


def _rows(file: UploadedFile | None, columns: Sequence[str], optional: Sequence[str]) -> list[dict[str, str]]:
    read = read_bounded(rows_of, *table_of(file, columns, optional))
    if isinstance(read, NotTaken):
        raise refused(read)
    if read.bad_lines:
        lines = ", ".join(str(line) for line in read.bad_lines[:10])
        raise Invalid(_("这些行的格数与表头不符:%(lines)s。请检查分隔符。") % {"lines": lines}, field="file")
    if not read.rows:
        raise Invalid(_("文件只有列名,没有数据。"), field="file", code="drg.no-rows")
    # A number of a stay is a pseudonym by now; other words may hold identity numbers.
    return [
        {name: text if name == "id" else written(text)[:LONGEST] for name, text in row.items()} for row in read.rows
    ]


def _hospitals(rows: list[dict[str, str]]) -> None:
    """The rows as they will be read, and a row of the database for each hospital that is new."""
    terms, findings = read_hospitals(rows)
    if findings:
        raise Invalid(messages_of(findings), field="file", code="drg.hospitals")
    if any(code_of(row.code, key()) != row.code for row in terms):
        raise Invalid(_("医院代码只能用字母、数字和 . _ -,不超过 40 个字符。"), field="file", code="drg.hospital-code")
    known = {row.code: row for row in Hospital.objects.filter(code__in=[row.code for row in terms])}
    Hospital.objects.bulk_create(Hospital(code=row.code, name=row.name) for row in terms if row.code not in known)
    for row in terms:
        old = known.get(row.code)
        if old is not None and row.name and old.name != row.name:
            old.name = row.name
            old.save(update_fields=["name"])


def _reviews(rows: list[dict[str, str]]) -> None:
    findings = read_reviews(rows)[1]
    if findings:
        raise Invalid(messages_of(findings), field="file", code="drg.reviews")
