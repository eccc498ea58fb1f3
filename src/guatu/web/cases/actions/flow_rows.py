"""The row of the flow on which new cases begin; what a pack brings gets its own when it is first used."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from guatu.core.pack.sections import clocks, decisions, flows
from guatu.web.cases.library import current_row, library, own_engine, own_key
from guatu.web.cases.models import FlowVersion


def current_version(pack: str, at: datetime.datetime) -> FlowVersion:
    """The version on which new cases begin: the county's own where it has published one, else the pack's.

    Asked of the database each time, because another process may have published; texts are not read with it. The pack's
    own gets its row when it is first used.
    """
    return current_row(pack) or own_version(pack, at)


def own_version(pack: str, at: datetime.datetime) -> FlowVersion:
    """The row of what the pack brings now."""
    loaded, engine = library().packs[pack], own_engine(pack)
    defaults: dict[str, Any] = {
        "clocks": msgspec.to_builtins(loaded.pack[clocks.SECTION]),
        "fields": msgspec.to_builtins(engine.fields),
        "parameters": engine.flow.parameters.stored,
        "text": loaded.pack[flows.SECTION][loaded.files[engine.flow.id]],
        "tables": loaded.pack[decisions.SECTION],
        "confidential": engine.flow.confidential,
        "published_at": at,
    }
    return FlowVersion.objects.get_or_create(pack=pack, **own_key(pack), defaults=defaults)[0]
