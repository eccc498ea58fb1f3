"""The map by a measure, its legend and its tables as HTML; put together here as in campaign_tables."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guatu.web.base.addresses import address_form
from guatu.web.base.language import joined
from guatu.web.base.templatetags.guatu_tags import light as light_tag
from guatu.web.dispatch.campaign_tables import delivered, numbers
from guatu.web.dispatch.selectors.delivered import lights_behind
from guatu.web.dispatch.selectors.map_measure import MeasuredMap, Painted
from guatu.web.dispatch.selectors.watched import Watched
from guatu.web.kit.values import iso

_UNITS_NAMED = 8


class MapTables:
    """Each value is escaped where it is put in."""

    def __init__(self, found: MeasuredMap, behind: Mapping[str, object] | None = None) -> None:
        """`behind` is what the lists behind the numbers are asked for. None: nothing is a link, for on the wall nobody
        has a mouse, and what had come by the end of a week is in no list."""
        self.found, self.behind = found, behind

    def towns(self) -> SafeString:
        """Outlines with their colours, and above all of them the names with the value."""
        painted = [one for one in self.found.towns if one.town]
        shapes = [self._outline(one) for one in painted]
        empty = [f'<path class="town shade-none" d="{town.path}"/>' for town in self.found.empty]
        names = [_name(one.town.label, one.town.name, one.shown or "—") for one in painted if one.town]
        names += [_name(town.label, town.name, "—") for town in self.found.empty]
        return mark_safe("".join([*empty, *shapes, *names]))

    def legend(self) -> SafeString:
        items = [
            f'<li><span class="shade shade-{one.shade}"></span>{escape(one.words)}'
            f" <small>{escape(_('%(n)d 个') % {'n': one.count})}</small></li>"
            for one in self.found.legend
        ]
        without = self.found.unknown + len(self.found.empty)
        if without:
            said = escape(_("没有可计的数"))
            count = escape(_("%(n)d 个") % {"n": without})
            items.append(f'<li><span class="shade shade-none"></span>{said} <small>{count}</small></li>')
        return mark_safe("".join(items))

    def rows(self) -> SafeString:
        return mark_safe("".join(map(self._row, self.found.towns)))

    def _outline(self, one: Painted) -> str:
        shade = "none" if one.shade is None else one.shade
        path = f'<path class="town shade-{shade}" d="{one.town.path if one.town else ""}"/>'
        if self.behind is None:
            return path
        said = escape(f"{one.row.name} {self.found.measure.title} {one.shown or _('没有可计的数')}")
        return f'<a href="{self._lights(one)}" aria-label="{said}">{path}</a>'

    def _lights(self, one: Painted) -> str:
        return escape(lights_behind(**{**(self.behind or {}), "unit": one.row.unit_id}))

    def _row(self, one: Painted) -> str:
        name, row, shade = escape(one.row.name), one.row, "none" if one.shade is None else one.shade
        lights, came = row.lights, f'<td class="num">{row.handed_in}/{row.due}</td>'
        if self.behind is None:
            head = name
            counts = "".join(f'<td class="num">{n}</td>' for n in (lights.red, lights.amber, lights.green, lights.grey))
        else:
            head = f'<a href="{self._lights(one)}">{name}</a>'
            counts = numbers(lights, **{**self.behind, "unit": row.unit_id})
            # No list has the reports of one domain.
            came = came if self.behind.get("domain") else delivered(row, **self.behind)
        return (
            f'<tr><td class="num">{one.place or "—"}</td><th scope="row">{head}</th>'
            f'<td class="num"><span class="shade shade-{shade}"></span>{escape(one.shown) or "—"}</td>'
            f"{counts}{came}</tr>"
        )


def watched_rows(found: list[Watched]) -> list[SafeString]:
    """Tasks to be watched, each with the units behind."""
    return [mark_safe(_watched(one)) for one in found]


def _watched(one: Watched) -> str:
    named = one.units[:_UNITS_NAMED]
    address = address_form("light_detail")
    units = joined(f'<a href="{address % pk}">{escape(name)}</a>' for name, _colour, pk in named)
    more = escape(_("等 %(n)d 个单位") % {"n": len(one.units)}) if len(one.units) > len(named) else ""
    title = f'<a href="{address_form("task_detail") % one.task_id}">{escape(one.task)}</a>'
    due = f'<span class="text-nowrap">{iso(one.due)}</span>' if one.due else ""
    return (
        f'<li class="watch"><span class="watch-light">{light_tag(one.colour)}</span>'
        f'<span class="watch-task">{title}</span><span class="watch-due">{due}</span>'
        f'<span class="watch-units">{units}{more}</span></li>'
    )


def _name(at: tuple[float, float], name: str, value: str) -> str:
    x, y = at
    return (
        f'<text class="town-name" x="{x}" y="{y}" aria-hidden="true">{escape(name)}'
        f'<tspan class="town-value" x="{x}" dy="1.15em">{escape(value)}</tspan></text>'
    )
