"""What the pages of units, places, people and accounts show and do, for programs: declared, not written."""

from __future__ import annotations

from guatu.web.base.actions.lift_slowdowns import LiftSlowdowns
from guatu.web.base.actions.revoke_token import RevokeToken
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.directory.actions.add_alias import AddAlias
from guatu.web.directory.actions.add_post import AddPost
from guatu.web.directory.actions.change_place import ChangePlace
from guatu.web.directory.actions.change_user import ChangeUser
from guatu.web.directory.actions.end_grant import EndGrant
from guatu.web.directory.actions.end_place import EndPlace
from guatu.web.directory.actions.end_post import EndPost
from guatu.web.directory.actions.end_unit import EndUnit
from guatu.web.directory.actions.grant_role import GrantRole
from guatu.web.directory.actions.merge_units import MergeUnits
from guatu.web.directory.actions.remove_alias import RemoveAlias
from guatu.web.directory.actions.remove_second_factor import RemoveSecondFactor
from guatu.web.directory.actions.rename_unit import RenameUnit
from guatu.web.directory.actions.save_person import SavePerson
from guatu.web.directory.actions.set_user_active import SetUserActive
from guatu.web.directory.actions.split_unit import SplitUnit
from guatu.web.directory.selectors.accounts import ACCOUNTS, check_may_keep
from guatu.web.directory.selectors.people import PEOPLE
from guatu.web.directory.selectors.rights import check_view
from guatu.web.directory.selectors.slowdowns import SLOWDOWNS
from guatu.web.kit.offered import offer, offer_list

router = ScopedRouter(write="directory", tags=["directory"])

offer_list(router, "/people", PEOPLE, check_view, "People with their posts")
offer_list(router, "/accounts", ACCOUNTS, check_may_keep, "Accounts with their roles")
offer_list(router, "/slowdowns", SLOWDOWNS, check_may_keep, "What slows down logging in, newest first")
offer(router, "/slowdowns/lift", LiftSlowdowns, "Lift what slows down logging in", scope="setup")

offer(router, "/units/{unit_id}/rename", RenameUnit, "Rename a unit from a day on")
offer(router, "/units/{unit_id}/end", EndUnit, "End a unit from a day on")
offer(router, "/units/{unit_id}/split", SplitUnit, "Split a unit from a day on")
offer(router, "/units/merge", MergeUnits, "Merge units from a day on")
offer(router, "/units/{unit_id}/aliases", AddAlias, "Add another name of a unit")
offer(router, "/units/{unit_id}/aliases/{alias_id}/remove", RemoveAlias, "Take another name off a unit")
offer(router, "/places/{place_id}", ChangePlace, "Change a place from a day on; nothing before it changes")
offer(router, "/places/{place_id}/end", EndPlace, "End a place from a day on")
offer(router, "/people", SavePerson, "Add a person", without=("person_id", "seen"))
offer(router, "/people/{person_id}", SavePerson, "Change a person")
offer(router, "/people/{person_id}/posts", AddPost, "Give a person a post")
offer(router, "/posts/{post_id}/end", EndPost, "End a post from a day on")
offer(router, "/accounts/{user_id}", ChangeUser, "Change what an account is called", scope="setup")
offer(router, "/accounts/{user_id}/grants", GrantRole, "Give an account a role", scope="setup")
offer(
    router, "/tokens/{token_id}/revoke", RevokeToken, "Revoke a token: one's own, or that of an account", scope="setup"
)
offer(router, "/grants/{grant_id}/end", EndGrant, "End a role of an account from a day on", scope="setup")
offer(router, "/accounts/{user_id}/active", SetUserActive, "Open or shut an account", scope="setup")
offer(
    router,
    "/accounts/{user_id}/second-factor/remove",
    RemoveSecondFactor,
    "Take the second factor off an account whose owner lost it",
    scope="setup",
)
