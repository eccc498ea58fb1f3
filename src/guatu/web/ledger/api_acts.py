"""What the pages of a plan do beyond the resources of their own, for programs: declared, not written."""

from __future__ import annotations

import datetime
from decimal import Decimal

from guatu.web.base.actors import Actor
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.kit.offered import offer
from guatu.web.kit.paging import Input
from guatu.web.ledger.actions.accept_links import AcceptLinks
from guatu.web.ledger.actions.add_target import AddTarget
from guatu.web.ledger.actions.add_task import AddTask
from guatu.web.ledger.actions.choose_task_column import ChooseTaskColumn
from guatu.web.ledger.actions.close_plan import ClosePlan
from guatu.web.ledger.actions.compile_again import CompileAgain
from guatu.web.ledger.actions.correct_heading import CorrectHeading
from guatu.web.ledger.actions.create_unit_for import CreateUnitFor
from guatu.web.ledger.actions.delete_draft import DeleteDraft
from guatu.web.ledger.actions.drop_target import DropTarget
from guatu.web.ledger.actions.drop_task import DropTask
from guatu.web.ledger.actions.keep_shares import KeepShares
from guatu.web.ledger.actions.leave_unlinked import LeaveUnlinked
from guatu.web.ledger.actions.link_units import LinkUnits
from guatu.web.ledger.actions.merge_version import MergeVersion
from guatu.web.ledger.actions.restore_task import RestoreTask
from guatu.web.ledger.actions.set_allocation import SetAllocation
from guatu.web.ledger.actions.set_course import SetCourse
from guatu.web.ledger.actions.set_missing_due import SetMissingDue
from guatu.web.ledger.actions.waive_unit import WaiveUnit
from guatu.web.ledger.actions.withdraw_version import WithdrawVersion
from guatu.web.ledger.selectors.visible import visible_plan, visible_target, visible_task

router = ScopedRouter(write="plans", tags=["ledger"])


class TargetValues(Input):
    """What a target says; only what is given is set."""

    metric: str | None = None
    scope: str | None = None
    op: str | None = None
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit_text: str | None = None
    due: datetime.date | None = None
    direction: str | None = None
    kind: str | None = None
    bound: str | None = None
    change: str | None = None
    reported: str | None = None
    course: str | None = None
    base_value: Decimal | None = None
    base_date: datetime.date | None = None
    tolerance: Decimal | None = None
    tracked: bool | None = None
    striving: bool | None = None
    task_id: int | None = None


def _plan(actor: Actor, pk: int) -> None:
    visible_plan(actor, pk)


def _task(actor: Actor, pk: int) -> None:
    visible_task(actor, pk)


def _target(actor: Actor, pk: int) -> None:
    visible_target(actor, pk)


VALUES = {"values": TargetValues}
offer(router, "/plans/{plan_id}/heading", CorrectHeading, "Correct title, number and issuer of a plan", sees=_plan)
offer(router, "/plans/{plan_id}/close", ClosePlan, "Close a plan whose work is over, or open it again", sees=_plan)
offer(router, "/plans/{plan_id}/delete", DeleteDraft, "Delete a plan that was never confirmed", sees=_plan)
offer(router, "/plans/{plan_id}/missing-due", SetMissingDue, "Set the day for tasks that have none", sees=_plan)
offer(router, "/plans/{plan_id}/links", LinkUnits, "Say which units a name in a plan means", sees=_plan)
offer(router, "/plans/{plan_id}/links/accept", AcceptLinks, "Accept the units that were proposed for names", sees=_plan)
offer(router, "/plans/{plan_id}/links/leave", LeaveUnlinked, "Leave a name without a unit, with the reason", sees=_plan)
offer(router, "/plans/{plan_id}/links/create", CreateUnitFor, "Set up the unit that a name in a plan means", sees=_plan)
offer(router, "/versions/{version_id}/compile", CompileAgain, "Compile a version of a plan again")
offer(router, "/versions/{version_id}/task-column", ChooseTaskColumn, "Say which column of a table holds the tasks")
offer(router, "/versions/{version_id}/merge", MergeVersion, "Take a new version into the running plan")
offer(router, "/versions/{version_id}/withdraw", WithdrawVersion, "Withdraw a new version that was not merged")
offer(router, "/versions/{version_id}/tasks", AddTask, "Add a task to a plan")
offer(router, "/tasks/{task_id}/drop", DropTask, "Take a task out of the ledger, with the reason", sees=_task)
offer(router, "/tasks/{task_id}/restore", RestoreTask, "Take a dropped task up again", sees=_task)
offer(router, "/tasks/{task_id}/waive-unit", WaiveUnit, "Say why a task has no unit", sees=_task)
offer(router, "/tasks/{task_id}/targets", AddTarget, "Add a target to a task", sees=_task, hints=VALUES)
offer(router, "/targets/{target_id}/drop", DropTarget, "Take a target out, or up again", sees=_target)
offer(
    router, "/targets/{target_id}/set-course", SetCourse, "Set what is due of a target when", sees=_target, hints=VALUES
)
offer(router, "/targets/{target_id}/shares", SetAllocation, "Divide a target among units", sees=_target)
offer(router, "/targets/{target_id}/shares/keep", KeepShares, "Keep the shares of a goal that moved", sees=_target)
