"""The numbers of DRG payment: dated, sourced, approved, and complete before anything is computed with them."""

from guatu.packs.drg.parameters.approval import digest_of, lacks_approval
from guatu.packs.drg.parameters.load import load_set
from guatu.packs.drg.parameters.model import Approval, Entry, ParameterSet
from guatu.packs.drg.parameters.terms import Band, Terms, Threshold, segments, terms_on

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
