"""The parts of a list that a `Table` declares: filters, rows, totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from guatu.web.base.templatetags.guatu_tags import options, query
from guatu.web.kit.table.columns import Column
from guatu.web.kit.table.filters import Choices, Choose, Filter, States
from guatu.web.kit.table.table import TablePage
from guatu.web.kit.templatetags.kit import PAGES, narrowed, sorted_head

register = template.Library()


@register.inclusion_tag("kit/filters.html", takes_context=True)
def list_filters(context: dict[str, Any]) -> dict[str, Any]:
    """The numbers of each state and the controls of the filters; on paper, what was asked for."""
    found: TablePage[Any, Any] = context["list"]
    actor = context["actor"]
    filters = [one for one in found.table.filters if not one.hidden]
    choices = {one.name: list(one.choices_for(actor)) for one in filters}
    controls = [
        (one, _chosen(one, found.wanted.get(one.name), choices[one.name])) for one in filters if one.control != "states"
    ]
    gone = {*(one.name for one, _element in controls), *PAGES}
    return {
        "title": found.table.title,
        "states": [_states(context, one, choices[one.name]) for one in filters if isinstance(one, States)],
        "controls": controls,
        "kept": [(name, value) for name, value in context["request"].GET.items() if name not in gone],
        "open": narrowed(context),
        "said": [
            f"{one.label}:{one.said(found.wanted[one.name], choices[one.name])}"
            for one in filters
            if one.name in found.wanted
        ],
    }


def _states(context: dict[str, Any], one: States, choices: Choices) -> dict[str, Any]:
    found = context["list"]
    here = found.wanted[one.name]
    ways = {"page": None, "before": None, "after": None}
    links = [
        (query(context, **{one.name: name}, **ways), name == here, name == one.late, found.counts[str(name)], words)
        for name, words in choices
    ]
    return {"label": one.label, "links": links}


def _chosen(one: Filter, value: Any, choices: Choices) -> SafeString:
    """The control of a filter as it stands."""
    attrs = {"id": f"f-{one.name}", "name": one.name}
    if one.control == "select":
        given = one.offered(choices) if isinstance(one, Choose) else choices
        return format_html(
            '<select class="form-select"{}>{}</select>', flatatt(attrs), options(given, one.typed(value))
        )
    if one.control == "flag":
        box = {**attrs, "type": "checkbox", "value": "1", "class": "form-check-input", "checked": bool(value)}
        return format_html("<input{}>", flatatt(box))
    box = {**attrs, "type": one.control, "value": one.typed(value), "class": "form-control"}
    return format_html("<input{}>", flatatt(box | ({"data-find": True} if one.control == "search" else {})))


@register.inclusion_tag("kit/table.html", takes_context=True)
def list_table(context: dict[str, Any], attributes: str = "") -> dict[str, Any]:
    """The rows of the list, its totals and the ways to its other pages."""
    found: TablePage[Any, Any] = context["list"]
    actor = context["actor"]
    columns = [one for one in found.table.columns_for(actor) if one.on_page]
    return {
        **_table(context, columns, found.lines, found.sort),
        "label": found.table.title,
        "attributes": mark_safe(attributes),
        "foot": _foot(columns, [str(one.label) for one in columns], found) if found.lines else [],
        "title": str(found.table.empty.title),
        "hint": found.table.empty.hint_for(actor),
        **_ways(context),
    }


@register.inclusion_tag("kit/empty.html", takes_context=True)
def list_empty(context: dict[str, Any]) -> dict[str, Any]:
    """What stands where the list has no rows, for a page that shows them otherwise than as a table."""
    said = context["list"].table.empty
    return {"title": said.title, "hint": said.hint_for(context["actor"])}


@register.inclusion_tag("kit/ways.html", takes_context=True)
def list_ways(context: dict[str, Any]) -> dict[str, Any]:
    """The ways to the other pages of the list."""
    return _ways(context)


def _ways(context: dict[str, Any]) -> dict[str, Any]:
    found: TablePage[Any, Any] = context["list"]
    sizes = found.table.sizes if found.count > found.table.size else ()
    links = [(one, query(context, rows=one, page=None, before=None, after=None), one == found.size) for one in sizes]
    return {"sizes": links, **{name: context.get(name) for name in ("request", "page", "part")}}


@register.inclusion_tag("kit/rows.html", takes_context=True)
def rows_table(
    context: dict[str, Any],
    columns: Sequence[Column[Any]],
    rows: Iterable[Any],
    label: str,
    title: str = "",
    hint: str = "",
    foot: Any = None,
) -> dict[str, Any]:
    """Rows of a page's side matter under columns, without filters and pages; `title` is said where there are none.
    `foot` is a row that sums the others up."""
    shown = [one for one in columns if one.on_page and (not one.needs or context["actor"].may(one.needs))]
    labels = [str(one.label) for one in shown]
    below = [] if foot is None else [cells for _foot, cells in _body(context, shown, labels, [foot])]
    return {**_table(context, shown, rows, None), "label": label, "title": title, "hint": hint, "foot": below}


def _table(
    context: dict[str, Any], columns: list[Column[Any]], rows: Iterable[Any], sort: str | None
) -> dict[str, Any]:
    labels = [str(one.label) for one in columns]
    return {
        "heads": [_head(context, one, sort) for one in columns],
        # A row that says by `tone` how it stands out has that as its class.
        "body": [_row(row, cells) for row, cells in _body(context, columns, labels, rows)],
    }


def _row(row: Any, cells: SafeString) -> SafeString:
    tone = getattr(row, "tone", "")
    return format_html("<tr{}>{}</tr>", flatatt({"class": tone} if tone else {}), cells)


def _head(context: dict[str, Any], column: Column[Any], sort: str | None) -> SafeString:
    if column.sort and sort is not None:
        return sorted_head(context, column.key, str(column.label), sort)
    if not str(column.label):
        return mark_safe("<td></td>")
    return format_html(
        '<th scope="col"{}>{}</th>', flatatt({"class": column.classes} if column.classes else {}), column.label
    )


def _rendered(context: Any, template: str, row: Any) -> SafeString:
    """Within the page's own context, which is made once: the processors of a new one would ask the database again."""
    with context.push(row=row):
        inside: str = context.template.engine.get_template(template).render(context)
    return mark_safe(inside.strip())


def _body(
    context: Any, columns: list[Column[Any]], labels: list[str], rows: Iterable[Any]
) -> list[tuple[Any, SafeString]]:
    """The rows with their cells; what all cells of a column have in common is put together once."""
    frames = []
    for column, label in zip(columns, labels, strict=True):
        attrs = {"class": column.classes or None, "data-label": label or None, "scope": "row" if column.head else None}
        name = "th" if column.head else "td"
        kept = flatatt({key: value for key, value in attrs.items() if value is not None})
        frames.append((f"<{name}{kept}>", f"</{name}>", column))
    return [
        (
            row,
            mark_safe(
                "".join(
                    f"{start}{_rendered(context, one.template, row) if one.template else one.markup(row)}{end}"
                    for start, end, one in frames
                )
            ),
        )
        for row in rows
    ]


def _foot(columns: list[Column[Any]], labels: list[str], found: TablePage[Any, Any]) -> list[SafeString]:
    """What stands below the columns; the first one without a total says how many rows there are."""
    said = gettext("共 %(n)s 条") % {"n": f"{found.count:,}"}
    cells = []
    for column, label in zip(columns, labels, strict=True):
        total = found.totals.get(column.key)
        if total is None and said and label:
            cells.append(format_html('<th scope="row">{}</th>', said))
            said = ""
            continue
        attrs = flatatt({"class": column.classes, "data-label": label}) if total is not None else ""
        cells.append(format_html("<td{}>{}</td>", attrs, "" if total is None else total))
    return cells
