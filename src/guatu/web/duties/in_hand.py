"""What the duty list hands on when a unit goes."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guatu.web.base.dated import on_day
from guatu.web.directory.hooks import Holding, holding
from guatu.web.duties.actions.hand_on import give_rows
from guatu.web.duties.models import Duty


def _count(unit: int) -> int:
    return Duty.objects.filter(on_day(timezone.localdate()), unit=unit).count()


holding(Holding("case-duty", _("案件职责"), _count, give_rows))
