"""Labels in both languages at once: one is shown, the other waits in an attribute for the switch."""

from dataclasses import replace
from html import escape

from guatu.adapters.writers.ledger import Ledger
from guatu.adapters.writers.words import word


class Bilingual:
    """Builds HTML for a ledger whose labels can be switched between Chinese and English."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.zh = replace(ledger, language="zh")
        self.en = replace(ledger, language="en")

    def both(self, chinese: str, english: str, tag: str = "span", attributes: str = "") -> str:
        """An element with one of two texts, both escaped here; plain text where they are the same and need no
        element."""
        shown = chinese if self.ledger.language == "zh" else english
        gap = f" {attributes}" if attributes else ""
        if chinese == english:
            return escape(shown) if tag == "span" and not attributes else f"<{tag}{gap}>{escape(shown)}</{tag}>"
        return f'<{tag}{gap} data-zh="{escape(chinese)}" data-en="{escape(english)}">{escape(shown)}</{tag}>'

    def word(self, key: str, tag: str = "span", attributes: str = "", **params: object) -> str:
        """A word of the catalogue."""
        return self.both(word(key, "zh", **params), word(key, "en", **params), tag, attributes)

    def label(self, key: str, attribute: str) -> str:
        """An attribute (`placeholder`, `aria-label`) that the switch changes too."""
        chinese, english = word(key, "zh"), word(key, "en")
        shown = chinese if self.ledger.language == "zh" else english
        return (
            f'{attribute}="{escape(shown)}" data-attr="{attribute}" '
            f'data-zh="{escape(chinese)}" data-en="{escape(english)}"'
        )
