"""The first hour of a county as a list: what is there, what is missing, and why it is needed.

Nothing is asked for here: facts are handed in, and the page, the API and `guatu doctor` say the same of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guatu.web.base.language import joined

_NAMED = 6
"""So many names are said; of the others only how many there are."""


@dataclass(frozen=True)
class Facts:
    """What there is on a day. `unled` are towns without a unit in charge, `silent` units of which nobody can report:
    those of towns, and those that owe something in a plan that runs."""

    name: str = ""
    code: str = ""
    issuer: str = ""
    counties: Sequence[str] = ()
    towns: Sequence[str] = ()
    villages: int = 0
    unled: Sequence[str] = ()
    offices: int = 0
    accounts: int = 0
    confirms: bool = False
    reports: bool = False
    silent: Sequence[str] = ()
    drafts: int = 0
    running: int = 0
    rules: int = 0
    periods: int = 0


@dataclass(frozen=True)
class Step:
    """`page` is where it is done, by whom `needs` names a right. `missing` keeps it open; `advice` does not."""

    key: str
    title: str
    why: str
    page: str
    act: str
    needs: str
    there: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        return not self.missing


def first_steps(facts: Facts) -> list[Step]:
    """In the order in which one rests on the other."""
    return [make(facts) for make in _STEPS]


def is_open(steps: Iterable[Step]) -> bool:
    return any(not step.done for step in steps)


def _county(facts: Facts) -> Step:
    there = [f"{facts.name} {facts.code}".strip()] if facts.name or facts.code else []
    named = [(not facts.name, _("县名没有填写。")), (not facts.code, _("六位区划代码没有填写。"))]
    if not facts.counties:
        named.append((True, _("区域里还没有县级区域,乡镇没有可以挂接的上级。")))
    # Who signs follows from the name where nothing else is set: no step of its own.
    if facts.issuer:
        there.append(_("落款:%(issuer)s") % {"issuer": facts.issuer})
    return Step(
        "county",
        _("县名、代码和落款"),
        _("页首、督办单和通报的落款用它;时限表按代码取本县的行。没有县名不能生成公文。"),
        "first_county",
        _("填写"),
        "settings.edit",
        tuple(there),
        _said(named),
    )


def _places(facts: Facts) -> Step:
    there = [_("乡镇 %(n)d 个:%(names)s") % {"n": len(facts.towns), "names": names(facts.towns)}] if facts.towns else []
    if facts.villages:
        there.append(_("村(社区)%(n)d 个") % {"n": facts.villages})
    without = _("没有管它的单位:%(names)s。") % {"names": names(facts.unled)}
    return Step(
        "places",
        _("乡镇街道和它们的单位"),
        _("方案里的“各乡镇”指它们;案件按地点找到管它的单位。乡镇必须有区划代码。村可以以后用表格导入。"),
        "first_towns",
        _("录入乡镇"),
        "directory.edit",
        tuple(there),
        _said([(not facts.towns, _("一个乡镇街道也没有。")), (bool(facts.unled), without)]),
    )


def _units(facts: Facts) -> Step:
    there = [_("部门和其他单位 %(n)d 个") % {"n": facts.offices}] if facts.offices else []
    return Step(
        "units",
        _("县直部门"),
        _("方案里的牵头单位、责任单位要挂接到它们,任务才有人承担。"),
        "first_units",
        _("录入部门"),
        "directory.edit",
        tuple(there),
        _said([(not facts.offices, _("一个部门也没有。"))]),
    )


def _people(facts: Facts) -> Step:
    there = [_("有角色的账号 %(n)d 个") % {"n": facts.accounts}] if facts.accounts else []
    missing = [
        (not facts.confirms, _("没有督查室的账号:没有人能确认方案、下达督办单。")),
        (not facts.reports, _("没有部门或乡镇的账号:没有人能填报。")),
    ]
    # Some units never get an account (a company that a plan names): told, and no reason to keep the step open.
    silent = _("这些单位还没有能填报的账号:%(names)s。") % {"names": names(facts.silent)}
    return Step(
        "people",
        _("人员、账号和角色"),
        _("每个单位由谁填报、谁审核、谁下达,都按账号的角色。初始密码只显示一次。"),
        "first_people",
        _("录入人员"),
        "accounts.edit",
        tuple(there),
        _said(missing),
        _said([(bool(facts.silent), silent)]),
    )


def _plan(facts: Facts) -> Step:
    there = [_("执行中的方案 %(n)d 个") % {"n": facts.running}] if facts.running else []
    draft = _("%(n)d 个方案还是草稿:挂接单位、检查后由督查室确认。") % {"n": facts.drafts}
    none = _("还没有方案。")
    # A draft beside a plan that runs is everyday work and keeps nothing open.
    missing = [] if facts.running else [(True, draft if facts.drafts else none)]
    return Step(
        "plan",
        _("第一个方案"),
        _("任务、指标、时限和责任单位都从方案来;确认以后才执行。"),
        "plan_list",
        _("继续办理方案") if facts.drafts else _("上传方案"),
        "plan.edit",
        tuple(there),
        _said(missing),
        _said([(bool(facts.running and facts.drafts), draft)]),
    )


def _periods(facts: Facts) -> Step:
    there = [_("填报规则 %(n)d 条") % {"n": facts.rules}] if facts.rules else []
    if facts.periods:
        there.append(_("已开放的期次 %(n)d 个") % {"n": facts.periods})
    return Step(
        "periods",
        _("第一条填报规则"),
        _("每期何时开放、何时截止按它;方案确认后自动设为每月一报、次月 5 日前,督查室可以改。"),
        "period_list",
        _("查看填报规则"),
        "period.edit",
        tuple(there),
        _said([(not facts.rules, _("还没有填报规则:方案确认后会自动建立。"))]),
    )


_STEPS: tuple[Callable[[Facts], Step], ...] = (_county, _places, _units, _people, _plan, _periods)


def _said(sentences: Iterable[tuple[bool, str]]) -> tuple[str, ...]:
    return tuple(sentence for holds, sentence in sentences if holds)


def names(all_names: Sequence[str]) -> str:
    """The first of them, and how many there are where some are left out."""
    said = joined(all_names[:_NAMED])
    return said if len(all_names) <= _NAMED else _("%(names)s等 %(n)d 个") % {"names": said, "n": len(all_names)}
