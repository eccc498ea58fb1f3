"""flows/*.dmn: the decision tables that flows name. Kept as texts: they are read where the flows are published."""

from guatu.core.pack.section import texts_of

SECTION = texts_of("decisions", lambda name: name.endswith(".dmn") and not name.startswith("cases/"))
