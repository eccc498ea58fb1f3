"""Weights of groups, coefficients of hospitals and points of bed-days, from the region's own history."""

from guatu.engines.drg.weights.compute import weigh
from guatu.engines.drg.weights.model import Coefficient, GroupWeight, Weights

__all__ = ["Coefficient", "GroupWeight", "Weights", "weigh"]
