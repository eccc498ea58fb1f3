"""From points to money: prepayment, point value, deposit, assessment, pool, clearing. Every fen is accounted for."""

from guatu.engines.drg.settlement.figures import HospitalFigures, HospitalTerms, Pool, Settlement
from guatu.engines.drg.settlement.partial import Partial, partial_of
from guatu.engines.drg.settlement.settle import settle

__all__ = ["HospitalFigures", "HospitalTerms", "Partial", "Pool", "Settlement", "partial_of", "settle"]
