"""A table of stays comes in: identities become pseudonyms before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.packs.drg.tables import TableReader
from guatu.web.base.actions import Change, Context
from guatu.web.base.problems import Invalid
from guatu.web.drg.actions.common import InsurerAction, found
from guatu.web.drg.computing.private import missing, take_in
from guatu.web.drg.models import RegionYear, Table
from guatu.web.drg.uploads import received, store
from guatu.web.drg.words import key

KINDS = (Table.Kind.HISTORY, Table.Kind.STAYS)


@dataclass(frozen=True)
class UploadStays(InsurerAction[Table]):
    year_id: int
    kind: str
    file: UploadedFile | None
    name: ClassVar[str] = "drg.upload-stays"
    words = gettext_lazy("上传病例")
    model = Table

    def change(self, context: Context) -> Change[Table]:
        if self.kind not in KINDS:
            raise Invalid(_("请选择病例的种类。"), field="kind")
        year = found(RegionYear, self.year_id)
        with received(self.file) as path:
            names = TableReader(path).names
            lacks = missing(names)
            if lacks:
                # What the columns are called is not repeated: a file without a head has people there.
                raise Invalid(
                    _("文件缺少这些列:%(columns)s。第一行应是列名。") % {"columns": ", ".join(lacks)},
                    field="file",
                    code="drg.column-missing",
                )
            out = path.with_name("stays.parquet")
            taken = take_in(path, out, key())
            if not taken.rows:
                raise Invalid(_("文件只有列名,没有病例。"), field="file", code="drg.no-rows")
            file = store(f"{self.kind}-{year.year}.parquet", out.read_bytes(), context.at)
        table = Table.objects.create(
            region_year=year, kind=self.kind, file=file, rows=taken.rows, grouped="drg" in taken.columns,
            dropped=taken.dropped, masked=taken.masked, bad_lines=taken.bad_lines,
            made_by=context.actor.user, made_at=context.at,
        )  # fmt: skip
        change = Change(table)
        change.note(table, None, {"kind": self.kind, "rows": taken.rows, "sha256": file.sha256})
        return change
