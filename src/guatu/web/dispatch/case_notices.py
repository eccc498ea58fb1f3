"""Units are told of cases that wait for them, as of anything else that concerns them."""

from __future__ import annotations

from guatu.web.base.actions import Context
from guatu.web.cases.told import waits
from guatu.web.dispatch.actions.tell import tell


@waits.add
def of_case(context: Context, kind: str, unit: int, title: str, path: str) -> None:
    tell(context, kind, unit, title, path=path)
