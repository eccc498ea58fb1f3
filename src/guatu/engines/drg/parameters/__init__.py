"""The numbers of DRG payment: dated, sourced, approved, and complete before anything is computed with them."""

from guatu.engines.drg.parameters.approval import digest_of, lacks_approval
from guatu.engines.drg.parameters.load import load_set
from guatu.engines.drg.parameters.model import Approval, Entry, ParameterSet
from guatu.engines.drg.parameters.terms import Band, Terms, Threshold, segments, terms_on

__all__ = [
    "Approval",
    "Band",
    "Entry",
    "ParameterSet",
    "Terms",
    "Threshold",
    "digest_of",
    "lacks_approval",
    "load_set",
    "segments",
    "terms_on",
]
