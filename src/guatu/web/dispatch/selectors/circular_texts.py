"""What is written around the figures of a circular: its sections, a first draft of each, and the whole as a
document."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guatu.adapters.writers.official import (
    Annex,
    Block,
    DataTable,
    Heading,
    OfficialDocument,
    blocks_of,
    shown,
)
from guatu.adapters.writers.official.words import numbered
from guatu.web.base.problems import NotNow
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Circular
from guatu.web.dispatch.selectors.circular_figures import tables_of, total_of

Body = Mapping[str, Any]
MOST_NAMED = 10
HEAD_FIELDS = ("recipients", "copies_to")
LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Section:
    """A part of the document: its text may be edited, its tables follow it as they are."""

    key: str
    heading: str
    tables: tuple[str, ...] = ()


SECTIONS: dict[str, tuple[Section, ...]] = {
    Circular.Kind.CIRCULAR: (
        Section("opening", ""),
        Section("overall", "总体情况"),
        Section("good", "进展较好的单位"),
        Section("behind", "存在的主要问题", ("named",)),
        Section("demands", "下一步要求"),
    ),
    Circular.Kind.MONTHLY: (
        Section("opening", ""),
        Section("overall", "总体进展", ("trend", "domains")),
        Section("targets", "主要指标", ("targets",)),
        Section("behind", "滞后任务和存在的问题", ("problems",)),
        Section("orders", "督办情况", ("orders",)),
        Section("demands", "下一步工作"),
    ),
}
ANNEXES = ("ranking-line", "ranking-town", "ranking-village", "reds")
_OPTIONAL = ("named",)
"""Tables that are left out of the document where they have no rows."""


def sections(kind: str) -> tuple[Section, ...]:
    return SECTIONS[kind]


def issuer(on: datetime.date) -> str:
    """Who issues: the setting `supervision.issuer`, else the office of the county by its name.

    Raises `NotNow` where the county has said neither: no paper goes out in nobody's name.
    """
    named, county = setting("supervision.issuer", on), setting("county.name", on)
    if not named and not county:
        raise NotNow(
            _(
                "还没有设置发文机关和县名,公文没有落款,不能生成。请管理员先在“系统设置”中填写 %(day)s 起的县名或发文机关。"
            )
            % {"day": on.isoformat()},
            code="county.no-issuer",
        )
    return str(named or f"{county}人民政府督查室")


def _drafted_by(on: datetime.date) -> str:
    """The same for a draft, which may be written before anybody has said who issues: then it says so itself."""
    try:
        return issuer(on)
    except NotNow:
        return "（发文机关未设置）"


def first_title(kind: str, body: Body) -> str:
    words = "推进情况的通报" if kind == Circular.Kind.CIRCULAR else "推进情况的月报"
    return f"关于{body['period_name']}《{body['plan']}》{words}"


def first_texts(kind: str, body: Body, on: datetime.date) -> dict[str, str]:
    """A draft of every text, from the figures alone."""
    writers = _CIRCULAR if kind == Circular.Kind.CIRCULAR else _MONTHLY
    texts = {key: write(body) for key, write in writers.items()}
    to, copies = setting(f"supervision.{kind}-recipients", on), setting("supervision.copies-to", on)
    return {"recipients": str(to), "copies_to": str(copies), **texts}


def document(circular: Circular, on: datetime.date) -> OfficialDocument:
    """The circular as an official document; a draft bears the day `on` and no number."""
    tables = tables_of(circular.body)
    day = circular.issued_on or on
    by = str(circular.texts.get("issuer") or (issuer(day) if circular.number else _drafted_by(day)))
    annexes = [tables[key] for key in ANNEXES if key in tables and tables[key].rows]
    return OfficialDocument(
        agency=str(setting("supervision.agency-mark", day) or by),
        number=circular.number,
        title=circular.title,
        recipients=circular.texts.get("recipients", ""),
        blocks=tuple(_blocks(circular, tables)),
        annexes=tuple(Annex(table.title, (_untitled(table),)) for table in annexes),
        author=by,
        on=day,
        copies_to=circular.texts.get("copies_to", ""),
        # The record of printing (GB/T 9704-2012, 版记) is that of an issued document: a draft has none.
        printed_by=by if circular.number else "",
        printed_on=day if circular.number else None,
    )


def shown_tables(circular: Circular) -> list[DataTable]:
    """All tables that the document shows, in its order; the workbook holds these."""
    tables = tables_of(circular.body)
    inner = [key for section in sections(circular.kind) for key in section.tables]
    extra = [key for key in tables if key not in (*inner, *ANNEXES)]
    return [tables[key] for key in (*inner, *ANNEXES, *extra) if key in tables]


def _blocks(circular: Circular, tables: Mapping[str, DataTable]) -> Sequence[Block]:
    found: list[Block] = []
    at = 0
    for section in sections(circular.kind):
        text = str(circular.texts.get(section.key, "")).strip()
        inner = [tables[key] for key in section.tables if key in tables and (tables[key].rows or key not in _OPTIONAL)]
        if not text and not inner:
            continue
        if section.heading:
            at += 1
            found.append(Heading(1, numbered(at, section.heading)))
        found += [*blocks_of(text), *inner]
    return found


def _untitled(table: DataTable) -> DataTable:
    """The title stands over the annex."""
    return DataTable(table.key, "", table.columns, table.rows, table.total, table.note, table.empty)


def _opening(body: Body) -> str:
    return f"现将{body['period_name']}《{body['plan']}》推进情况通报如下。"


def _report_opening(body: Body) -> str:
    return f"现将{body['period_name']}《{body['plan']}》推进情况报告如下。"


def _overall(body: Body) -> str:
    whole = total_of(body)
    day = datetime.date.fromisoformat(body["on"])
    parts = [
        f"本期共亮灯{whole.judged + whole.grey}盏，其中绿灯{whole.green}盏、黄灯{whole.amber}盏、红灯{whole.red}盏、"
        f"灰灯（无数据）{whole.grey}盏，绿灯率{_rate(whole.green, whole.judged)}。",
        f"截至{day.year}年{day.month}月{day.day}日，应报{whole.due}份，已报{whole.reported}份，"
        f"报送率{_rate(whole.reported, whole.due)}；按时报送{whole.in_time}份，及时率{_rate(whole.in_time, whole.due)}。",
    ]
    return "\n".join([*parts, f"排名规则：{body['how']}。各单位情况见附件。"])


def _good(body: Body) -> str:
    rows = tables_of(body)["good"].rows
    if not rows:
        return "本期没有全部任务绿灯且按时报送的单位。"
    return f"{_listed([str(row[0]) for row in rows])}全部任务绿灯，并按时报送，予以表扬。"


def _behind(body: Body) -> str:
    rows = tables_of(body)["reds"].rows
    lines = []
    if rows:
        units = list(dict.fromkeys(str(row[0]) for row in rows))
        lines.append(f"红灯任务{len(rows)}项，涉及{_listed(units)}，详见附件。")
    else:
        lines.append("本期没有红灯任务。")
    whole = total_of(body)
    if whole.due > whole.reported:
        lines.append(f"有{whole.due - whole.reported}份应报未报，影响对进展的判断。")
    if tables_of(body)["named"].rows:
        lines.append("下列单位经提醒、督办后仍未改进，予以点名通报。")
    return "\n".join(lines)


def _demands(body: Body) -> str:
    return (
        "请亮红灯的单位逐项查明原因，定出整改措施、责任人和完成时限，按督办单要求反馈；"
        "亮黄灯的单位对照进度要求补齐差距；缺报的单位尽快补报。"
    )


def _next(body: Body) -> str:
    return "督查室将继续跟踪红灯、黄灯任务，督促责任单位按期补齐进度，对逾期未改进的按程序升级处理。"


def _targets_text(body: Body) -> str:
    rows = tables_of(body)["targets"].rows
    lights = [row[-1] for row in rows]
    counts = "、".join(
        f"{shown(colour, 'light')}{lights.count(colour)}项" for colour in ("green", "amber", "red", "grey")
    )
    return f"纳入调度的指标{len(rows)}项：{counts}。" if rows else ""


def _orders_text(body: Body) -> str:
    rows = tables_of(body)["orders"].rows
    if not rows:
        return "本期没有下达督办单。"
    closed = sum(row[4] == "已销号" for row in rows)
    overdue = sum(bool(row[5]) for row in rows)
    return f"督办单{len(rows)}份，已销号{closed}份，逾期未反馈{overdue}份。"


def _rate(part: int, whole: int) -> str:
    return shown(part / whole, "share") if whole else "无从计算"


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}个单位" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more


_Writers = Mapping[str, Callable[[Body], str]]
_CIRCULAR: _Writers = {
    "opening": _opening,
    "overall": _overall,
    "good": _good,
    "behind": _behind,
    "demands": _demands,
}
_MONTHLY: _Writers = {
    "opening": _report_opening,
    "overall": _overall,
    "targets": _targets_text,
    "behind": _behind,
    "orders": _orders_text,
    "demands": _next,
}
