"""The lists of the campaign map as HTML.

A county's map is some thousand small values. Put together here they take a tenth of the time that the template
language takes for them, and this is the page that everybody opens in the morning.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guatu.web.base.addresses import address_form
from guatu.web.base.templatetags.guatu_tags import light as light_tag
from guatu.web.dispatch.selectors.campaign import Campaign, Lights, Town, WorstRow
from guatu.web.kit.values import iso


class CampaignTables:
    """Each value is escaped where it is put in."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.tasks = escape(reverse("task_list"))

    def units(self) -> SafeString:
        return mark_safe(
            "".join(
                f'<tr data-unit="{row.unit_id}"><th scope="row"><a href="{self.tasks}?unit={row.unit_id}">'
                f"{escape(row.name)}</a>"
                f"</th><td>{light_tag(row.lights.worst)}</td>{_numbers(row.lights)}"
                f'<td class="num">{row.handed_in}/{row.due}</td></tr>'
                for row in self.campaign.units
            )
        )

    def domains(self) -> SafeString:
        none = escape(_("未分领域"))
        return mark_safe(
            "".join(
                f'<tr><th scope="row"><a href="{self.tasks}?domain={quote(name)}">{escape(name) or none}</a></th>'
                f"{_numbers(lights)}</tr>"
                for name, lights in self.campaign.domains
            )
        )

    def trend(self) -> SafeString:
        rows = (f'<tr><th scope="row">{escape(k)}</th>{_numbers(v)}</tr>' for k, v in self.campaign.trend)
        return mark_safe("".join(rows))

    def worst(self) -> SafeString:
        return mark_safe("".join(map(_worst, self.campaign.worst)))

    def towns(self) -> SafeString:
        """Outlines with their colours, and above all of them the names."""
        words = _("严重滞后 %(r)s,滞后 %(a)s,正常 %(g)s")
        shapes = (self._outline(town, words) for town in self.campaign.towns)
        return mark_safe("".join([*shapes, *map(_name, self.campaign.towns)]))

    def _outline(self, town: Town, words: str) -> str:
        if town.row is None:
            return f'<path class="town town-grey" d="{town.path}"/>'
        lights = town.row.lights
        numbers = words % {"r": lights.red, "a": lights.amber, "g": lights.green}
        said = escape(f"{town.name} {strip_tags(light_tag(lights.worst))} {numbers}")
        path = f'<path class="town town-{lights.worst}" d="{town.path}"/>'
        return f'<a href="{self.tasks}?unit={town.row.unit_id}" aria-label="{said}">{path}</a>'


def _numbers(lights: Lights) -> str:
    counts = (lights.red, lights.amber, lights.green, lights.grey)
    return "".join(f'<td class="num">{count}</td>' for count in counts)


def _name(town: Town) -> str:
    x, y = town.label
    lights = town.row.lights if town.row else None
    counts = f"■{lights.red} ▲{lights.amber} ●{lights.green}" if lights else ""
    below = f'<tspan x="{x}" dy="1.2em">{counts}</tspan>' if counts else ""
    return f'<text class="town-name" x="{x}" y="{y}" aria-hidden="true">{escape(town.name)}{below}</text>'


def _worst(row: WorstRow) -> str:
    light = light_tag(row.colour, address_form("light_detail") % row.pk)
    where = " · ".join(filter(None, (escape(row.unit), iso(row.due))))
    return (
        f'<li class="list-group-item d-flex gap-2"><span>{light}</span><span class="flex-fill">'
        f'<a href="{address_form("task_detail") % row.task_id}">{escape(row.task)}</a><br>'
        f'<small class="text-secondary">{where}</small></span></li>'
    )
