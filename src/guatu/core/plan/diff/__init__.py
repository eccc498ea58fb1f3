"""What two versions of a plan changed, task by task."""

from guatu.core.plan.diff.changes import Change, ChangeKind, ItemRef, TaskChange
from guatu.core.plan.diff.compare import diff_plans, match_tasks
from guatu.core.plan.diff.parts import target_couples

__all__ = ["Change", "ChangeKind", "ItemRef", "TaskChange", "diff_plans", "match_tasks", "target_couples"]
