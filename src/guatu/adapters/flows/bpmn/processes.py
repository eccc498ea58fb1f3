"""Of several processes in one file, the one that cases follow: marked by our own attribute, or the only one with
anything in it. Pools that show nothing of their inside are no processes."""

import re

from lxml import etree

from guatu.adapters.flows.bpmn.elements import children, id_of, line_of, nodes_in, words
from guatu.adapters.flows.bpmn.problems import SEVERAL_PROCESSES
from guatu.adapters.flows.xml import GUATU, own, parse_xml
from guatu.core.kernel.file_finding import FileFinding, file_finding

_PIECE = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?P<tag>[^\s/>!?]+)(?P<rest>(?:[^>"']|"[^"]*"|'[^']*')*)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""\s+(?P<name>[^\s=/>]+)\s*=\s*(?P<value>"[^"]*"|'[^']*')""", re.DOTALL)


def chosen(root: etree._Element, file: str) -> tuple[etree._Element | None, list[FileFinding]]:
    """The process that runs, and that nobody has chosen where several could. None where there is none."""
    all_ = list(children(root, "process"))
    full = [process for process in all_ if nodes_in(process)]
    marked = [process for process in all_ if own(process, "run") == "true"]
    if len(marked) == 1 or (not marked and len(full) == 1):
        return (marked or full)[0], []
    if len(full) < 2 and not marked:
        return (all_[0] if all_ else None), []
    told = marked or full
    called = [(id_of(one) or "?", title(root, one)) for one in told]
    names = "、".join(f"{id_}({name})" if name else id_ for id_, name in called)
    return told[0], [file_finding(SEVERAL_PROCESSES, file, line_of(told[0]), id_of(told[0]), names=names)]


def title(root: etree._Element, process: etree._Element) -> str:
    """The name of a process, or that of its pool; "" where neither has one."""
    if words(process):
        return words(process)
    pools = (pool for group in children(root, "collaboration") for pool in children(group, "participant"))
    return next((words(pool) for pool in pools if (pool.get("processRef") or "").endswith(id_of(process) or "?")), "")


def processes_of(text: str) -> list[tuple[str, str, bool]]:
    """The processes that may be chosen: id, name, and whether it is the one that runs."""
    root, _found = parse_xml(text, "flow")
    if root is None:
        return []
    runs, several = chosen(root, "flow")
    full = [process for process in children(root, "process") if nodes_in(process) and id_of(process)]
    return [(id_of(one), title(root, one), one is runs and not several) for one in full]


def with_process(text: str, process: str) -> str:
    """The file with the mark at this process and at no other; all else stays as it is written, comments too.

    Raises ValueError for a process that is not there, and for a text that is no XML.
    """
    root, found = parse_xml(text, "flow")
    if root is None:
        raise ValueError("; ".join(one.text("en") for one in found))
    if process not in {id_of(one) for one in children(root, "process")}:
        raise ValueError(f"there is no process {process}")
    # The pieces of the text and the elements that were read come in the same order.
    marks = iter([element for element in root.iter() if isinstance(element.tag, str)])
    is_process = {id(one) for one in children(root, "process")}

    def marked(piece: re.Match[str]) -> str:
        if piece["tag"] is None:
            return piece[0]
        element = next(marks)
        if id(element) not in is_process:
            return piece[0]
        return f"<{piece['tag']}{_marked(element, piece['rest'], id_of(element) == process)}>"

    return _PIECE.sub(marked, text)


def renamed_process(text: str, old: str, new: str) -> str:
    """The file with another id for a process, there and where pools, drawings and calls refer to it; all else stays.

    Raises ValueError where the file has no such process, or something else is called so already.
    """
    root, found = parse_xml(text, "flow")
    if root is None:
        raise ValueError("; ".join(one.text("en") for one in found))
    ids = [id_of(one) for one in root.iter() if isinstance(one.tag, str)]
    if old not in {id_of(one) for one in children(root, "process")} or new in ids or ids.count(old) > 1:
        raise ValueError(f"process {old} cannot be called {new}")

    def renamed(piece: re.Match[str]) -> str:
        if piece["tag"] is None:
            return piece[0]
        is_process = piece["tag"].rpartition(":")[2] == "process"
        names = ("id",) if is_process else _REFERRING
        rest = _ATTRIBUTE.sub(lambda one: _with_id(one, names, old, new), piece["rest"])
        return f"<{piece['tag']}{rest}>"

    return _PIECE.sub(renamed, text)


_REFERRING = ("processRef", "bpmnElement", "calledElement")


def _with_id(attribute: re.Match[str], names: tuple[str, ...], old: str, new: str) -> str:
    value = attribute["value"]
    prefix, colon, name = value[1:-1].rpartition(":")
    if attribute["name"] not in names or name.strip() != old:
        return attribute[0]
    return attribute[0].replace(value, f"{value[0]}{prefix}{colon}{new}{value[0]}")


def _marked(element: etree._Element, rest: str, runs: bool) -> str:
    """The attributes of a start tag with our mark, or without it."""
    own_prefixes = [prefix for prefix, uri in element.nsmap.items() if uri == GUATU and prefix]
    ours = {f"{prefix}:run" for prefix in own_prefixes}
    kept = _ATTRIBUTE.sub(lambda one: "" if one["name"] in ours else one[0], rest)
    if not runs:
        return kept
    if own_prefixes:
        return f' {own_prefixes[0]}:run="true"{kept}'
    prefix = next(name for name in ("guatu", *(f"guatu{n}" for n in range(1, 99))) if name not in element.nsmap)
    return f' xmlns:{prefix}="{GUATU}" {prefix}:run="true"{kept}'
