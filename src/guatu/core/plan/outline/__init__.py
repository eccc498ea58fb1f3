"""Stage 2: one file becomes documents, each a tree of numbered items; every item gets a kind."""
