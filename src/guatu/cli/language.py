"""The language that the program speaks: asked for with --lang, else from the environment, else Chinese."""

from collections.abc import Mapping, Sequence
from typing import Literal

Language = Literal["zh", "en"]
OPTION = "--lang"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language for a call.

    The option is looked for before anything is parsed, wherever it stands: errors of parsing have a language too.
    """
    return _asked(arguments) or _from(environment.get("GUATU_LANG")) or _from_locale(environment) or "zh"


def _asked(arguments: Sequence[str]) -> Language | None:
    for n, word in enumerate(arguments):
        if word == "--":
            break
        if word == OPTION and n + 1 < len(arguments):
            return _from(arguments[n + 1])
        if word.startswith(OPTION + "="):
            return _from(word.removeprefix(OPTION + "="))
    return None


def _from_locale(environment: Mapping[str, str]) -> Language | None:
    """The first variable that is set decides; a locale of another language than English gets Chinese."""
    return _from(next((environment[name] for name in _LOCALE if environment.get(name)), None))


def _from(value: str | None) -> Language | None:
    if not value:
        return None
    name = value.lower()
    if name.startswith("zh"):
        return "zh"
    return "en" if name.startswith("en") else None
