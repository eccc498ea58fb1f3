"""Who acts in a step where its drawing says so: the lane in which it lies becomes the post of that name."""

from collections.abc import Iterable

import msgspec

from guatu.core.cases.flow import Flow, Node
from guatu.core.cases.posts import Post


def post_names(posts: Iterable[Post]) -> dict[str, str]:
    """Posts by the names that a lane may give them: their keys, and their Chinese and English names, as long as no two
    posts are called the same."""
    rows = tuple(posts)
    named: dict[str, set[str]] = {}
    for row in rows:
        for name in (row.zh, row.en):
            named.setdefault(plain(name), set()).add(row.id)
    found = {name: next(iter(ids)) for name, ids in named.items() if name and len(ids) == 1}
    return {**found, **{plain(row.id): row.id for row in rows}}


def plain(name: str) -> str:
    """A name without the line breaks and capitals in which drawings differ."""
    return " ".join(name.split()).casefold()


def with_roles(flow: Flow, names: dict[str, str]) -> Flow:
    """The flow with a role in each step that has none of its own and lies in a lane that a post is called after."""
    return msgspec.structs.replace(flow, nodes=tuple(_with_role(node, names) for node in flow.nodes))


def _with_role(node: Node, names: dict[str, str]) -> Node:
    post = names.get(plain(node.lane)) if node.kind == "step" and not node.roles and node.lane else None
    return msgspec.structs.replace(node, roles=(post,)) if post else node
