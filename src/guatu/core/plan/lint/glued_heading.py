"""A heading that stuck to the end of the paragraph before: …的新格局。(四)发展社会事业.

Readers and programs miss the item. A list that stands inside one paragraph throughout is right.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.plan.lint.siblings import sibling_lists
from guatu.core.plan.lint.view import LintView, Place, shortened

KIND = Kind(
    "plan.glued-heading",
    "error",
    zh="“{heading}”粘在上一段末尾，应另起一段{more_zh}",
    en="“{heading}” sticks to the paragraph before: begin a new one{more_en}",
)

_KINDS = frozenset({"章", "节", "条", "一、", "(一)", "1."})
_BEFORE = 10
_MOST = 8
"""Where more stick, the line breaks of the whole file were lost; one finding says so."""


def check(view: LintView) -> Iterator[Finding]:
    places = list(_places(view))
    if len(places) > _MOST:
        return view.folded(KIND, (("", place) for _, place in places))
    return view.folded(KIND, places)


def _places(view: LintView) -> Iterator[tuple[str, Place]]:
    for siblings in sibling_lists(view):
        nodes = siblings.nodes
        for index, node in enumerate(nodes):
            if not node.blocks[0].glued or node.marker.kind not in _KINDS:
                continue
            neighbour = nodes[index - 1] if index else nodes[1] if len(nodes) > 1 else siblings.parent
            if neighbour is not None and not neighbour.blocks[0].glued:
                heading = shortened(view.norm[node.start : max(node.title_end, node.marker.end)])
                yield (
                    str(node.start),
                    Place(
                        node.start - min(_BEFORE, node.start),
                        max(node.title_end, node.marker.end),
                        {"heading": heading},
                    ),
                )
