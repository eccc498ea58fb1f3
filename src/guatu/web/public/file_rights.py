"""Who may read the files of notices: those who see the notice among the drafts."""

from __future__ import annotations

from guatu.web.base.actors import Actor
from guatu.web.base.files import reader
from guatu.web.base.models import Attachment
from guatu.web.public.selectors.releases import visible_releases


@reader
def files_of_releases(actor: Actor, attachment: Attachment) -> bool:
    # The public reads the copy at its own address, while the notice hangs.
    return visible_releases(actor).filter(files__file=attachment).exists()
