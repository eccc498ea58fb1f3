"""The sentences of a first draft, each with the condition under which it is true.

A sentence stands in the draft only where its condition holds, so nothing is said of an empty set: nobody is praised who
had nothing to report, and no rate is given of nothing. `{f.name}` is a figure of `CircularFacts`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from guatu.adapters.writers.official import DataTable, shown
from guatu.core.dispatch.ranking import Tally
from guatu.core.kernel.official import written

Body = Mapping[str, Any]
PROVISIONAL = "阶段性"
"""What the title and the first line of a paper say whose period was not closed."""
LONGEST_TITLE = 200
_MOST_NAMED = 10


class Counts(msgspec.Struct, frozen=True):
    """What is counted of one period, each of its own kind: lights are not tasks, and tasks not units."""

    tasks: int = 0
    units: int = 0
    red_tasks: int = 0
    red_units: int = 0
    targets: int = 0
    owed: int = 0
    """All reports of the period, whether they have fallen due or not."""


class CircularFacts:
    """The figures of a body under the names that sentences use."""

    def __init__(self, body: Body) -> None:
        self._tables = {table.key: table for table in msgspec.convert(body["tables"], list[DataTable])}
        self.counts = msgspec.convert(body["counts"], Counts)
        self.of = msgspec.convert(body["total"], Tally)
        self.plan, self.period, self.how = body["plan"], body["period_name"], body["how"]
        self.day, self.due_day = written(body["on"]), written(body["due_on"])
        self.provisional = not body["closed"]
        self.early = body["on"] <= body["due_on"]
        """Reports can still come in time: who has not reported yet is not late, and no rate is one of the period."""

    def rows(self, key: str) -> Sequence[Sequence[Any]]:
        return self._tables[key].rows if key in self._tables else ()

    def names(self, key: str) -> list[str]:
        return list(dict.fromkeys(str(row[0]) for row in self.rows(key)))

    def listed(self, key: str) -> str:
        names = self.names(key)
        return "、".join(names[:_MOST_NAMED]) + (f"等{len(names)}个单位" if len(names) > _MOST_NAMED else "")

    @property
    def lights(self) -> int:
        return self.of.judged + self.of.grey

    @property
    def missing(self) -> int:
        return 0 if self.early else self.of.due - self.of.reported

    @property
    def green_share(self) -> str:
        return shown(self.of.green / self.of.judged, "share")

    @property
    def completeness(self) -> str:
        return shown(self.of.reported / self.of.due, "share")

    @property
    def timeliness(self) -> str:
        return shown(self.of.in_time / self.of.due, "share")

    @property
    def good(self) -> str:
        return self.listed("good")

    @property
    def reds(self) -> str:
        return self.listed("reds")

    @property
    def named(self) -> int:
        return len(self.names("named"))

    @property
    def corrected(self) -> int:
        return len(self.rows("corrections"))

    @property
    def target_lights(self) -> str:
        colours = [row[-1] for row in self.rows("targets")]
        return "、".join(f"{shown(one, 'light')}{colours.count(one)}盏" for one in ("green", "amber", "red", "grey"))

    @property
    def orders(self) -> int:
        return len(self.rows("orders"))

    @property
    def closed_orders(self) -> int:
        return sum(row[4] == "已销号" for row in self.rows("orders"))

    @property
    def late_orders(self) -> int:
        return sum(bool(row[5]) for row in self.rows("orders"))


@dataclass(frozen=True)
class Sentence:
    text: str
    when: Callable[[CircularFacts], Any] = lambda f: True
    begins: bool = False
    """Whether it begins a paragraph."""


_RATED = "应报{f.of.due}份，已报{f.of.reported}份，报送率{f.completeness}；"

_OVERALL = (
    Sentence("本期没有亮灯。", lambda f: not f.lights),
    Sentence(
        "本期共亮灯{f.lights}盏，涉及{f.counts.tasks}项任务、{f.counts.units}个单位，其中绿灯{f.of.green}盏、"
        "黄灯{f.of.amber}盏、红灯{f.of.red}盏、灰灯（未判定）{f.of.grey}盏",
        lambda f: f.lights,
    ),
    Sentence("，绿灯率{f.green_share}。", lambda f: f.of.judged),
    Sentence("，没有已判定的亮灯，不计算绿灯率。", lambda f: f.lights and not f.of.judged),
    Sentence("截至{f.day}，本期无应报。", lambda f: not f.counts.owed, begins=True),
    Sentence(
        "截至{f.day}，应报{f.counts.owed}份，已报{f.of.reported}份；报送期限为{f.due_day}，尚未截止，不计算报送率。",
        lambda f: f.counts.owed and f.early,
        begins=True,
    ),
    Sentence(
        "截至{f.day}，" + _RATED + "按时报送{f.of.in_time}份，及时率{f.timeliness}。",
        lambda f: f.of.due and not f.early,
        begins=True,
    ),
    Sentence("排名规则：{f.how}。各单位情况见附件。", lambda f: f.of.judged, begins=True),
)
_GOOD = (
    Sentence("报送期限尚未截止，暂不评价各单位报送情况。", lambda f: f.early),
    Sentence("{f.good}本期应报的全部按时报送，已判定的亮灯全部为绿灯，予以表扬。", lambda f: f.rows("good")),
    Sentence(
        "本期没有应报的全部按时报送、已判定的亮灯全部为绿灯的单位。", lambda f: not f.early and not f.rows("good")
    ),
)
_BEHIND = (
    Sentence(
        "红灯{f.of.red}盏，涉及{f.counts.red_tasks}项任务、{f.counts.red_units}个单位：{f.reds}，详见附件。",
        lambda f: f.of.red,
    ),
    Sentence("本期没有红灯。", lambda f: not f.of.red),
    Sentence("有{f.missing}份应报未报，影响对进展的判断。", lambda f: f.missing, begins=True),
    Sentence("下列{f.named}个单位按督查程序予以点名通报。", lambda f: f.named, begins=True),
)
_CORRECTIONS = (Sentence("此前通报中的下列{f.corrected}项措施经核实已撤销，特此更正。", lambda f: f.corrected),)
_DEMANDS = (
    Sentence("请亮红灯的单位逐项查明原因，定出整改措施、责任人和完成时限。", lambda f: f.of.red),
    Sentence("请亮黄灯的单位对照进度要求补齐差距。", lambda f: f.of.amber),
    Sentence("请缺报的单位尽快补报。", lambda f: f.missing),
    Sentence("请督办单未销号的单位按期反馈办理情况。", lambda f: f.orders > f.closed_orders),
    Sentence("请各单位按期推进，如实报送。"),
)
_NEXT = (
    Sentence(
        "继续跟踪红灯、黄灯任务，督促责任单位按期补齐进度，对逾期未改进的按程序升级处理。",
        lambda f: f.of.red or f.of.amber,
    ),
    Sentence("继续按期调度，如实反映进展。"),
)
_TARGETS = (
    Sentence("纳入调度的指标{f.counts.targets}项，按单位亮灯：{f.target_lights}。", lambda f: f.rows("targets")),
)
_ORDERS = (
    Sentence("本期没有新下达或未办结的督办单。", lambda f: not f.orders),
    Sentence("督办单{f.orders}份，已销号{f.closed_orders}份，逾期未反馈{f.late_orders}份。", lambda f: f.orders),
)


def _opening(word: str) -> tuple[Sentence, ...]:
    return (
        Sentence(f"截至{{f.day}}（{PROVISIONAL}，未结期），", lambda f: f.provisional),
        Sentence(f"现将{{f.period}}《{{f.plan}}》推进情况{word}如下。"),
    )


SENTENCES: dict[str, dict[str, tuple[Sentence, ...]]] = {
    "circular": {
        "opening": _opening("通报"),
        "overall": _OVERALL,
        "good": _GOOD,
        "behind": _BEHIND,
        "corrections": _CORRECTIONS,
        "demands": _DEMANDS,
    },
    "monthly": {
        "opening": _opening("报告"),
        "overall": _OVERALL,
        "targets": _TARGETS,
        "behind": _BEHIND,
        "orders": _ORDERS,
        "demands": _NEXT,
    },
}
_TITLES = {"circular": "推进情况的通报", "monthly": "推进情况的月报"}


def first_title(kind: str, body: Body) -> str:
    facts = CircularFacts(body)
    until = f"（截至{facts.day}，{PROVISIONAL}）" if facts.provisional else ""
    frame = f"关于{facts.period}《{{}}》{_TITLES[kind]}{until}"
    return frame.format(facts.plan[: LONGEST_TITLE - len(frame)])


def says_provisional(body: Body, title: str, opening: str) -> bool:
    """Whether a paper on a period that was not closed says so where everybody looks."""
    first = opening.strip().partition("\n")[0]
    return bool(body["closed"]) or all("截至" in text and PROVISIONAL in text for text in (title, first))


def drafted(kind: str, body: Body) -> dict[str, str]:
    """The text of each section, of those sentences that are true."""
    facts = CircularFacts(body)
    return {key: _joined(sentences, facts) for key, sentences in SENTENCES[kind].items()}


def _joined(sentences: Sequence[Sentence], facts: CircularFacts) -> str:
    text = ""
    for one in sentences:
        if one.when(facts):
            text += ("\n" if one.begins and text else "") + one.text.format(f=facts)
    return text
