"""What the ledger hands on when a unit goes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guatu.web.directory.hooks import Holding, holding
from guatu.web.ledger.actions.hand_on import give_duties, give_shares
from guatu.web.ledger.selectors.in_hand import open_duties, open_shares

holding(Holding("duty", _("任务分工"), lambda unit: open_duties(unit).count(), give_duties))
holding(Holding("share", _("指标分解数"), lambda unit: open_shares(unit).count(), give_shares))
