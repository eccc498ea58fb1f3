"""The list of units and one unit."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guatu.web.base.parsing import number_of
from guatu.web.directory.actions.add_alias import AddAlias
from guatu.web.directory.models import UnitVersion
from guatu.web.directory.selectors.named import options
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.rights import check_view, context_for_edit, visible_units
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.selectors.unit_page import POSTS, VERSIONS, unit_page
from guatu.web.directory.selectors.units import PER_PAGE, UnitFilter, branch, list_units
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import page
from guatu.web.kit.values import on_of, text_of


@page("", "directory/unit_list.html")
def unit_list(request: HttpRequest) -> dict[str, Any]:
    """Units as of a day, as a tree or as far as a filter finds them."""
    on, actor = on_of(request), actor_of(request)
    wanted = UnitFilter(request.GET.get("q", "").strip(), request.GET.get("category", ""), request.GET.get("line", ""))
    number = number_of(request.GET.get("page")) or 1
    listing = list_units(actor, on, wanted, number)
    return {
        "on": on,
        "wanted": wanted,
        "listing": listing,
        "page": Paginator(range(listing.found), PER_PAGE).get_page(number) if wanted else None,
        "categories": UnitVersion.Category.choices,
        "lines": UnitVersion.Line.choices,
        **context_for_edit(actor),
    }


@page("", "directory/_unit_rows.html")
def unit_branch(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The rows directly under a unit, for opening it in the tree."""
    depth = min(number_of(request.GET.get("depth")) or 1, 20)
    return {"rows": branch(actor_of(request), on_of(request), pk, depth), "on": on_of(request), "under": pk}


ADD_ALIAS = Form("alias", "alias_add", AddAlias, button=_("添加别名"), icon="plus", css="", said=_("别名已添加。"))


@page("", "directory/unit_detail.html")
def unit_detail(request: HttpRequest, pk: int, *_alias: int) -> dict[str, Any]:
    on, actor = on_of(request), actor_of(request)
    return {
        "on": on,
        "page": unit_page(actor, pk, on),
        "version_columns": VERSIONS,
        "post_columns": POSTS,
        "add_alias": ADD_ALIAS,
        **context_for_edit(actor),
    }


@page("", "directory/_options.html")
def unit_options(request: HttpRequest) -> dict[str, Any]:
    """Names for the field in which a unit is typed."""
    tree = unit_tree(on_of(request))
    allowed = visible_units(actor_of(request), tree.nodes)
    found = options(_typed(request), (node for node in tree.nodes.values() if node.id in allowed))
    return {"options": found, "typed": _typed(request)}


@page("", "directory/_options.html")
def place_options(request: HttpRequest) -> dict[str, Any]:
    """Names for the field in which a place is typed."""
    check_view(actor_of(request))
    found = options(_typed(request), place_tree(on_of(request)).nodes.values())
    return {"options": found, "typed": _typed(request)}


def _typed(request: HttpRequest) -> str:
    """The field's own value: it is sent under the name of the field."""
    return next((text_of(request.GET, name) for name in request.GET if name != "on"), "")[:120]
