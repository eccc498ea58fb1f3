"""What a pack may say, and its checker. The texts of its files are handed in."""

from guatu.core.pack.reading import check_pack, read_pack
from guatu.core.pack.section import Pack, PackText, Section

__all__ = ["Pack", "PackText", "Section", "check_pack", "read_pack"]
