"""Rows that help for a while and then only grow: sessions, keys of requests, counts of logins, finished jobs."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import models

from guatu.web.base.models import CacheRow, Job, RequestKey

# A telephone may lie in a drawer for a season before it sends what was written without network.
KEYS_HOLD = datetime.timedelta(days=180)
# Whoever opens a version of last year's plan still sees how its reading went.
JOBS_STAY = datetime.timedelta(days=400)
AT_ONCE = 500
"""Rows of one statement: writers wait for it."""
MOST = 100_000


def cleared(at: datetime.datetime) -> dict[str, int]:
    """Deletes what has had its time; how many rows of each table. It is nobody's work, so there is no audit line."""
    over: tuple[models.QuerySet[Any], ...] = (
        Session.objects.filter(expire_date__lt=at),
        CacheRow.objects.filter(expires__lt=at),
        RequestKey.objects.filter(at__lt=at - KEYS_HOLD),
        Job.objects.filter(finished_at__lt=at - JOBS_STAY),
    )
    return {rows.model._meta.label_lower: _delete(rows) for rows in over}


def _delete(rows: models.QuerySet[Any]) -> int:
    """In small steps, and not everything at once where years have come together: the next tick goes on."""
    done = 0
    while done < MOST and (keys := list(rows.values_list("pk", flat=True)[:AT_ONCE])):
        done += rows.model._default_manager.filter(pk__in=keys).delete()[0]
    return done
