"""What cases hand on when a unit goes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guatu.web.cases.actions.hand_on import give_cases
from guatu.web.cases.models import Case
from guatu.web.directory.hooks import Holding, holding

holding(
    Holding("case", _("未办结案件"), lambda unit: Case.objects.filter(unit=unit, ended_at=None).count(), give_cases)
)
