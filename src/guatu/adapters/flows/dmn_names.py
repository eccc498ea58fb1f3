"""What a DMN file says of its facts: input data, decisions, and the parts of structures, each with its type."""

from collections.abc import Iterator

from lxml import etree

from guatu.adapters.flows.xml import local_name, texts_of
from guatu.core.rules import Term, Vocabulary
from guatu.core.rules.vocabulary import Type, sayable

TYPES: dict[str, Type] = {
    "number": "number",
    "string": "text",
    "boolean": "boolean",
    "date": "day",
    "time": "time",
    "dateTime": "moment",
    "date and time": "moment",
    "dayTimeDuration": "duration",
    "days and time duration": "duration",
    "yearMonthDuration": "duration",
    "years and months duration": "duration",
}
"""The types of FEEL, in the spellings of all versions of DMN."""
MOST_PARTS = 2000
"""Parts of structures of a file; a structure may hold itself."""


class Names:
    """The facts of a file with their types; None where nothing is said of the type."""

    def __init__(self, root: etree._Element) -> None:
        self._items = {one.get("name") or "": one for one in root if local_name(one) == "itemDefinition"}
        self.types: dict[str, Type | None] = {}
        for owner in root:
            if local_name(owner) in ("inputData", "decision"):
                self._add(name_of(owner), type_ref(owner), frozenset())

    def words(self) -> Vocabulary:
        """The facts as a vocabulary, so that names with blanks and signs can be read."""
        known = {name: type_ for name, type_ in self.types.items() if sayable(name)}
        terms = tuple(Term(name, type_, name, name) for name, type_ in known.items() if type_)
        return Vocabulary(terms, tuple(name for name, type_ in known.items() if not type_))

    def type(self, ref: str) -> Type | None:
        """The type of the language that a reference comes to; None for structures and for what is not defined."""
        for _step in range(len(self._items) + 1):
            item = self._items.get(ref)
            if item is None:
                return TYPES.get(ref.rpartition(":")[2])
            if item.get("isCollection") == "true":
                return "list"
            ref = _ref(item)
        return None

    def allowed(self, ref: str) -> str:
        """The values that a type is limited to, as a cell lists them; "" where it is not."""
        item = self._items.get(ref)
        return (
            next((texts_of(one) for one in item if local_name(one) == "allowedValues"), "") if item is not None else ""
        )

    def _add(self, name: str, ref: str, above: frozenset[str]) -> None:
        if not name or name in self.types or len(self.types) >= MOST_PARTS:
            return
        self.types[name] = self.type(ref)
        if self.types[name] is None and ref in self._items and ref not in above:
            for part, part_ref in self._parts(self._items[ref]):
                self._add(f"{name}.{part}", part_ref, above | {ref})

    def _parts(self, item: etree._Element) -> Iterator[tuple[str, str]]:
        for part in item:
            if local_name(part) == "itemComponent":
                # A structure within a structure has no name of its own to be found by.
                name, ref = part.get("name") or "", _ref(part)
                if not ref and any(local_name(one) == "itemComponent" for one in part):
                    ref = f"{item.get('name')}.{name}"
                    self._items[ref] = part
                yield name, "list" if part.get("isCollection") == "true" else ref


def name_of(owner: etree._Element) -> str:
    """The name by which others know an input or a decision."""
    variable = next((one for one in owner if local_name(one) == "variable"), None)
    return (
        (variable.get("name") if variable is not None else "") or owner.get("name") or owner.get("id") or ""
    ).strip()


def type_ref(owner: etree._Element) -> str:
    variable = next((one for one in owner if local_name(one) == "variable"), None)
    return ((variable.get("typeRef") if variable is not None else "") or "").strip()


def _ref(item: etree._Element) -> str:
    own = next(((one.text or "").strip() for one in item if local_name(one) == "typeRef"), "")
    return own or (item.get("typeRef") or "").strip()
