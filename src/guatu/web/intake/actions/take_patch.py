"""A satellite patch is taken in as a case, with its polygon and the pictures from before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy

from guatu.adapters.geodata.patches import Patch
from guatu.adapters.geodata.projection import area_m2
from guatu.web.base.actions import Change, Context
from guatu.web.cases.actions.entries import attach, keep_photos
from guatu.web.cases.models import Case
from guatu.web.intake.actions.take_in import TakeIn
from guatu.web.intake.models import Patch as PatchRow


@dataclass(frozen=True)
class TakePatch(TakeIn):
    survey: str = ""
    patch: Patch | None = None
    pictures: Mapping[str, bytes] | None = None
    words = gettext_lazy("接入图斑")

    def change(self, context: Context) -> Change[Case]:
        change = super().change(context)
        patch = self.patch
        assert patch is not None
        kept = keep_photos(self._uploads(patch), context)
        attach(change.result, None, kept)
        files = {one.field: one.file for one in kept}
        PatchRow.objects.create(
            case=change.result,
            number=patch.number,
            survey=self.survey,
            polygon={"type": patch.feature.kind, "coordinates": patch.feature.coordinates},
            area_m2=area_m2(patch.feature.wkb()),
            before_state=patch.before,
            after_state=patch.after,
            before_date=patch.before_date,
            after_date=patch.after_date,
            before_picture=files.get("before"),
            after_picture=files.get("after"),
        )
        return change

    def _uploads(self, patch: Patch) -> dict[str, Any]:
        named = {"before": patch.before_picture, "after": patch.after_picture}
        files = self.pictures or {}
        return {side: [SimpleUploadedFile(name, files[name])] for side, name in named.items() if name in files}
