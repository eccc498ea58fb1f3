from guatu.web.dispatch.models.acts import Act
from guatu.web.dispatch.models.circulars import Circular
from guatu.web.dispatch.models.instructions import Instruction
from guatu.web.dispatch.models.ladder import LadderEvent
from guatu.web.dispatch.models.lights import Appeal, Light
from guatu.web.dispatch.models.meetings import Decision, Meeting
from guatu.web.dispatch.models.milestones import MilestoneProgress, MilestoneTable
from guatu.web.dispatch.models.notices import Notice, NoticeDelivery
from guatu.web.dispatch.models.orders import NumberSeries, Order, OrderEvent, Problem
from guatu.web.dispatch.models.reports import Evidence, Figure, Period, PeriodRule, Report, ReportEvent
from guatu.web.dispatch.models.seals import Seal
from guatu.web.dispatch.models.talks import Talk

__all__ = [
    "Act",
    "Appeal",
    "Circular",
    "Decision",
    "Evidence",
    "Figure",
    "Instruction",
    "LadderEvent",
    "Light",
    "Meeting",
    "MilestoneProgress",
    "MilestoneTable",
    "Notice",
    "NoticeDelivery",
    "NumberSeries",
    "Order",
    "OrderEvent",
    "Period",
    "PeriodRule",
    "Problem",
    "Report",
    "ReportEvent",
    "Seal",
    "Talk",
]
