"""Packs in folders: finding them, reading them, checking them as a whole, running their cases, making new ones."""

from guatu.adapters.packs.finder import FoundPack, find_packs
from guatu.adapters.packs.folder import read_folder
from guatu.adapters.packs.loading import LoadedPack, load_pack
from guatu.adapters.packs.new import new_pack
from guatu.adapters.packs.run_cases import CaseResult, run_cases

__all__ = ["CaseResult", "FoundPack", "LoadedPack", "find_packs", "load_pack", "new_pack", "read_folder", "run_cases"]
