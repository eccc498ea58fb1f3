"""The name of a person: as it was typed, in one line; masked it is its first character."""

from guatu.core.fields.text import Text


class PersonName(Text, frozen=True, kw_only=True):
    """A name; 60 characters hold the longest that registers know."""

    longest: int = 60

    def mask(self, value: str | None) -> str:
        """张**, and as many stars for every name: its length may tell who it is."""
        return f"{value[:1]}**" if value and len(value) > 1 else "***" if value else ""
