"""Which other plans of the system a plan has to do with: those it cites, those of its own number; and whose it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guatu.core.plan.diff.above import area_of_issuer, area_of_title, same_area
from guatu.core.plan.diff.likeness import plain
from guatu.web.base.actors import Actor
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.ledger.models import Plan, PlanVersion
from guatu.web.ledger.selectors.plans import visible_plans

SHORTEST = 6
"""A title shorter than this (工作方案) is no name by which a plan is known."""
_BRACKETS = str.maketrans(dict.fromkeys("〔[【(［", "〔") | dict.fromkeys("〕]】)］", "〕"))


@dataclass(frozen=True)
class OtherPlan:
    """Another plan as far as this one needs it: to be named and to be found by a citation."""

    pk: int
    title: str
    doc_no: str
    state: str


@dataclass(frozen=True)
class Related:
    """`cited` are the plans that the text names by number or title, `same_number` those that bear its own number."""

    cited: tuple[OtherPlan, ...]
    same_number: tuple[OtherPlan, ...]
    others: tuple[OtherPlan, ...]


def same_form(doc_no: str) -> str:
    """A document number as it is compared: 青政发[2026]3 号 is 青政发〔2026〕3号."""
    return plain(doc_no).translate(_BRACKETS).replace("第", "")


def related(plan: Plan, version: PlanVersion | None, actor: Actor) -> Related:
    """The other plans that the actor may see, newest first; one query."""
    rows = visible_plans(actor).exclude(pk=plan.pk).order_by("-created_at", "-id")
    others = tuple(OtherPlan(*row) for row in rows.values_list("pk", "title", "doc_no", "state"))
    own, title = same_form(plan.doc_no), plain(plan.title)
    same = tuple(one for one in others if own and same_form(one.doc_no) == own)
    numbers, titles = _citations(version)
    numbers -= {own}
    cited = [
        one
        for one in others
        if one not in same and (same_form(one.doc_no) in numbers or _named(one.title, titles, title))
    ]
    return Related(tuple(cited), same, others)


def _citations(version: PlanVersion | None) -> tuple[set[str], set[str]]:
    """Numbers and titles of the documents that the text of a version names."""
    numbers: set[str] = set()
    titles: set[str] = set()
    for one in _cited_in(version):
        if one.get("doc_no"):
            numbers.add(same_form(one["doc_no"]))
        titles.add(plain(one["title"]))
    return numbers, titles


def _cited_in(version: PlanVersion | None) -> Iterator[Mapping[str, Any]]:
    for document in (version.compiled or {}).get("documents", ()) if version else ():
        yield from document.get("citations", ())


def _named(title: str, titles: Iterable[str], own: str) -> bool:
    """Whether a title is among the cited ones, by itself or in that of the notice that issues it."""
    words = plain(title)
    if len(words) < SHORTEST or words == own:
        return False
    return any(words in cited and cited != own for cited in titles)


def foreign_area(plan: Plan, on: datetime.date) -> str:
    """The place that a plan is made for, where that is none of the county's; empty where it is, or nobody can tell."""
    area = area_of_issuer(plan.issuer) or area_of_title(plan.title)
    own = [node.name for node in place_tree(on).nodes.values() if node.level in ("county", "town")] if area else []
    return area if own and not any(same_area(area, name) or name in area for name in own) else ""
