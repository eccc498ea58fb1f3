"""parameters/*.toml: sets of dated parameters of an engine, one file a region and year. The engine reads and checks
them."""

from guatu.core.pack.section import texts_of

SECTION = texts_of("parameter_sets", lambda name: name.startswith("parameters/") and name.endswith(".toml"))
