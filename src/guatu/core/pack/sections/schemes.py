"""schemes/: tables by which an engine groups. Kept as texts: the engine reads and checks them."""

from guatu.core.pack.section import texts_of

SECTION = texts_of("schemes", lambda name: name.startswith("schemes/") and name.endswith((".toml", ".tsv")))
