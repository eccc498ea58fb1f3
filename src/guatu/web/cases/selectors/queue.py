"""The queue of cases: what is due first stands first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.template.defaultfilters import date, truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.base.language import joined, language
from guatu.web.base.templatetags.guatu_tags import icon, provisional
from guatu.web.cases.library import class_name, engine_of, engines_known, library
from guatu.web.cases.models import LARGE, OUTCOMES, Case
from guatu.web.cases.selectors.ownerless import ownerless
from guatu.web.cases.selectors.turns import at_step, waiting_for
from guatu.web.cases.selectors.visible import visible
from guatu.web.cases.timers import Timer, timer
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Column, Empty, Flag, Pick, Search, States, Table, Wanted, Word, moment, number, text

Pairs = list[tuple[object, object]]
URGENT_FIRST = Order((By("due", may_be_empty=True), By("opened_at"), By("id")))
ENDED_LAST_FIRST = Order((By("ended_at", down=True), By("id", down=True)))


@dataclass(frozen=True)
class CaseRow:
    case: Case
    class_name: str
    steps: str
    unit: str
    timer: Timer
    assignable: bool


def _rows(actor: Actor, wanted: Wanted) -> QuerySet[Case]:
    rows = visible(actor)
    for name, which in (("step", at_step), ("class", lambda code: Q(class_code=code))):
        if name in wanted:
            # A name without a pack, of an address that somebody kept, is looked for in all of them.
            pack, _slash, code = wanted[name].rpartition("/")
            rows = rows.filter(which(code), *([Q(pack=pack)] if pack else []))
    return rows.select_related("flow").defer(*(f"flow__{name}" for name in LARGE), "data")


def _states(actor: Actor) -> list[tuple[str, str | Promise, Q]]:
    now = timezone.now()
    return [
        ("open", _("在办"), Q(ended_at__isnull=True)),
        ("late", _("已超期"), Q(ended_at__isnull=True, due__lt=now)),
        *([("ownerless", _("无人承办"), ownerless(actor))] if actor.may("case.edit") else []),
        ("ended", _("已结束"), Q(ended_at__isnull=False)),
        ("all", _("全部"), Q()),
    ]


def _units(actor: Actor) -> Pairs:
    """The units of all cases that the actor may see; classes are asked for by themselves: the pairs are many
    times more."""
    tree = unit_tree(actor.today)
    units = visible(actor).order_by().filter(unit__isnull=False).values_list("unit", flat=True).distinct()
    return _by_name((unit, tree.label(unit)) for unit in units)


def _classes(actor: Actor) -> Pairs:
    classes = visible(actor).order_by().exclude(class_code="").values_list("pack", "class_code").distinct()
    return _by_pack((pack, code, class_name(pack, code, language())) for pack, code in classes)


def steps_known(language: Language) -> Pairs:
    """All steps at which a case may be, for the filter."""
    steps = ((pack, step) for pack, engine in engines_known() for step in engine.flow.steps)
    named = [(pack, step.id, (step.name_en if language == "en" else step.name) or step.id) for pack, step in steps]
    # Of one that is called otherwise by a later version of its flow the newer name holds.
    return _by_pack(reversed(named))


def _by_pack(found: Iterable[tuple[str, str, str]]) -> Pairs:
    """Names of a pack under its title: what two packs call alike is two things."""
    titled = ((f"{pack}/{name}", f"{library().title(pack, language())} · {word}") for pack, name, word in found)
    return _by_name(titled)


def _by_name(found: Iterable[tuple[object, str]]) -> Pairs:
    return sorted(dict(found).items(), key=lambda pair: str(pair[1]))


def _lines(cases: Sequence[Case], actor: Actor, wanted: Wanted) -> list[CaseRow]:
    tree, now = unit_tree(actor.today), timezone.now()
    return [
        CaseRow(
            case=case,
            class_name=class_name(case.pack, case.class_code, language()),
            steps=step_names(case, language()),
            unit=tree.label(case.unit_id),
            timer=timer(case, now),
            assignable=_takes_unit(case),
        )
        for case in cases
    ]


def _takes_unit(case: Case) -> bool:
    """Whether the desk can name its unit now: a step asks for it, or no step of its flow does and it has none."""
    flow = engine_of(case.flow).flow
    if not flow.asks("unit"):
        return case.unit_id is None and case.ended_at is None
    steps = [flow.by_id[step] for step in case.open_steps.split(",") if step in flow.by_id]
    return any(need.name == "unit" for step in steps for need in step.fields)


def step_names(case: Case, language: Language) -> str:
    """The open steps in words."""
    nodes = engine_of(case.flow).flow.by_id
    found = [nodes[step] for step in case.open_steps.split(",") if step in nodes]
    return joined((node.name_en if language == "en" else node.name) or node.id for node in found)


def _code(row: CaseRow) -> SafeString:
    link = format_html('<a href="{}">{}</a>', reverse("case_detail", args=[row.case.pk]), row.case.code)
    return format_html("{} {}", link, icon("lock", str(_("保密")))) if row.case.confidential else link


def _what(row: CaseRow) -> SafeString:
    return format_html('{} <span class="text-secondary">{}</span>', truncatechars(row.case.text, 80), row.case.address)


def _due(row: CaseRow) -> str:
    if not row.timer.due:
        return ""
    return format_html("{}{}", date(timezone.localtime(row.timer.due), "m-d H:i"), provisional(row.timer.due))


CASES = Table[Case, CaseRow](
    title=_("案件"),
    rows=_rows,
    lines=_lines,
    order=lambda wanted: ENDED_LAST_FIRST if wanted.get("state") == "ended" else URGENT_FIRST,
    filters=(
        States("state", _("按状态"), groups=_states, late="late"),
        Search("q", _("查询码、情况或地点"), wide=True, fields=("code", "text", "address")),
        Word("class", _("类别"), choices=_classes),
        Word("step", _("环节"), choices=lambda actor: steps_known(language())),
        Pick("unit", _("承办单位"), "unit", choices=_units),
        Word("outcome", _("结束方式"), field="outcome", choices=lambda actor: list(OUTCOMES)),
        Word("pack", field="pack", hidden=True),
        Flag("mine", hidden=True, which=waiting_for),
    ),
    columns=(
        text("tick", "", lambda row: "", template="cases/_tick.html", needs="case.edit", in_file=False),
        text("code", _("查询码"), lambda row: row.case.code, shown=_code, css="text-nowrap", head=True, width=18),
        text("class", _("类别"), lambda row: row.class_name, width=18),
        text("text", _("情况描述"), lambda row: row.case.text, shown=_what, css="cell-title", width=40),
        text("address", _("地点"), lambda row: row.case.address, on_page=False, width=26),
        text("steps", _("环节"), lambda row: row.steps, width=12),
        text("unit", _("承办单位"), lambda row: row.unit, width=20),
        moment("opened", _("上报时间"), lambda row: row.case.opened_at, on_page=False),
        moment("due", _("截止时间"), lambda row: row.timer.due, shown=_due),
        Column("timer", _("时限状态"), lambda row: row.timer.word, shown=lambda row: row.timer.shown(), width=10),
        text("outcome", _("结束方式"), lambda row: str(row.case.get_outcome_display()), on_page=False),
        number("returns", _("退回次数"), lambda row: row.case.returns, width=8),
    ),
    empty=Empty(_("没有符合条件的案件。"), _("公众上报、热线登记和采集上报的案件会出现在这里。")),
)
MINE = replace(CASES, rows=lambda actor, wanted: _rows(actor, {}).filter(waiting_for(actor)), filters=())
"""What waits for the actor: open cases at a step that is theirs to do."""
