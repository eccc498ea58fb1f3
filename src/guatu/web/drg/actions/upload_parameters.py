"""A set of parameters comes in; approvals that the file names count for nothing here, where people approve
themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from guatu.engines.drg.parameters import digest_of, load_set, segments, terms_on
from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.base.reading import read_bounded
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.computing.incoming import parameters_of
from guatu.web.drg.models import Parameters, RegionYear
from guatu.web.drg.uploads import archive_of
from guatu.web.drg.words import messages_of

NAME, MOST_BYTES = "parameters.toml", 2**20


@dataclass(frozen=True)
class UploadParameters(InsurerAction[Parameters]):
    year_id: int
    file: UploadedFile | None
    name: ClassVar[str] = "drg.upload-parameters"
    words = _("上传 DRG 参数")

    def prepare(self, context: Context) -> None:
        read_bounded(parameters_of, self._text.encode(), NAME)

    @cached_property
    def _text(self) -> str:
        data = archive_of(self.file)
        if len(data) > MOST_BYTES:
            raise Invalid(_("参数文件不能超过 1 MB。"), field="file", code="file.too-large")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Invalid(_("参数文件应是 UTF-8 文字(TOML)。"), field="file", code="drg.file-kind") from None

    def change(self, context: Context) -> Change[Parameters]:
        year, text = found(RegionYear, self.year_id), self._text
        parsed, findings = load_set(text, NAME)
        if parsed is None:
            raise Invalid(messages_of(findings), field="file", code="drg.parameters")
        if parsed.year != year.year:
            raise Invalid(
                _("参数是 %(theirs)d 年的,这里是 %(ours)d 年。") % {"theirs": parsed.year, "ours": year.year},
                field="file",
                code="drg.parameters-year",
            )
        gaps = [found_ for first, _last in segments(parsed) for found_ in terms_on(parsed, first)[1]]
        if any(finding.severity == "error" for finding in gaps):
            raise Invalid(messages_of(gaps), field="file", code="drg.parameters")
        made = Parameters.objects.create(
            region_year=year, version=parsed.version[:120], text=text, digest=digest_of(parsed),
            made_by=context.actor.user, made_at=context.at,
        )  # fmt: skip
        change = Change(made)
        change.note(made, None, {"version": made.version, "digest": made.digest})
        return change
