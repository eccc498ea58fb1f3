"""Decision files as editors write them, put together from parts."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="{}" id="d" name="救助" namespace="x">'
NAMESPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)


def model(*parts: str, namespace: str = NAMESPACES[2]) -> str:
    return "\n".join((HEAD.format(namespace), *parts, "</definitions>"))


def fact(name: str, type_: str = "") -> str:
    said = f' typeRef="{type_}"' if type_ else ""
    return f'<inputData id="in_{name.replace(" ", "_")}" name="{name}"><variable name="{name}"{said}/></inputData>'


def need(kind: str, id_: str) -> str:
    owner = "knowledgeRequirement" if kind == "Knowledge" else "informationRequirement"
    return f'<{owner}><required{kind} href="#{id_}"/></{owner}>'


def literal(id_: str, name: str, text: str, *needs: str) -> str:
    logic = f"<literalExpression><text>{escape(text)}</text></literalExpression>"
    return f'<decision id="{id_}" name="{name}"><variable name="{name}"/>{"".join(needs)}{logic}</decision>'


def cells(kind: str, texts: Iterable[str]) -> str:
    return "".join(f"<{kind}><text>{escape(one)}</text></{kind}>" for one in texts)


def table(
    id_: str,
    name: str,
    asked: tuple[str, ...],
    sets: tuple[str, ...],
    *rules: tuple[str, ...],
    head: str = "",
    needs: str = "",
) -> str:
    """A table as an editor writes it; a rule is its cells, `sets` are whole output elements."""
    inputs = "".join(f"<input>{cells('inputExpression', (one,))}</input>" for one in asked)
    rows = "".join(
        f'<rule id="{id_}_{n}">{cells("inputEntry", rule[: len(asked)])}{cells("outputEntry", rule[len(asked) :])}</rule>'
        for n, rule in enumerate(rules, 1)
    )
    logic = f"<decisionTable {head}>{inputs}{''.join(sets)}{rows}</decisionTable>"
    return f'<decision id="{id_}" name="{name}"><variable name="{name}"/>{needs}{logic}</decision>'
