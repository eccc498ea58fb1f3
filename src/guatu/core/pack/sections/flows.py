"""flows/*.bpmn: the flows of the pack's cases. Kept as texts: what they say is read where they are published."""

from guatu.core.pack.section import texts_of

SECTION = texts_of("flows", lambda name: name.endswith(".bpmn") and not name.startswith("cases/"))
