"""Who may read stored tables and results as files: those who see the whole region."""

from __future__ import annotations

from guatu.web.base.actors import Actor
from guatu.web.base.files import reader
from guatu.web.base.models import Attachment
from guatu.web.drg.models import RunFile, Table
from guatu.web.drg.selectors.scope import sees_all


@reader
def table_or_result(actor: Actor, attachment: Attachment) -> bool:
    if not sees_all(actor):
        return False
    return Table.objects.filter(file=attachment).exists() or RunFile.objects.filter(file=attachment).exists()
