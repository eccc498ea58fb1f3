# ruff: noqa: E402 (models can be imported only when Django is set up)
"""python -m tests.web.live_rows N: rows for a server of its own; prints the token and the ids of N tasks as JSON."""

import datetime
import json
import sys

import django

django.setup()

from django.utils import timezone

from guatu.web.base.models import AuditEntry, RequestKey, User
from guatu.web.directory.models import RoleGrant, Unit, UnitVersion
from guatu.web.ledger.models import Plan, PlanVersion, Task
from tests.web.tokens import token_of

TOKEN = "guatu_" + "k" * 43
SINCE = datetime.date(2020, 1, 1)


def make(tasks: int) -> dict[str, object]:
    now = timezone.now()
    unit = Unit.objects.create(code="slj")
    UnitVersion.objects.create(unit=unit, name="县水利局", valid_from=SINCE)
    user = User.objects.create(username="ducha", password="!")
    RoleGrant.objects.create(user=user, role="supervision", valid_from=SINCE)
    token_of(user, raw=TOKEN)
    plan = Plan.objects.create(title="乡村水利建设实施方案", state="confirmed", created_at=now)
    version = PlanVersion.objects.create(plan=plan, number=1, state="confirmed", uploaded_at=now)
    rows = [Task(plan=plan, version=version, title=f"任务{n}", order=n, state="open") for n in range(tasks)]
    return {"token": TOKEN, "plan": plan.pk, "tasks": [task.pk for task in Task.objects.bulk_create(rows)]}


def kept() -> dict[str, object]:
    """What stands in the database: the title of each task, every title that an audit line holds, the keys of requests."""
    titles = [
        after["title"] for after in AuditEntry.objects.values_list("after", flat=True) if after and "title" in after
    ]
    return {
        "tasks": {str(pk): title for pk, title in Task.objects.values_list("pk", "title")},
        "audited": titles,
        "keys": list(RequestKey.objects.values_list("key", flat=True)),
        "versions": PlanVersion.objects.count(),
    }


if __name__ == "__main__":
    print(json.dumps(kept() if sys.argv[1] == "kept" else make(int(sys.argv[1]))))
