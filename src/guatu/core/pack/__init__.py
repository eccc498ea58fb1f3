"""What a pack may say, and its checker. The texts of its files are handed in."""

from guatu.core.pack.checks import check_pack
from guatu.core.pack.content import Pack, PackText, read_pack

__all__ = ["Pack", "PackText", "check_pack", "read_pack"]
