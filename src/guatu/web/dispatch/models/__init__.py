from guatu.web.dispatch.models.lights import Appeal, Light
from guatu.web.dispatch.models.orders import Circular, Order, OrderEvent, Problem
from guatu.web.dispatch.models.reports import Evidence, Figure, Period, PeriodRule, Report, ReportEvent

__all__ = [
    "Appeal",
    "Circular",
    "Evidence",
    "Figure",
    "Light",
    "Order",
    "OrderEvent",
    "Period",
    "PeriodRule",
    "Problem",
    "Report",
    "ReportEvent",
]
