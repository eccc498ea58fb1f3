"""The lists of the campaign map as HTML.

A county's map is some thousand small values. Put together here they take a tenth of the time that the template
language takes for them, and this is the page that everybody opens in the morning.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape, unescape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guatu.web.dispatch.selectors.campaign import Campaign, Lights, UnitRow
from guatu.web.dispatch.selectors.delivered import NO_DOMAIN, lights_behind, reports_behind
from guatu.web.dispatch.selectors.sealing import COLOURS


@dataclass(frozen=True)
class Tile:
    """How many lights of a colour there are, on how many tasks and units, and where they are listed."""

    colour: str
    lights: int
    tasks: int
    units: int
    address: str


class CampaignTables:
    """Each value is escaped where it is put in."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self._shown = {"period": campaign.key, "plan": campaign.plan_id}

    def units(self) -> SafeString:
        return mark_safe("".join(map(self._unit, self.campaign.units)))

    def _unit(self, row: UnitRow) -> str:
        return (
            f'<tr data-unit="{row.unit_id}"><th scope="row"><a href="{self._lights(unit=row.unit_id)}">'
            f"{escape(row.name)}</a></th>{self._numbers(row.lights, unit=row.unit_id)}"
            f"{delivered(row, **self._shown)}</tr>"
        )

    def domains(self) -> SafeString:
        none = escape(_("未分领域"))
        return mark_safe(
            "".join(
                f'<tr><th scope="row"><a href="{self._lights(domain=name or NO_DOMAIN)}">{escape(name) or none}</a>'
                f"</th>{self._numbers(lights, domain=name or NO_DOMAIN)}</tr>"
                for name, lights in self.campaign.domains
            )
        )

    def trend(self) -> SafeString:
        rows = (
            f'<tr><th scope="row">{escape(key)}</th>{self._numbers(lights, period=key)}</tr>'
            for key, lights in self.campaign.trend
        )
        return mark_safe("".join(rows))

    def _numbers(self, lights: Lights, **asked: object) -> str:
        return numbers(lights, **{**self._shown, **asked})

    def _lights(self, **asked: object) -> str:
        return escape(lights_behind(**{**self._shown, **asked}))

    def _reports(self, **asked: object) -> str:
        return escape(reports_behind("", **{**self._shown, **asked}))

    def tiles(self) -> list[Tile]:
        """The sums above: lights, and beside them on how many tasks and units they stand."""
        counts, found = self.campaign, []
        for colour in COLOURS:
            lights, tasks, units = (getattr(one, colour) for one in (counts.total, counts.tasks, counts.units_with))
            found.append(Tile(colour, lights, tasks, units, unescape(self._lights(light=colour))))
        return found

    def reports(self) -> dict[str, str]:
        return {state: unescape(self._reports()) + f"&state={state}" for state in ("handed", "due")}


def numbers(lights: Lights, **asked: object) -> str:
    """Each number leads to the lights that it counts."""
    return "".join(
        f'<td class="num"><a href="{escape(lights_behind(light=colour, **asked))}">{getattr(lights, colour)}</a></td>'
        for colour in COLOURS
    )


def delivered(row: UnitRow, **asked: object) -> str:
    """What came of what was due, each a link to the reports that it counts."""
    of = {"unit": row.unit_id, **asked}
    counts = {"handed": row.handed_in, "due": row.due}
    links = (f'<a href="{escape(reports_behind(state, **of))}">{count}</a>' for state, count in counts.items())
    return f'<td class="num">{"/".join(links)}</td>'
