"""Which numbered items are tasks, and whose they are."""

from collections.abc import Iterator, Sequence

import msgspec

from guatu.core.plan.commitments.duties import (
    DutyDraft,
    DutyText,
    duty_texts,
    read_charged,
    read_roles,
    read_sentences,
)
from guatu.core.plan.commitments.first_leads import bare_units, promote_first, unit_line, unit_tail
from guatu.core.plan.commitments.names import NOBODY, KnownNames
from guatu.core.plan.commitments.units import split_units
from guatu.core.plan.outline.assigned import FIRST_LEADS, units_in_heading
from guatu.core.plan.outline.model import Block, Node, OutlineDocument
from guatu.core.plan.outline.says import is_record_part, names_owner


class TaskDraft(msgspec.Struct):
    """A task: its number, its words, its units. `end` is the end of all text that belongs to it."""

    path: tuple[str, ...]
    title: str
    start: int
    end: int
    duties: list[DutyDraft]
    node: Node | None = None
    section_duties: list[DutyDraft] = []
    """Units named for the section above it, where it has none of its own."""
    merged: tuple[tuple[int, int], ...] = ()
    """Cells of its row that began in a row above: what they say holds for it too."""


class _Item(msgspec.Struct):
    """What the units in one item's own paragraphs say."""

    duties: list[DutyDraft]
    trailing: list[DutyDraft]
    """Duties of a paragraph of its own at the end, which may be meant for all items before it."""


def find_tasks(document: OutlineDocument, norm: str, known: KnownNames = NOBODY) -> list[TaskDraft]:
    """The tasks of one document in reading order.

    A task is the smallest item of the task part that has a heading or units of its own: the search goes down as
    long as the items below have either.
    """
    finder = _Finder(norm, known, first_leads=bool(FIRST_LEADS.search(norm, document.start, document.end)))
    finder.closing = max((block.start for block in document.blocks if block.marker), default=document.start)
    for root in _parts(document):
        finder.section(root)
    for task in finder.tasks:
        if task.node:
            task.node.is_task = True
    return finder.tasks


def _parts(document: OutlineDocument) -> list[Node]:
    """The highest items of the task part."""
    found: list[Node] = []
    stack = list(reversed(document.roots))
    while stack:
        node = stack.pop()
        if node.in_task_part:
            found.append(node)
        else:
            stack.extend(reversed(node.children))
    return found


class _Finder:
    def __init__(self, norm: str, known: KnownNames, *, first_leads: bool) -> None:
        self.norm = norm
        self.known = known
        self.first_leads = first_leads
        self.closing = 0
        """Where the last item begins: the paragraphs behind it may be the signature."""
        self.tasks: list[TaskDraft] = []
        self._items: dict[int, _Item] = {}

    def section(self, node: Node) -> None:
        """A section of the task part: itself no task when its title only says that tasks follow."""
        if not node.children and node.named and not self.item(node).duties:
            return
        self.descend(node, inherited=[])

    def descend(self, node: Node, inherited: list[DutyDraft]) -> None:
        own = self.item(node)
        duties = own.duties or inherited
        children = [(child, self.item(child)) for child in node.children if child.in_task_part]
        shared = self._shared(children)
        if children and self._goes_down(children, shared=bool(shared)):
            for child, item in children:
                item.duties = [] if shared else item.duties
                self.descend(child, shared or duties)
            return
        self.tasks.append(self._task(node, own.duties or shared, inherited))

    def _goes_down(self, children: Sequence[tuple[Node, _Item]], *, shared: bool) -> bool:
        if _is_record([child for child, _ in children]):
            return False
        headed = sum(child.headed for child, _ in children)
        if any(item.duties for _, item in children) and not shared:
            return True
        return headed * 2 >= len(children) or any(_has_headed(child) for child, _ in children)

    def _shared(self, children: Sequence[tuple[Node, _Item]]) -> list[DutyDraft]:
        """Units behind the last of several items, where no other item has any: they are meant for all of them."""
        if len(children) < 2 or any(item.duties for _, item in children[:-1]):
            return []
        item = children[-1][1]
        if item.trailing:
            return item.trailing
        if item.duties and not any(child.headed for child, _ in children):
            return item.duties
        return []

    def _task(self, node: Node, duties: list[DutyDraft], inherited: list[DutyDraft]) -> TaskDraft:
        if not duties and node.children:
            below = [d for child in _below(node) for d in self.item(child).duties]
            duties = unique(below)
        if not duties:
            duties = [d for one in (node, *_below(node)) for d in self._charged(one)]
        section = [] if duties else unique(inherited)
        return TaskDraft(node.path, node.title, node.start, node.end, unique(duties), node, section)

    def item(self, node: Node) -> _Item:
        """All duties in the paragraphs of one item."""
        known = self._items.get(node.start)
        if known is None:
            known = self._items[node.start] = self._read(node.blocks)
            known.duties = known.duties or list(self._heading(node))
        return known

    def _heading(self, node: Node) -> Iterator[DutyDraft]:
        """The units that a heading names and nothing else: (一)县教育局。组织线上教学."""
        length = units_in_heading(node.title) if node.headed else 0
        places = split_units(self.norm, node.title_start, node.title_start + length, self.known) if length else ()
        return (DutyDraft("responsible", name, at, stop) for name, at, stop in places)

    def _read(self, blocks: Sequence[Block]) -> _Item:
        duties: list[DutyDraft] = []
        trailing: list[DutyDraft] = []
        for i, block in enumerate(blocks):
            found, alone = self._block(block)
            if not found:
                found, alone = self._units(block)
            duties += found
            trailing = found if found and alone and i else []
        return _Item(unique(duties), unique(trailing))

    def _block(self, block: Block) -> tuple[list[DutyDraft], bool]:
        """Duties of one paragraph, and whether it consists of them."""
        start = block.marker.end if block.marker else block.start
        texts = list(duty_texts(self.norm, start, block.end, self.known))
        found = [d for t in texts for d in self._text(t)]
        if not found:
            found = self._bare(start, block.end)
        if not found:
            found = list(read_sentences(self.norm, start, block.end, self.known))
        return found, any(t.alone for t in texts)

    def _charged(self, node: Node) -> Iterator[DutyDraft]:
        starts = ((block.marker.end if block.marker else block.start, block.end) for block in node.blocks)
        return (d for start, end in starts for d in read_charged(self.norm, start, end, self.known))

    def _units(self, block: Block) -> tuple[list[DutyDraft], bool]:
        """Names of units that are a paragraph, or the end of one, and whether they are all of it.

        A name alone behind the last item is the signature.
        """
        alone = [] if block.marker else unit_line(self.norm, block.start, block.end, self.known)
        if block.start >= self.closing and len(alone) == 1:
            alone = []
        named = alone or unit_tail(self.norm, block.start, block.end, self.known)
        return (promote_first(named) if self.first_leads else named), bool(alone)

    def _bare(self, start: int, end: int) -> list[DutyDraft]:
        bare = bare_units(self.norm, start, end, self.known)
        return promote_first(bare) if self.first_leads else bare

    def _text(self, text: DutyText) -> list[DutyDraft]:
        drafts = list(read_roles(self.norm, text.inner_start, text.inner_end, self.known))
        return promote_first(drafts) if self.first_leads else drafts


def _is_record(children: Sequence[Node]) -> bool:
    """Problem, measure, unit, time limit as items of their own: parts of one task, one of them saying who or when."""
    labels = [child.title for child in children if is_record_part(child.title)]
    return len(labels) * 2 > len(children) and any(names_owner(label) for label in labels)


def _has_headed(node: Node) -> bool:
    return any(child.headed for child in node.children)


def _below(node: Node) -> list[Node]:
    return [n for child in node.children for n in (child, *_below(child))]


def unique(duties: Sequence[DutyDraft]) -> list[DutyDraft]:
    """Each unit once in each role, in the order in which they are named."""
    seen: dict[tuple[str, str], DutyDraft] = {}
    for duty in duties:
        seen.setdefault((duty.role, duty.unit), duty)
    return list(seen.values())
