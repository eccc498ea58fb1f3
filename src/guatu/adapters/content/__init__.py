"""What a file is by its bytes, whether its name agrees, and how far a zip may unpack: one rule for all ways in.

Plans, spreadsheets, maps and evidence ask here. Nothing is unpacked and no parser runs: it is safe outside of a child.
"""

from guatu.adapters.content.endings import Disagreement, disagreement, taken_as
from guatu.adapters.content.evidence import EVIDENCE, refused_as_evidence
from guatu.adapters.content.kinds import Content, is_encrypted_office, kind_name, sniff

__all__ = [
    "EVIDENCE",
    "Content",
    "Disagreement",
    "disagreement",
    "is_encrypted_office",
    "kind_name",
    "refused_as_evidence",
    "sniff",
    "taken_as",
]
