"""Small flows written as text: `step a r c` lines and arrows `a -> b`, for tests of the core."""

import msgspec

from guatu.core.cases.flow import Arrow, Flow, Node


def flow(*nodes: Node, arrows: str) -> Flow:
    """Nodes with arrows like `a>b`, `g>b:move = "x"`, `g>b*` (default), `g>a!:...` (return)."""
    made = []
    for number, words in enumerate(arrows.split(";"), 1):
        ends, _, condition = words.strip().partition(":")
        source, _, target = ends.partition(">")
        verb = "return" if target.endswith("!") else ""
        made.append(
            Arrow(
                id=f"f{number}",
                source=source,
                target=target.rstrip("!*"),
                condition=condition,
                verb=verb,
                default=target.endswith("*"),
                line=100 + number,
            )
        )
    return Flow(id="p", nodes=nodes, arrows=tuple(made), line=1)


START, END = Node(id="s", kind="start", line=2), Node(id="e", kind="end", line=9)


def step(id_: str, line: int = 3, role: str = "r", clock: str = "c", **more: object) -> Node:
    return Node(id=id_, kind="step", name=id_, line=line, roles=(role,) if role else (), clock=clock, **more)  # type: ignore[arg-type]


def choice(id_: str) -> Node:
    return Node(id=id_, kind="choice", line=5)


def parallel(id_: str) -> Node:
    return Node(id=id_, kind="parallel", line=6)


def inclusive(id_: str) -> Node:
    return Node(id=id_, kind="inclusive", line=6)


def part(id_: str) -> Node:
    return Node(id=id_, kind="part", name=id_, line=7)


def inner(node: Node, around: str, **more: object) -> Node:
    """The same node within a part."""
    return msgspec.structs.replace(node, inside=around, **more)


def boundary(id_: str, host: str, **more: object) -> Node:
    return Node(id=id_, kind="boundary", name=id_, line=8, host=host, **more)  # type: ignore[arg-type]


TWO_STEPS = flow(
    START,
    step("a"),
    step("b", 4),
    choice("g"),
    END,
    arrows='s>a;a>b;b>g;g>e:move = "forward";g>a!:move = "back"',
)
