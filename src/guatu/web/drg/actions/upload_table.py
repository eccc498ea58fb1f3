"""Hospitals, special reviews or a grouping scheme come in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.packs.drg.settlement.hospitals import (
    HOSPITAL_COLUMNS,
    HOSPITAL_OPTIONAL,
    REVIEW_COLUMNS,
    REVIEW_OPTIONAL,
    read_hospitals,
    read_reviews,
)
from guatu.packs.drg.tables import TableReader
from guatu.web.base.actions import Change, Context
from guatu.web.base.problems import Invalid
from guatu.web.drg.actions.common import InsurerAction, found
from guatu.web.drg.computing.private import code_of
from guatu.web.drg.computing.schemes import NoArchive, load_archive
from guatu.web.drg.models import Hospital, RegionYear, Table
from guatu.web.drg.uploads import archive_of, received, store
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
    words = gettext_lazy("上传 DRG 数据表")
    model = Table

    def change(self, context: Context) -> Change[Table]:
        year = found(RegionYear, self.year_id)
        if self.kind == Table.Kind.SCHEME:
            data, rows, title, ending = self._scheme()
        elif self.kind in _COLUMNS:
            data, rows, title, ending = *self._table(), "", "parquet"
        else:
            raise Invalid(_("请选择数据表的种类。"), field="kind")
        file = store(f"{self.kind}-{year.year}.{ending}", data, context.at)
        table = Table.objects.create(
            region_year=year, kind=self.kind, file=file, rows=rows, title=title,
            made_by=context.actor.user, made_at=context.at,
        )  # fmt: skip
        change = Change(table)
        change.note(table, None, {"kind": self.kind, "rows": rows, "sha256": file.sha256})
        return change

    def _scheme(self) -> tuple[bytes, int, str, str]:
        data = archive_of(self.file)
        try:
            loaded = load_archive(data)
        except NoArchive:
            raise Invalid(
                _("请上传方案的 ZIP 文件,内有 .tsv 表和 scheme.toml。"), field="file", code="drg.file-kind"
            ) from None
        if loaded.scheme is None:
            raise Invalid(messages_of(loaded.errors), field="file", code="drg.scheme-refused")
        manifest = loaded.scheme.manifest
        return data, len(loaded.scheme.mdcs), f"{manifest.name} {manifest.version}".strip()[:200], "zip"

    def _table(self) -> tuple[bytes, int]:
        with received(self.file) as path:
            rows = _rows(path, *_COLUMNS[Table.Kind(self.kind)])
        if self.kind == Table.Kind.HOSPITALS:
            _hospitals(rows)
        else:
            _reviews(rows)
        out = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows), out)
        return out.getvalue(), len(rows)


def _rows(path: Path, columns: Sequence[str], optional: Sequence[str]) -> list[dict[str, str]]:
    names = TableReader(path).names
    lacks = [name for name in columns if name not in names]
    if lacks:
        raise Invalid(
            _("文件缺少这些列:%(columns)s。第一行应是列名。") % {"columns": ", ".join(lacks)},
            field="file",
            code="drg.column-missing",
        )
    reader = TableReader(path, columns, optional)
    found = [{name: _clean(name, row) for name in row} for batch in reader for row in batch.to_pylist()]
    if reader.bad_lines:
        lines = ", ".join(str(bad.line) for bad in reader.bad_lines[:10])
        raise Invalid(_("这些行的格数与表头不符:%(lines)s。请检查分隔符。") % {"lines": lines}, field="file")
    if not found:
        raise Invalid(_("文件只有列名,没有数据。"), field="file", code="drg.no-rows")
    return found


def _clean(name: str, row: Mapping[str, Any]) -> str:
    text = "" if row[name] is None else str(row[name])
    return code_of(text, key()) if name == "id" else written(text)[:LONGEST]


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
