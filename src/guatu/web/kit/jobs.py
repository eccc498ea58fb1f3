"""Background work: taking in a spreadsheet."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.jobs import Running, handler
from guatu.web.kit.actions.import_sheet import ImportSheet

IMPORT = "sheet.import"


@handler(IMPORT, gettext_lazy("导入表格"))
def import_sheet(running: Running) -> dict[str, Any]:
    """What `ImportSheet` says. The key makes a job that runs twice write once."""
    payload = running.payload
    with translation.override(payload["language"]):
        running.progress(10)
        action = ImportSheet(
            payload["kind"], payload["attachment"], payload["only_good"], partial(running.progress, 10)
        )
        return asdict(perform(action, running.context()))
