"""What a change of parameters would do before it holds, and the rounds in which it is negotiated."""

from guatu.engines.drg.simulation.compare import Comparison, GroupChange, HospitalChange, compare

__all__ = ["Comparison", "GroupChange", "HospitalChange", "compare"]
