"""What other engines and editors have put into a file: listed by namespace with its count, and programs by their
place. All of it stays in the file and none of it is run."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from guatu.adapters.flows.bpmn.elements import BPMN, PROGRAMS, line_of, named, words
from guatu.adapters.flows.bpmn.problems import CODE, EXTENSION
from guatu.adapters.flows.xml import GUATU, local_name, namespace
from guatu.core.kernel.file_finding import FileFinding, file_finding

_OF_BPMN = frozenset(
    {
        BPMN,
        GUATU,
        "",
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
        "http://www.omg.org/spec/DD/20100524/DI",
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://www.w3.org/XML/1998/namespace",
        # Colours of the drawing, which our own editor writes too.
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    }
)


def extensions(root: etree._Element, file: str) -> Iterator[FileFinding]:
    """One warning for each namespace that is none of BPMN's, at the first place where it is used."""
    count: Counter[str] = Counter()
    first: dict[str, int] = {}
    for element in root.iter():
        names = [namespace(element), *(str(key)[1:].partition("}")[0] for key in element.attrib if str(key)[0] == "{")]
        for name in names:
            if name not in _OF_BPMN:
                count[name] += 1
                first.setdefault(name, line_of(element))
    for name, times in count.items():
        yield file_finding(EXTENSION, file, first[name], "", namespace=name, count=times)


def programs(process: etree._Element, file: str) -> Iterator[FileFinding]:
    """Scripts that hide in extensions, conditions and events; those of script tasks are named with their task."""
    for element in process.iter():
        name, parent = local_name(element), element.getparent()
        if not name.lower().endswith("script") or parent is None or parent is process:
            continue
        if local_name(parent) not in PROGRAMS or namespace(parent) != BPMN:
            owner = next((one for one in element.iterancestors() if one.get("id")), element)
            yield file_finding(CODE, file, line_of(element), named(element), kind=name, name=words(owner))
