"""What the readers of single elements share: the file, what was found in it, and where an element lies."""

from dataclasses import dataclass, field

from lxml import etree

from guatu.adapters.flows.bpmn.elements import id_of, line_of, words
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind


@dataclass
class Reading:
    """A file that is being read, and all that was found in it."""

    root: etree._Element
    file: str
    found: list[FileFinding] = field(default_factory=list)

    def say(self, kind: Kind, element: etree._Element, /, **params: object) -> None:
        told = {"name": words(element), **params}
        self.found.append(file_finding(kind, self.file, line_of(element), id_of(element), **told))


@dataclass(frozen=True)
class Placed:
    """A flow node of the file: the part in which it lies, "" outside parts, and who acts there in words of the
    drawing."""

    element: etree._Element
    inside: str
    lane: str
