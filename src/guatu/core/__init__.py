"""Pure Python: no framework, no database, no network, no files, no clock, no randomness."""
