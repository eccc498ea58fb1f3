"""Settings of cases: who may report what how often, and how long a case can be taken up again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guatu.core.fields.choice import Choice
from guatu.core.fields.number import Number
from guatu.core.fields.text import Text
from guatu.web.base.declarations import Cell, Declared, One, Rows, Several
from guatu.web.base.roles import role_words
from guatu.web.base.settings import CASE_GROUP, CASES

MOST: Mapping[str, int] = {"report": 20, "track": 120, "rate": 20, "open311": 2000}
"""Uses of the public pages by one address in an hour."""
_USES = {
    "report": ("上报", "reporting"),
    "track": ("查询", "looking a case up"),
    "rate": ("评价", "rating"),
    "open311": ("接口上报", "reports of programs"),
}


def _packs() -> dict[str, tuple[str, str]]:
    from guatu.web.cases.library import library, packs_with_public_classes

    return {name: (library().title(name, "zh"), library().title(name, "en")) for name in packs_with_public_classes()}


def _posts() -> Choice:
    """The posts of all packs: `pack/post` and the words of both."""
    from guatu.web.cases.library import library
    from guatu.web.cases.posts import posts_of_pack

    found = {}
    for pack in library().packs:
        titles = library().title(pack, "zh"), library().title(pack, "en")
        for post in posts_of_pack(pack).rows:
            found[f"{pack}/{post.id}"] = (f"{titles[0]} · {post.zh}", f"{titles[1]} · {post.en}")
    return Choice(options=found, required=True)


def _roles() -> Choice:
    return Choice(options=role_words())


def _pairs(name: str, value: str, kept: Any) -> Any:
    return [{name: key, value: one} for key, one in kept.items()] if isinstance(kept, Mapping) else kept


PUBLIC_PACKS = Declared(
    "cases.public-packs",
    Several(_packs),
    lambda: tuple(_packs()),
    label=_("群众可以直接上报的业务"),
    help=_("不登录也能在公开页面上报的业务;哪些类别可以上报由业务包规定,涉密的业务不公开。"),
    group=CASE_GROUP,
    permission=CASES,
)
POSTS: Declared[Any] = Declared(
    "cases.posts",
    Rows(
        (Cell("post", _("岗位"), _posts), Cell("roles", _("角色"), _roles, several=True)),
        dict[str, list[str]],
        fold=lambda rows: {row["post"]: row.get("roles", []) for row in rows},
        unfold=lambda kept: _pairs("post", "roles", kept),
    ),
    dict,
    label=_("岗位由哪些角色担任"),
    help=_("流程里的岗位由县里的哪些角色担任;没有写的岗位照常。"),
    group=CASE_GROUP,
    permission=CASES,
)
PUBLIC_PER_HOUR: Declared[Any] = Declared(
    "cases.public-per-hour",
    Rows(
        (
            Cell("use", _("用途"), Choice(options=_USES, required=True)),
            Cell("most", _("每小时最多次数"), Number(places=0, least=Decimal(1), most=Decimal(100_000), required=True)),
        ),
        dict[str, int],
        fold=lambda rows: {**MOST, **{row["use"]: row["most"] for row in rows}},
        unfold=lambda kept: _pairs("use", "most", kept),
    ),
    lambda: dict(MOST),
    label=_("公开页面的使用次数"),
    help=_("同一网络地址一小时内最多使用公开页面多少次;没有写的用途照常。"),
    group=CASE_GROUP,
    permission=CASES,
)


def _ways_wrong(rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    for row in rows:
        if "://" not in str(row.get("url", "")) or "{to}" not in str(row.get("url", "")):
            yield gettext("地址应写明种类和 {to},如 mailtos://用户:口令@邮件服务器?to={to}。")


WAYS: Declared[Any] = Declared(
    "cases.ways",
    Rows(
        (
            Cell("name", _("名称"), Text(longest=40, required=True)),
            Cell("url", _("地址"), Text(longest=500, required=True), width="col-wide"),
        ),
        tuple[dict[str, str], ...],
    ),
    (),
    label=_("怎样告知反映人"),
    help=_("反映人可以选择的告知方式:邮件、短信网关、企业微信等,按 Apprise 的写法,{to} 处填反映人的号码或邮箱。"),
    group=CASE_GROUP,
    permission=CASES,
    absent=_("只在网页上查询"),
    check=_ways_wrong,
    secret=True,
)
REOPEN_DAYS = Declared(
    "cases.reopen-days",
    One(Number(places=0, least=Decimal(0), most=Decimal(3650), required=True)),
    30,
    label=_("办结后多少天内可以重新办理"),
    help=_("反映人凭查询码要求重新办理的期限,从办结那天算起。"),
    group=CASE_GROUP,
    permission=CASES,
)
