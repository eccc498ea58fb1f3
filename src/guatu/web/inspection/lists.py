"""The lists of a draw as values: who is on them, who is left out and why, and the order that the core draws by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db.models import Max

from guatu.core.cases.sampling.draw import CONFLICT, DrawOrder, Excluded, recently_inspected, wanted_by_share
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.inspection.models import Draw, DrawnObject, InspectionObject, Inspector, InspectorConflict

SAME_UNIT = ("同一单位", "same unit")
RISK_WORDS = {"high": ("高风险", "high risk"), "medium": ("中风险", "medium risk"), "low": ("低风险", "low risk")}
AWAY = ("请假", "on leave")
NEVER = (DrawnObject.Result.PENDING, DrawnObject.Result.GONE)
"""Results after which nobody can be said to have been inspected."""


def lists_of(draw: Draw) -> dict[str, Any]:
    """The lists as they stand, in order of codes and numbers, as JSON holds them.

    Inspectors are there by number and unit; nothing else of a person is, since all of this is published.
    """
    units = unit_tree(draw.draw_on)
    objects = list(_objects(draw))
    inspectors = list(Inspector.objects.filter(active=True).order_by("number"))
    excluded = [*_excluded_objects(draw, objects), *(_away(one) for one in inspectors if _is_away(one, draw))]
    risks = {one.code: one.risk for one in objects}
    return {
        "objects": [
            {"code": one.code, "name": one.name, "risk": one.risk, "unit": units.name(one.unit_id)} for one in objects
        ],
        "inspectors": [{"number": one.number, "unit": units.name(one.unit_id)} for one in inspectors],
        "excluded": [{"name": one.name, "zh": one.zh, "en": one.en} for one in excluded],
        "conflicts": _conflicts(objects, inspectors),
        "percent": dict(draw.percent),
        "wanted": wanted_by_share(list(risks), risks, draw.percent),
        "inspectors_each": draw.inspectors_each,
    }


def _objects(draw: Draw) -> Any:
    rows = InspectionObject.objects.filter(active=True)
    return (rows.filter(category=draw.category) if draw.category else rows).order_by("code")


def _excluded_objects(draw: Draw, objects: list[InspectionObject]) -> list[Excluded]:
    named = [
        Excluded(one.object.code, one.reason, one.reason)
        for one in draw.exclusions.select_related("object").order_by("object__code")
    ]
    if not draw.recent_days:
        return named
    codes = {one.pk: one.code for one in objects}
    rows = DrawnObject.objects.filter(object__in=codes, inspected_on__isnull=False).exclude(result__in=NEVER)
    last = dict(rows.values_list("object").annotate(day=Max("inspected_on")))
    out = {one.name for one in named}
    recent = recently_inspected({codes[pk]: day for pk, day in last.items()}, draw.draw_on, draw.recent_days)
    return [*named, *(one for one in recent if one.name not in out)]


def _is_away(one: Inspector, draw: Draw) -> bool:
    return one.away_from is not None and one.away_until is not None and one.away_from <= draw.draw_on <= one.away_until


def _away(one: Inspector) -> Excluded:
    return Excluded(one.number, *AWAY)


def _conflicts(objects: list[InspectionObject], inspectors: list[Inspector]) -> list[list[str]]:
    """(object, inspector, Chinese, English): people of the object's own unit, and the pairs that were told."""
    codes = {one.pk: one.code for one in objects}
    numbers = {one.pk: one.number for one in inspectors}
    found = {
        (thing.code, who.number): SAME_UNIT
        for thing in objects
        if thing.unit_id is not None
        for who in inspectors
        if who.unit_id == thing.unit_id
    }
    for row in InspectorConflict.objects.filter(object__in=codes, inspector__in=numbers):
        found[codes[row.object_id], numbers[row.inspector_id]] = (CONFLICT.zh, CONFLICT.en)
    return [[code, number, zh, en] for (code, number), (zh, en) in sorted(found.items())]


def order_of(lists: Mapping[str, Any], seed: str) -> DrawOrder:
    """What is drawn from lists by a seed."""
    wanted = {risk: int(count) for risk, count in lists["wanted"].items()}
    return DrawOrder(
        seed=seed,
        objects=tuple(one["code"] for one in lists["objects"]),
        inspectors=tuple(one["number"] for one in lists["inspectors"]),
        wanted=sum(wanted.values()),
        inspectors_each=lists["inspectors_each"],
        conflicts=frozenset((code, number) for code, number, *_why in lists["conflicts"]),
        excluded=tuple(Excluded(one["name"], one["zh"], one["en"]) for one in lists["excluded"]),
        classes={one["code"]: one["risk"] for one in lists["objects"]},
        wanted_of=wanted,
    )


def published_bytes(lists: Mapping[str, Any]) -> bytes:
    """The lists as the file that is published and whose SHA-256 is; the same lists give the same bytes."""
    return json.dumps(lists, ensure_ascii=False, sort_keys=True, indent=1).encode()


def digest_of(lists: Mapping[str, Any]) -> str:
    return sha256(published_bytes(lists)).hexdigest()
