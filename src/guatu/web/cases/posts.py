"""Which posts of a flow a user holds for a case. A pack says whose a post is; a county may name other roles for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q

from guatu.core.cases.flow import TIMER
from guatu.core.cases.posts import FALLBACK, Post, Posts
from guatu.core.pack.sections import posts as section
from guatu.web.base.actors import Actor, Grant
from guatu.web.base.permissions import permissions
from guatu.web.base.settings_table import setting
from guatu.web.cases.areas import NO_CASES, Reach, areas
from guatu.web.cases.library import library
from guatu.web.cases.models import Case

# Roles that act in the whole county even where they were granted for a unit.
COUNTY_ROLES = {*FALLBACK, "leader"}


def posts_of_pack(pack: str) -> Posts:
    """The posts of a pack; of one that is gone none is declared, and all of them are the desk's."""
    found = library().pack(pack)
    return found[section.SECTION].posts if found else Posts()


def roles_of(pack: str, post: str) -> set[str]:
    """The roles of the county that hold a post; the setting `cases.posts` goes over what the pack says, and no line of
    it leaves a post to nobody."""
    named: Mapping[str, Sequence[str]] = setting("cases.posts")
    return set(named.get(f"{pack}/{post}") or posts_of_pack(pack).post(post).roles)


def held_by(actor: Actor, pack: str, post: str) -> Q:
    """The cases of a pack in which the actor holds a post, as `posts_of` says it of one case."""
    found = NO_CASES
    for reach in _reaches(actor, pack, post):
        found |= reach.rows()
    return found


def posts_of(actor: Actor, case: Case, wanted: set[str]) -> list[str]:
    """Those of the posts `wanted` that the actor holds for the case, in order of name."""
    if actor.user is None and not actor.grants:
        return []
    return sorted(post for post in wanted if any(reach.has(case) for reach in _reaches(actor, case.pack, post)))


def _reaches(actor: Actor, pack: str, name: str) -> Iterator[Reach]:
    if name == TIMER:
        return
    roles, post = roles_of(pack, name), posts_of_pack(pack).post(name)
    for grant in actor.grants:
        if grant.role in roles:
            yield _granted(actor, grant, post)
    if actor.roles & set(FALLBACK):
        yield nobodys(actor, post, roles)


def _granted(actor: Actor, grant: Grant, post: Post) -> Reach:
    if grant.units is None or grant.role in COUNTY_ROLES or (post.owner == "county" and _sees_all(grant.role)):
        return Reach(everywhere=True)
    if post.owner == "unit":
        return Reach(units=grant.units)
    known = areas(actor)
    if post.owner == "county":
        # Nobody acts in a case that they may not see.
        return Reach(units=grant.units, places=known.of(grant.units).places)
    area = known.of(grant.units, post.level)
    return Reach(
        units=area.named,
        places=area.places,
        others=known.of_all(post.level).named - area.named,
        placed=area.units,
    )


def _sees_all(role: str) -> bool:
    return permissions().get(role, {}).get("case.view") == "all"


def nobodys(actor: Actor, post: Post, roles: set[str]) -> Reach:
    """The cases in which a post is nobody's: they have no unit yet, or their place has none in charge."""
    if post.owner == "county":
        return Reach(unowned=not any(_sees_all(role) for role in roles))
    return Reach(unowned=True) if post.owner == "unit" else Reach(outside=areas(actor).of_all(post.level))
