"""Stage 5: the commitments of each document as a ledger whose every entry points back to the source."""
