"""A table of stays comes in: identities become pseudonyms before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.base.reading import read_bounded
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.computing.incoming import NotTaken, Stays, stays_of
from guatu.web.drg.models import RegionYear, Table
from guatu.web.drg.uploads import refused, store, table_of

KINDS = (Table.Kind.HISTORY, Table.Kind.STAYS)


@dataclass(frozen=True)
class UploadStays(InsurerAction[Table]):
    year_id: int
    kind: str
    file: UploadedFile | None
    name: ClassVar[str] = "drg.upload-stays"
    words = _("上传病例")

    def prepare(self, context: Context) -> None:
        _ = self._stays

    @cached_property
    def _stays(self) -> Stays:
        if self.kind not in KINDS:
            raise Invalid(_("请选择病例的种类。"), field="kind")
        found_ = read_bounded(stays_of, *table_of(self.file))
        if isinstance(found_, NotTaken):
            raise refused(found_)
        if not found_.taken.rows:
            raise Invalid(_("文件只有列名,没有病例。"), field="file", code="drg.no-rows")
        return found_

    def change(self, context: Context) -> Change[Table]:
        taken = self._stays.taken
        year = found(RegionYear, self.year_id)
        file = store(f"{self.kind}-{year.year}.parquet", self._stays.parquet, context.at)
        table = Table.objects.create(
            region_year=year, kind=self.kind, file=file, rows=taken.rows, grouped="drg" in taken.columns,
            dropped=taken.dropped, masked=taken.masked, bad_lines=taken.bad_lines,
            made_by=context.actor.user, made_at=context.at,
        )  # fmt: skip
        change = Change(table)
        change.note(table, None, {"kind": self.kind, "rows": taken.rows, "sha256": file.sha256})
        return change
