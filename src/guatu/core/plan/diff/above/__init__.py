"""What a plan makes of the plan above it: which of its goals it holds, weakens, leaves out, or cannot be judged by."""

from guatu.core.plan.diff.above.answers import ANSWERS, Answer, GoalComparison, Line, Part, Said
from guatu.core.plan.diff.above.areas import area_of, area_of_issuer, area_of_title, same_area
from guatu.core.plan.diff.above.compare import compare_with_above
from guatu.core.plan.diff.above.reasons import REASONS

__all__ = [
    "ANSWERS",
    "REASONS",
    "Answer",
    "GoalComparison",
    "Line",
    "Part",
    "Said",
    "area_of",
    "area_of_issuer",
    "area_of_title",
    "compare_with_above",
    "same_area",
]
