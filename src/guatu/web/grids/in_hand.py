"""What grids hand on when a town goes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guatu.web.directory.hooks import Holding, holding
from guatu.web.grids.actions.hand_on import give_grids
from guatu.web.grids.models import Grid

holding(Holding("grid", _("网格"), lambda unit: Grid.objects.filter(unit=unit).count(), give_grids))
