"""Stays with their group and costs as columns of whole numbers, and the rows that could not be read, each with
reason."""

from guatu.engines.drg.stays.columns import Codes, Stays
from guatu.engines.drg.stays.problems import Problems
from guatu.engines.drg.stays.read import COLUMNS, OPTIONAL, read_stays

__all__ = ["COLUMNS", "OPTIONAL", "Codes", "Problems", "Stays", "read_stays"]
