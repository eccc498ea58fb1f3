"""Targets: every quantified goal that a plan sets, told apart from what it reports, cites or merely numbers."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.kernel.units import resolve
from guatu.core.plan.clauses.amounts import Amount, scan
from guatu.core.plan.commitments.tables import TableReading
from guatu.core.plan.commitments.targets_background import (
    Block,
    goal_paragraphs,
    happened,
    is_aside,
    is_base_value,
    is_existing_whole,
    is_quoted,
    is_structure,
    is_territory,
    looks_ahead,
    opens_report,
    qualifies,
)
from guatu.core.plan.commitments.targets_comparison import Compared, compare
from guatu.core.plan.commitments.targets_draft import TargetDraft
from guatu.core.plan.commitments.targets_goal import is_goal, quotes_a_rule
from guatu.core.plan.commitments.targets_metric import Named, metric_of
from guatu.core.plan.commitments.targets_shared import Shared, joins, shared_names
from guatu.core.plan.commitments.targets_site import VERB, Site, site_of
from guatu.core.plan.commitments.targets_table import Cell, YearCell, table_targets
from guatu.core.plan.commitments.targets_terms import is_term
from guatu.core.plan.model import BaseQuantity, Comparison, SectionKind

_JOINT: Final = regex(r"[^,。;:、\d]{0,20}?(?:、|(?:以及|和|与|及)(?=\d))")
_STRETCH: Final = regex(
    r"[,、]?(?:力争|争取|冲刺|挑战|奋斗目标为?)(?:达到?|突破|实现|完成)?|[,、]到?(?:20\d\d年|\d{1,2}月|[一二三四]季度|[上下]半年)(?:[底末份度])?前?(?:达到?|完成)?"
)
_NO_OWN_NOUN: Final = regex(r"(?:以上|以下|以内|左右|目标)?(?:$|[、)和及与])")
_NEXT_NAMED: Final = regex(rf"(?:(?!{VERB})[^,。;\d]){{0,12}}[、和及与]")
_PLACE_LABEL: Final = regex(
    r"(?:(?<=[;。\n])|(?<![^\n]))\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.] ?)?"
    r"(?P<place>(?![各全每]|责任|牵头)[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|社区|村|县|市|区)(?:\([^()]{1,8}\))?):$"
)
"""白河镇:造林3000亩;青石镇:造林4000亩."""
_LIST_MARKS: Final = frozenset("、和及")
_NOTHING_BETWEEN: Final = regex(r"[\u4e00-\u9fff]{2,12}")
_NEARBY: Final = 40
"""Characters over which one amount still speaks for the next."""
_ASIDE_GOAL: Final = regex(
    r"\((?!含\d[^()、,]{0,4}\))[^()]{0,4}(?:新建|新增|建成|完成|改造|其中|含|包括|20\d\d年)"
    r"|\((?:[一-鿿]{0,4}[、,:])?(?:设计|新增|总)?(?:[日年](?:均?处理|均?供水?|产|分拣|转运|焚烧)(?:能力|规模|量)?|床位|泊位|车位|学位|座位|库容|装机)(?:约|数|为)?\d"
)
_SEVERAL: Final = regex(r"\([^()、,;]{0,30}\d[^()、,;\d]{1,4}[、,;][^()]{0,20}\d")
_OBJECT: Final = regex(r"(?:对|将|把|整合|依托|在|巩固|针对|利用|盘活|围绕|借助|提升)")
_NEW_START: Final = regex(r"[。;\n]|[,、]新|计划|力争|拟|将|确保|到20|[\d季年月底末]前")
_NEXT_YEAR: Final = regex(rf"[,、](?:到|至|在)?(20\d\d)年[^,。;\d]{{0,6}}?(?:{VERB})")
_STARTED: Final = regex(rf"[,、](?![日年月](?:均|处理|供|产|接待|服务))[^,、]{{0,6}}?(?:{VERB})")


def find_targets(
    norm: str, raw: str, spans: Sequence[Block], year: int | None = None, tables: Sequence[TableReading] = ()
) -> list[TargetDraft]:
    """The targets of one document.

    `spans` are its paragraphs in reading order with the kind of their section, in positions of `norm`. `year` is the
    year of the plan where it is known: what an earlier year brought is background. In `tables` the head of a column may
    say what a bare number means.
    """
    figures = table_targets(tables, norm, year)
    found: list[TargetDraft] = []
    for start, end, kind in _without(goal_paragraphs(norm, spans), figures.read):
        # 一户一表, 一村一品: a manner of doing, no count.
        amounts = [a for a in scan(norm, raw, start, end) if a.script == "arabic" or not norm.startswith("一", a.end)]
        if amounts:
            found.extend(_Paragraph(norm, start, end, kind, year).targets(amounts))
    if not figures.read and not figures.worded:
        return found
    return sorted([*figures.found, *_dated(found, figures.worded)], key=lambda draft: draft.start)


def _dated(found: Iterable[TargetDraft], worded: Sequence[YearCell]) -> Iterator[TargetDraft]:
    """What stands in the column of a year is due in it, and where it names nothing it is of what the row names."""
    cells = sorted(worded, key=lambda cell: cell.start)
    starts = [cell.start for cell in cells]
    for draft in found:
        i = bisect_right(starts, draft.start) - 1
        if i < 0 or draft.start >= cells[i].end:
            yield draft
            continue
        nameless = _NO_NOUN.fullmatch(draft.metric) is not None
        metric = cells[i].name if nameless else draft.metric
        yield msgspec.structs.replace(draft, deadline=draft.deadline or cells[i].year, metric=metric)


_NO_NOUN: Final = regex(rf"(?:{VERB})*")


def _without(spans: Iterable[Block], read: Sequence[Cell]) -> Iterator[Block]:
    """The paragraphs without the cells of tables that were read already; both in reading order."""
    at = 0
    for start, end, kind in spans:
        while at < len(read) and read[at][1] < start:
            at += 1
        while at < len(read) and read[at][0] < end:
            if start < read[at][0]:
                yield start, read[at][0], kind
            start = max(start, read[at][1])
            at += 1
        if start < end:
            yield start, end, kind


def _labels(norm: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The names of towns before a colon; looked for from the colon, for most lines have none."""
    at = norm.find(":", start, end)
    while at >= 0:
        label = _PLACE_LABEL.search(norm, max(start, at - _LONGEST_LABEL), at + 1)
        if label is not None:
            yield label
        at = norm.find(":", at + 1, end)


_LONGEST_LABEL: Final = 24


class _Paragraph:
    """The amounts of one paragraph, each judged with what was found before it."""

    def __init__(self, norm: str, start: int, end: int, kind: SectionKind, year: int | None) -> None:
        self.norm, self.start, self.end, self.kind, self.year = norm, start, end, kind, year
        self.previous_end = start
        self.named = Named()
        self.shared = Shared([], "=", 0)
        self.accepted_end = -1
        self.past_end = -1
        self.split_at = -1
        self.whole_end = -1
        self.accepted_unit: str | None = None
        self.front_op: Comparison | None = None
        self.reported_from = self.reported_to = -1
        self.places = list(_labels(norm, start, end))

    def targets(self, amounts: Sequence[Amount]) -> list[TargetDraft]:
        found: list[TargetDraft] = []
        for amount in amounts:
            site = site_of(self.norm, amount, self.kind, self.start, self.end, self.previous_end)
            if site is None:
                continue
            compared = compare(site)
            if self._is_shared(site):
                self._share(found, site, compared)
            elif self._goes_on(site):
                found.append(msgspec.structs.replace(self._draft(site, compared), op=self._op(found, compared)))
                self.previous_end = compared.end
            elif self._wanted(site, compared):
                self.shared = Shared(shared_names(site.before), compared.op, len(found))
                found.append(self._with_op(site, compared))
                self.previous_end = self._next_start(compared.end)
            elif site.dimension != "time" and self.norm[compared.end : compared.end + 1] == "、":
                self.previous_end = compared.end
        return found

    def _goes_on(self, site: Site) -> bool:
        """57%、60%和65%; 900分,力争920分: one metric, several values in turn, under one comparison."""
        amount = site.amount
        if amount.unit != self.accepted_unit or amount.script != "arabic" or self.accepted_end < self.start:
            return False
        between = self.norm[self.accepted_end : amount.start][:12]
        return (joins(between) or _STRETCH.fullmatch(between) is not None) and _closes(site)

    def _op(self, found: list[TargetDraft], compared: Compared) -> Comparison:
        return compared.op if compared.explicit else found[-1].op

    def _is_shared(self, site: Site) -> bool:
        between = self.norm[self.accepted_end : site.amount.start][:4] if self.shared.names else ""
        return len(self.shared.names) > 1 and joins(between)

    def _share(self, found: list[TargetDraft], site: Site, compared: Compared) -> None:
        """The next of several values behind one 分别; a word of comparison behind the last one holds for all."""
        group = self.shared
        if compared.end > site.amount.end:
            group.op = compared.op
            for at in range(group.first, len(found)):
                found[at] = msgspec.structs.replace(found[at], op=group.op)
        group.names.pop(0)
        draft = self._draft(site, compared)
        found.append(msgspec.structs.replace(draft, op=group.op, metric=group.names[0], scope=None))
        self.previous_end = compared.end

    def _with_op(self, site: Site, compared: Compared) -> TargetDraft:
        """不超过300户、1000人: the comparison in front of the first holds for the second."""
        told = not compared.explicit and self.front_op and not site.before and _closes(site)
        joint = self.norm[self.accepted_end : site.amount.start]
        if not (told and joins(joint)):
            in_front = compared.explicit and compared.end == site.amount.end and compared.op in (">=", "<=")
            self.front_op = compared.op if in_front else None
        draft = self._draft(site, compared)
        return msgspec.structs.replace(draft, op=self.front_op) if told and joins(joint) and self.front_op else draft

    def _next_start(self, at: int) -> int:
        """Where the words of the next amount may begin: behind the noun that still belongs to this one (3个甲、2个乙)."""
        joint = _JOINT.match(self.norm, at, min(at + 24, self.end))
        return joint.end() if joint else at

    def _wanted(self, site: Site, compared: Compared) -> bool:
        if self.past_end >= 0 and self.year and site.amount.unit == "年" and site.amount.value >= self.year:
            # 2024年 in a plan of 2024 neither belongs to what was done before it nor is a goal.
            return False
        if self._is_past(site, compared):
            self.past_end = -1 if _OBJECT.match(site.clause) else compared.end
            return False
        self.past_end = -1
        quoted = is_quoted(self.norm, site.amount.start, self.start)
        if quoted and not quotes_a_rule(site, compared):
            return False
        if is_aside(self.norm, site.amount.start, self.start) and not (compared.explicit or self._breaks_down(site)):
            return False
        if is_base_value(site) or is_structure(site) or qualifies(site, compared) or is_term(site, compared):
            return False
        if self._lists_what_is_there(site, compared):
            self.whole_end = compared.end
            return False
        return is_goal(site, compared, self._continues(site))

    def _lists_what_is_there(self, site: Site, compared: Compared) -> bool:
        """全县6家企业、34座场站: the second is there as the first is."""
        if compared.explicit or site.dimension not in ("count", "people", "length", "area"):
            return False
        between = self.norm[self.whole_end : site.amount.start] if self.whole_end >= self.start else ""
        return _NEXT_NAMED.fullmatch(between) is not None or (
            site.dimension in ("count", "people") and is_existing_whole(site)
        )

    def _is_past(self, site: Site, compared: Compared) -> bool:
        at = site.amount.start
        if happened(site, self.year) or (is_territory(site, compared) and not looks_ahead(site.sentence)):
            if opens_report(site, self.year):
                stop = self.norm.find("。", at, self.end)
                self.reported_from, self.reported_to = at, stop if stop >= 0 else self.end
            return True
        told = self.norm[self.reported_from : at] if at < self.reported_to else ""
        if told and not looks_ahead(told) and not self._is_of_this_year(told):
            return True
        if (
            self.past_end < 0
            or (compared.explicit and compared.op != "+")
            or site.amount.start - self.past_end >= _NEARBY
        ):
            return False
        between = self.norm[self.past_end : site.amount.start]
        if _NEW_START.search(between) or self._is_of_this_year(between):
            return False
        return site.dimension == "ratio" or not _STARTED.search(between)

    def _is_of_this_year(self, words: str) -> bool:
        """2023年改造1200户,2024年再改造800户: the second is what the plan of 2024 sets."""
        years = _NEXT_YEAR.findall(words)
        return self.year is not None and bool(years) and int(years[-1]) >= self.year

    def _breaks_down(self, site: Site) -> bool:
        """(其中企业2200户、个体工商户3800户): the brackets split what was just counted."""
        at = site.amount.start
        opened = self.norm.rfind("(", max(self.start, at - 60), at)
        if site.amount.unit == self.accepted_unit and (
            opened == self.split_at or (opened == self.accepted_end and _SEVERAL.match(self.norm, opened))
        ):
            self.split_at = opened
            return True
        return bool(_ASIDE_GOAL.match(self.norm, opened))

    def _continues(self, site: Site) -> bool:
        if self.accepted_end < 0 or site.amount.start - self.accepted_end >= _NEARBY:
            return False
        between = self.norm[self.accepted_end : site.amount.start]
        return "其中" in between or ("。" not in between and "\n" not in between)

    def _previous(self, site: Site) -> Named:
        if not self._continues(site):
            return Named()
        near = ";" not in self.norm[self.accepted_end : site.amount.start]
        between = self.norm[self.accepted_end : site.amount.start]
        listed = between[:1] in _LIST_MARKS or _NOTHING_BETWEEN.fullmatch(between) is not None
        return Named(self.named.metric, self.named.dimension, near, listed)

    def _place(self, at: int) -> str | None:
        """The town whose goals stand behind its name and a colon."""
        return next((label["place"] for label in reversed(self.places) if label.end() <= at), None)

    def _draft(self, site: Site, compared: Compared) -> TargetDraft:
        amount = site.amount
        previous = self._previous(site)
        metric, scope = metric_of(site, compared, previous)
        if self.shared.names and self.accepted_end < site.before_start:
            metric = self.shared.names[0].removeprefix(scope or "")
        if not metric.startswith(previous.metric) or not previous.metric:
            self.named = Named(metric, site.dimension)
        scope = scope or self._place(amount.start)
        self.accepted_end, self.accepted_unit = compared.end, amount.unit
        start = site.before_start + len(site.before) - len(site.before.lstrip())
        value: float | int | list[float | int] = amount.value
        quantity = None
        if amount.high is not None:
            value = [amount.value, amount.high]
        else:
            measure = resolve(amount.unit)
            quantity = BaseQuantity(measure.in_base(amount.value), measure.base) if measure else None
        return TargetDraft(
            min(start, amount.start), compared.end, metric, scope, compared.op, value, amount.unit, quantity
        )


def _closes(site: Site) -> bool:
    """No noun of its own follows: 3个、5个 but not 3个甲、5个乙."""
    return _NO_OWN_NOUN.match(site.tail) is not None
