"""Stage 1: the text as it was read, and a working copy of it that the grammar can scan."""
