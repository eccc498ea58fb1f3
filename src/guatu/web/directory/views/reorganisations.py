"""Mergers and splits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.problems import NotNow, Problem
from guatu.web.directory.actions.merge_units import MergeUnits
from guatu.web.directory.actions.split_unit import Part, SplitUnit
from guatu.web.directory.models import Reorganisation, Unit
from guatu.web.directory.references import NamedUnit
from guatu.web.directory.selectors.in_hand import in_hand, mark, said
from guatu.web.directory.values import unit_values
from guatu.web.directory.views.unit_changes import EDIT, last_of
from guatu.web.kit.field import Field
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of
from guatu.web.kit.kinds import Choice, Code, Day, Text
from guatu.web.kit.pages import Sends, page
from guatu.web.kit.values import ids_in, text_of

MOST_MERGED, MOST_PARTS = 6, 4
DAY = Day("day", _("从哪天起"), required=True)
BASIS = Text("basis", _("依据文件"), longest=200)
INTO = Choice(
    "into",
    _("合并方式"),
    "radio",
    required=True,
    choices=[("first", _("并入第一个单位")), ("new", _("合并设立新单位"))],
)
NEW = (
    Code("code", _("新单位编码"), longest=40),
    Text("name", _("新单位全称"), longest=120),
    Text("short_name", _("新单位简称"), longest=60),
)
STAYS = Choice(
    "stays",
    _("原单位"),
    "radio",
    required=True,
    choices=[("yes", _("保留,分出新单位")), ("no", _("撤销,由新单位承接"))],
)
HEIR = Choice(
    "heir",
    _("撤销时,下级、人员和授权划入"),
    required=True,
    choices=[(str(n), _("新单位") + f" {n + 1}") for n in range(MOST_PARTS)],
)
MERGE = Form("merge", "", MergeUnits, said=_("合并已登记。"))
SPLIT = Form("split", "", SplitUnit, said=_("拆分已登记。"))


def _result(made: Reorganisation) -> str:
    """The page of the unit that is there afterwards."""
    return reverse("unit", args=[made.successions.order_by("id").values_list("new_id", flat=True)[0]])


def _merged() -> list[Field]:
    return [NamedUnit(f"unit_{n}", _("单位 %(n)d") % {"n": n}, required=n <= 2) for n in range(1, MOST_MERGED + 1)]


def _merger(request: HttpRequest) -> dict[str, Any]:
    ids = list(dict.fromkeys(unit for one in _merged() if (unit := one.typed(request)) is not None))
    into, (code, name, short_name) = INTO.typed(request), (one.typed(request) for one in NEW)
    held = in_hand(_going(ids, into))
    if mark(held) != text_of(request.POST, "agreed"):
        what = _("将移交的未了事项:%(what)s。请核对后再次提交。") % {"what": said(held)}
        raise NotNow(what, code="unit.to-hand-on", data={"holds": mark(held)})
    # A merger names its units here and now: the versions are those of this moment.
    seen = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "row_version"))
    new = None
    if into == "new" and ids:
        new = replace(unit_values(last_of(ids[0])[1]), name=name, short_name=short_name)
    return {
        "units": seen,
        "into": ids[0] if ids and into == "first" else None,
        "day": DAY.typed(request),
        "new_code": code,
        "new_values": new,
        "basis": BASIS.typed(request),
    }


def _going(ids: Sequence[int], into: str) -> Sequence[int]:
    return ids[1:] if into == "first" else ids


def _asked(request: HttpRequest) -> dict[str, Any]:
    given = ids_in(request.GET.get("units", "").split(","))
    named = {one.name: one.entered(pk) for one, pk in zip(_merged(), given, strict=False)}
    return {"day": actor_of(request).today, "into": "first", **named}


@page(EDIT, "directory/merge.html", sends=Sends(MERGE, _result, first=_asked, known=_merger))
def unit_merge(request: HttpRequest) -> dict[str, Any]:
    """?units=3,7 fills in the units."""
    held = in_hand(_going(*_named(request)))
    return {
        "units": _merged(),
        "into": [INTO],
        "new": NEW,
        "rest": [DAY, BASIS],
        "held": held,
        "agreed": mark(held),
    }


def _named(request: HttpRequest) -> tuple[list[int], str]:
    """The units that the page speaks of, as far as they can be read, and whether they go into the first."""
    if request.method != "POST":
        return list(ids_in(request.GET.get("units", "").split(","))), "first"
    try:
        ids = [unit for one in _merged() if (unit := one.typed(request)) is not None]
    except Problem:
        return [], "first"
    return list(dict.fromkeys(ids)), text_of(request.POST, "into")


def _parts() -> list[tuple[Field, Field]]:
    return [
        (
            Code(f"code_{n}", _("新单位 %(n)d 编码") % {"n": n}, required=n == 1, longest=40),
            Text(f"name_{n}", _("新单位 %(n)d 全称") % {"n": n}, required=n == 1, longest=120),
        )
        for n in range(1, MOST_PARTS + 1)
    ]


def _split(request: HttpRequest, pk: int) -> dict[str, Any]:
    version = last_of(pk)[1]
    given = [(code.typed(request), name.typed(request)) for code, name in _parts()]
    return {
        "unit_id": pk,
        "parts": tuple(
            Part(code, replace(unit_values(version), name=name, short_name="")) for code, name in given if code or name
        ),
        "stays": STAYS.typed(request) == "yes",
        "day": DAY.typed(request),
        "heir": int(HEIR.typed(request)),
        "heirs": {key: int(part) for key, one in _to(pk).items() if (part := one.typed(request))},
        "basis": BASIS.typed(request),
    }


def _to(pk: int) -> dict[str, Choice]:
    """Who takes over what the unit has in hand, by its kind."""
    parts = [(str(n), _("新单位") + f" {n + 1}") for n in range(MOST_PARTS)]
    stays = [("", _("留在原单位;撤销时归上面选的新单位")), *parts]
    return {one.key: Choice(f"to_{one.key}", f"{one.label} ({one.count})", choices=stays) for one in in_hand([pk])}


def _whole(request: HttpRequest, pk: int) -> dict[str, Any]:
    return {"seen": last_of(pk)[0].row_version, "day": actor_of(request).today, "stays": "yes"}


@page(EDIT, "directory/split.html", sends=Sends(SPLIT, _result, first=_whole, known=_split))
def unit_split(request: HttpRequest, pk: int) -> dict[str, Any]:
    name = last_of(pk)[1].name
    return {
        "page_title": _("拆分:%(name)s") % {"name": name},
        "back": reverse("unit", args=[pk]),
        "parts": [one for pair in _parts() for one in pair],
        "stays": [STAYS],
        "rest": [HEIR, DAY, BASIS],
        "held": in_hand([pk]),
        "to": list(_to(pk).values()),
    }
