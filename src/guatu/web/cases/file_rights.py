"""Who may read the photos of cases: those who may see the case."""

from __future__ import annotations

from guatu.web.base.actors import Actor
from guatu.web.base.files import reader
from guatu.web.base.models import Attachment
from guatu.web.cases.selectors.visible import visible


@reader
def photos(actor: Actor, attachment: Attachment) -> bool:
    return visible(actor).filter(files__file=attachment).exists()
