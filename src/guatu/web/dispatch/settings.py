"""Settings of dispatch and supervision: by which rules lights are given, who reviews, how papers are headed, who is
told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guatu.core.dispatch.checks.figure import CheckRow
from guatu.core.dispatch.checks.registry import checks
from guatu.core.dispatch.ladder import Step, check_ladder
from guatu.core.dispatch.lights import WORDS, LightRule, check_light_rules
from guatu.core.dispatch.starting_rules import STARTING_LADDER, STARTING_RULES
from guatu.core.fields.choice import Choice
from guatu.core.fields.number import Number
from guatu.core.fields.text import Text
from guatu.core.fields.truth import Truth
from guatu.core.kernel.row_finding import RowFinding
from guatu.web.base.actors import Actor
from guatu.web.base.declarations import Cell, Declared, One, Rows, Tried
from guatu.web.base.language import joined, language
from guatu.web.base.settings import CALENDAR, DAY_CELLS, EDIT, RULES, twice

DISPATCH, PAPERS, NOTICES = _("调度"), _("公文"), _("通知")
CODE = Text(longest=40, required=True)
_ID = Cell("id", _("代号"), CODE, width="col-code", is_code=True)
_NAMES = (
    Cell("zh", _("名称"), Text(longest=80, required=True)),
    Cell("en", _("英文名称"), Text(longest=120, required=True)),
)
"""By which a rule is known to the program, and to people."""
_OWN = _("本程序的建议,没有标准可依")
_SEVERITIES = {"error": ("不能提交", "error"), "warning": ("提醒", "warning")}
_LEVELS = {
    "parent": ("乡镇(村报)", "the town above a village"),
    "lead": ("牵头单位", "the lead unit"),
    "supervision": ("督查室", "the supervision office"),
}


def _errors(found: Iterable[RowFinding]) -> list[str]:
    return [f"{one.row}: {one.message(language())}" for one in found if one.severity == "error"]


def _rules_wrong(rules: Sequence[LightRule]) -> Iterable[str]:
    return _errors(check_light_rules(rules)) if rules else [_none()]


def _ladder_wrong(steps: Sequence[Step]) -> Iterable[str]:
    return _errors(check_ladder(steps)) if steps else [_none()]


def _grave_wrong(steps: Sequence[Grave]) -> Iterable[str]:
    """A step that the ladder does not have would guard nothing, and nobody would notice."""
    from guatu.web.dispatch.selectors.ladder import ladder

    known = {step.id for step in ladder(timezone.localdate())}
    unknown = [one.step for one in steps if one.step not in known]
    return [gettext("督查阶梯中没有这些步骤:%(steps)s") % {"steps": joined(unknown)}] if unknown else []


def _none() -> str:
    return gettext("至少要有一行;要用原来的规则,请恢复默认。")


def _try_rules(rules: Sequence[LightRule], actor: Actor) -> Tried:
    from guatu.web.dispatch.selectors.trials import rules_tried

    return rules_tried(rules, actor)


def _try_ladder(steps: Sequence[Step], actor: Actor) -> Tried:
    from guatu.web.dispatch.selectors.trials import ladder_tried

    return ladder_tried(steps, actor)


class Grave(msgspec.Struct, frozen=True):
    """A step of the ladder that is taken one by one, and whether somebody else has to confirm it."""

    step: str
    second: bool = False


def _colours() -> Choice:
    return Choice(options={key: (word.zh, word.en) for key, word in WORDS.items()}, required=True)


def _check_names() -> Choice:
    return Choice(options=dict.fromkeys(checks(), ()), required=True)


LIGHT_RULES: Declared[Any] = Declared(
    "dispatch.light-rules",
    Rows(
        (
            _ID,
            Cell("colour", _("亮灯"), _colours, width="col-short"),
            *_NAMES,
            Cell("when", _("条件"), Text(longest=400), width="col-wide", is_code=True),
        ),
        tuple[LightRule, ...],
    ),
    lambda: msgspec.to_builtins(STARTING_RULES),
    label=_("亮灯规则"),
    help=_("从上到下第一条成立的规则决定亮灯;没有条件的规则总是成立,放在最后。可用的数据和写法见“写条件”一页。"),
    group=DISPATCH,
    permission=RULES,
    source=_OWN,
    check=_rules_wrong,
    trial=_try_rules,
    refuses=True,
)
LADDER: Declared[Any] = Declared(
    "dispatch.ladder",
    Rows(
        (
            _ID,
            *_NAMES,
            Cell("when", _("条件"), Text(longest=400, required=True), width="col-wide", is_code=True),
            Cell(
                "wait", _("距上一步(工作日)"), Number(places=0, least=Decimal(0), most=Decimal(365)), width="col-short"
            ),
            Cell("at_once", _("可立即采取"), Truth(), width="col-short"),
        ),
        tuple[Step, ...],
    ),
    lambda: msgspec.to_builtins(STARTING_LADDER),
    label=_("督查阶梯"),
    help=_("提醒、亮牌、督办、通报、约谈等步骤,逐级采取;每一步写明条件和距上一步的工作日数。"),
    group=DISPATCH,
    permission=RULES,
    source=_OWN,
    check=_ladder_wrong,
    trial=_try_ladder,
    refuses=True,
)
GRAVE_STEPS: Declared[Any] = Declared(
    "dispatch.grave-steps",
    Rows(
        (
            Cell("step", _("措施(代号)"), CODE, width="col-code", is_code=True),
            Cell("second", _("须第二人确认"), Truth(), width="col-short"),
        ),
        tuple[Grave, ...],
    ),
    ({"step": "red-card"}, {"step": "circular", "second": True}, {"step": "talk", "second": True}),
    label=_("重大措施"),
    help=_("督查阶梯中的这些步骤逐项办理:先列明事实,再采取;须第二人确认的,提出人不能自己确认。撤销也是如此。"),
    group=DISPATCH,
    permission=RULES,
    check=_grave_wrong,
)
CHECKS: Declared[Any] = Declared(
    "dispatch.checks",
    Rows(
        (
            Cell("check", _("检查"), _check_names, is_code=True),
            Cell("limit", _("界限"), Number(required=True), width="col-short"),
            Cell("severity", _("后果"), Choice(options=_SEVERITIES), width="col-short"),
        ),
        tuple[CheckRow, ...],
    ),
    (),
    label=_("填报数字的检查"),
    help=_("在程序自带的检查之外,对每个填报数字再做的检查。"),
    group=DISPATCH,
    permission=RULES,
)
REVIEW_LEVELS: Declared[Any] = Declared(
    "dispatch.review-levels",
    Rows(
        (Cell("level", _("审核者"), Choice(options=_LEVELS, required=True)),),
        tuple[str, ...],
        fold=lambda rows: [row["level"] for row in rows],
        unfold=lambda kept: [{"level": one} if isinstance(one, str) else one for one in kept],
    ),
    ("parent", "lead"),
    label=_("填报的审核层级"),
    help=_("按先后逐级审核;报告没有的层级跳过。一级也不剩时由督查室审核。"),
    group=DISPATCH,
    permission=RULES,
)


def _unit_choices() -> Choice:
    from django.utils import timezone

    from guatu.web.directory.selectors.tree import labels_ever

    # A unit that has ended keeps its days: without it the whole table would fit no longer, those of all others too.
    options = {str(pk): (label,) for pk, label in labels_ever(timezone.localdate()).items()}
    return Choice(options=options, required=True)


def _by_unit(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["unit"], []).append({name: value for name, value in row.items() if name != "unit"})
    return found


def _unit_rows(kept: Any) -> Any:
    if not isinstance(kept, Mapping):
        return kept
    return [{"unit": unit, **row} for unit, rows in kept.items() for row in rows]


def _unit_days_wrong(days: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterable[str]:
    return [said for rows in days.values() for said in twice(row["day"] for row in rows)]


CALENDAR_UNITS: Declared[Any] = Declared(
    "calendar.units",
    Rows((Cell("unit", _("单位"), _unit_choices), *DAY_CELLS), dict[str, list[dict[str, Any]]], _by_unit, _unit_rows),
    dict,
    label=_("单位自己的放假和调休"),
    help=_("某个单位与全县不同的日子,算它的节点和时限时用。"),
    group=CALENDAR,
    permission=RULES,
    check=_unit_days_wrong,
)


def _form_wrong(form: str) -> Iterable[str]:
    try:
        number = form.format(year=2026, serial=12345)
    except (KeyError, IndexError, ValueError):
        number = ""
    if "2026" not in number or "12345" not in number or len(number) > 60:
        yield gettext("格式应含 {year} 和 {serial},不超过 60 字。")


def _number(name: str, default: str, what: Any) -> Declared[str]:
    return Declared(
        f"supervision.{name}-number",
        One(Text(longest=60, required=True)),
        default,
        label=what,
        help=_("发文字号的写法:{year} 是年份,{serial} 是当年的顺序号,如“督办〔{year}〕{serial}号”。"),
        group=PAPERS,
        permission=RULES,
        check=_form_wrong,
        refuses=True,
    )


def _days(name: str, least: int, default: int, what: Any, about: Any, group: Any) -> Declared[Any]:
    return Declared(
        name,
        One(Number(places=0, least=Decimal(least), most=Decimal(250), required=True)),
        default,
        label=what,
        help=about,
        group=group,
        permission=RULES,
    )


ORDER_NUMBER = _number("order", "督办〔{year}〕{serial}号", _("督办单字号"))
CIRCULAR_NUMBER = _number("circular", "督查通报〔{year}〕{serial}号", _("通报字号"))
REMIND_REPORTS = _days(
    "notices.remind-reports",
    0,
    2,
    _("填报到期前提醒(天)"),
    _("报送期限前这些天提醒还没有报送的单位;0 为不提醒。"),
    NOTICES,
)
REMIND_ORDERS = _days(
    "notices.remind-orders",
    0,
    1,
    _("督办到期前提醒(天)"),
    _("反馈时限前这些天提醒还没有反馈的单位;0 为不提醒。"),
    NOTICES,
)
APPEAL_DAYS = _days(
    "supervision.appeal-days", 1, 5, _("申诉答复时限(工作日)"), _("收到申诉后,应在这些工作日之内答复。"), DISPATCH
)
MONTHLY_NUMBER = _number("monthly", "督查月报〔{year}〕{serial}号", _("月报字号"))


def _line(name: str, default: str, what: Any, about: Any, **more: Any) -> Declared[str]:
    return Declared(
        f"supervision.{name}", One(Text(longest=200)), default, label=what, help=about, group=PAPERS, permission=RULES,
        **more,
    )  # fmt: skip


ISSUER = _line(
    "issuer", "", _("发文机关(落款)"), _("督办单、通报、月报的落款,全称。"),
    absent=_("县名加“人民政府督查室”;县名也没有设置时不能生成公文"), opening=True,
)  # fmt: skip
AGENCY_MARK = _line(
    "agency-mark", "", _("发文机关标志(红头)"), _("红头上的名称,如“青禾县人民政府督查室文件”。"), absent=_("与落款相同"),
    opening=True,
)  # fmt: skip
CIRCULAR_TO = _line("circular-recipients", "各责任单位", _("通报主送"), _("通报的主送机关。"))
MONTHLY_TO = _line("monthly-recipients", "县工作领导小组", _("月报主送"), _("月报的主送机关。"))
COPIES_TO = _line("copies-to", "", _("抄送"), _("通报、月报的抄送机关。"), absent=_("不抄送"))
REPLY_DAYS = _days(
    "supervision.reply-days",
    1,
    5,
    _("督办单反馈时限(工作日)"),
    _("下达督办单时,反馈时限默认在这些工作日之后。"),
    PAPERS,
)


def _address_wrong(address: str) -> Iterable[str]:
    if address and "://" not in address:
        yield gettext("地址应像 mailtos://用户:口令@邮件服务器 这样写明种类。")


def _channels_wrong(rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    return [said for row in rows for said in _address_wrong(str(row.get("url", "")))]


def _channel_rows(kept: Any) -> Any:
    if not isinstance(kept, list | tuple):
        return kept
    return [{"url": one} if isinstance(one, str) else one for one in kept]


CHANNELS: Declared[Any] = Declared(
    "notices.urls",
    Rows(
        (
            Cell("name", _("名称"), Text(longest=80)),
            Cell("url", _("地址"), Text(longest=500, required=True), width="col-wide"),
            Cell("kinds", _("只发这些种类"), Text(longest=60), several=True),
            Cell("units", _("只发给这些单位(编码)"), Text(longest=60), several=True),
        ),
        tuple[dict[str, Any], ...],
        unfold=_channel_rows,
    ),
    (),
    label=_("通知渠道"),
    help=_("企业微信、钉钉、飞书、短信网关、网络回调的地址,按 Apprise 的写法。地址里的密钥只给能修改的人看。"),
    group=NOTICES,
    permission=EDIT,
    check=_channels_wrong,
    secret=True,
)
MAIL = Declared(
    "notices.mail",
    One(Text(longest=500)),
    "",
    label=_("邮件服务器"),
    help=_("如 mailtos://用户:口令@邮件服务器。设置后,有邮箱的经办人同时收到邮件。"),
    group=NOTICES,
    permission=EDIT,
    absent=_("不发邮件"),
    check=_address_wrong,
    secret=True,
)


def _site_wrong(address: str) -> Iterable[str]:
    if address and not address.startswith(("http://", "https://")):
        yield gettext("网址应以 http:// 或 https:// 开头。")


SITE = Declared(
    "site.url",
    One(Text(longest=200)),
    "",
    label=_("本系统的网址"),
    help=_("消息和日历里的链接以它开头,如 https://guatu.example。"),
    group=NOTICES,
    permission=EDIT,
    absent=_("消息里没有链接"),
    check=_site_wrong,
)
