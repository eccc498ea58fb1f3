"""Points of stays: a readable form for one stay and a columnar form for many, which agree to the last digit."""

from guatu.engines.drg.points.many import points_of_many, points_over_time
from guatu.engines.drg.points.model import RULES, Case, Points, Review
from guatu.engines.drg.points.one import points_of

__all__ = ["RULES", "Case", "Points", "Review", "points_of", "points_of_many", "points_over_time"]
