"""rubrics/*.toml: stages and scoring texts of the evaluation, which reads and checks them."""

from guatu.core.pack.section import texts_of

SECTION = texts_of("rubrics", lambda name: name.startswith("rubrics/") and name.endswith(".toml"))
