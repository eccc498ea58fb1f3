"""The list of units and one unit."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.web.base.parsing import number_of
from guatu.web.directory.fields import options
from guatu.web.directory.forms import AliasForm
from guatu.web.directory.models import UnitVersion
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.rights import check_view, context_for_edit, visible_units
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.selectors.unit_page import unit_page
from guatu.web.directory.selectors.units import PER_PAGE, UnitFilter, branch, list_units
from guatu.web.kit.guard import actor_of, login_required
from guatu.web.kit.values import on_of, text_of


@login_required
def unit_list(request: HttpRequest) -> HttpResponse:
    """Units as of a day, as a tree or as far as a filter finds them."""
    on, actor = on_of(request), actor_of(request)
    wanted = UnitFilter(request.GET.get("q", "").strip(), request.GET.get("category", ""), request.GET.get("line", ""))
    number = number_of(request.GET.get("page")) or 1
    listing = list_units(actor, on, wanted, number)
    context = {
        "on": on,
        "wanted": wanted,
        "listing": listing,
        "page": Paginator(range(listing.found), PER_PAGE).get_page(number) if wanted else None,
        "categories": UnitVersion.Category.choices,
        "lines": UnitVersion.Line.choices,
        "here": "units",
        **context_for_edit(actor),
    }
    return render(request, "directory/unit_list.html", context)


@login_required
def unit_branch(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows directly under a unit, for opening it in the tree."""
    depth = min(number_of(request.GET.get("depth")) or 1, 20)
    rows = branch(actor_of(request), on_of(request), pk, depth)
    return render(request, "directory/_unit_rows.html", {"rows": rows, "on": on_of(request), "under": pk})


@login_required
def unit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    on = on_of(request)
    page = unit_page(actor_of(request), pk, on)
    context = {
        "on": on,
        "page": page,
        "alias_form": AliasForm(),
        "here": "units",
        **context_for_edit(actor_of(request)),
    }
    return render(request, "directory/unit_detail.html", context)


@login_required
def unit_options(request: HttpRequest) -> HttpResponse:
    """Names for the field in which a unit is typed."""
    tree = unit_tree(on_of(request))
    allowed = visible_units(actor_of(request), tree.nodes)
    found = options(_typed(request), (node for node in tree.nodes.values() if node.id in allowed))
    return render(request, "directory/_options.html", {"options": found, "typed": _typed(request)})


@login_required
def place_options(request: HttpRequest) -> HttpResponse:
    """Names for the field in which a place is typed."""
    check_view(actor_of(request))
    found = options(_typed(request), place_tree(on_of(request)).nodes.values())
    return render(request, "directory/_options.html", {"options": found, "typed": _typed(request)})


def _typed(request: HttpRequest) -> str:
    """The field's own value: it is sent under the name of the field."""
    return next((text_of(request.GET, name) for name in request.GET if name != "on"), "")[:120]
