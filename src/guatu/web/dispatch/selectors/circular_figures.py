"""The figures of a circular as tables: kept in its body when it is made, shown from there ever after."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import msgspec

from guatu.adapters.writers.official import CellValue, Column, DataTable
from guatu.adapters.writers.official.words import chinese_signs, period_name
from guatu.core.dispatch.ranking import HOW, Place, Tally, green_share, ranking, total
from guatu.core.kernel.explained import Explained
from guatu.core.kernel.official import official
from guatu.web.dispatch.models import Act, Circular, Period
from guatu.web.dispatch.selectors.acts import corrections, named_acts
from guatu.web.dispatch.selectors.circular_rows import GROUPS, CircularRows, part_value, reason_of
from guatu.web.dispatch.selectors.circular_sentences import Counts

SCHEMA = "guatu.circular/1"

_COUNTS = (
    Column("green", "绿灯", "count"),
    Column("amber", "黄灯", "count"),
    Column("red", "红灯", "count"),
    Column("grey", "灰灯", "count"),
    Column("share", "绿灯率", "share"),
)
_REPORTS = (
    Column("due", "应报", "count"),
    Column("reported", "已报", "count"),
    Column("completeness", "报送率", "share"),
    Column("timeliness", "及时率", "share"),
)
_RANKING = (Column("rank", "名次", "count"), Column("unit", "单位"), *_COUNTS, *_REPORTS)


def figures(period: Period, kind: str, on: datetime.date) -> dict[str, Any]:
    """The body of a circular or monthly report: plain values that JSON holds."""
    rows = CircularRows(period, on)
    tallies = rows.tallies()
    whole = total("合计", (row for group in tallies.values() for row in group))
    tables, reasons = _rankings(rows, tallies)
    tables += [_reds(rows), _good(rows, tallies), _named(rows), _corrections(rows)]
    if kind == Circular.Kind.MONTHLY:
        tables += [_targets(rows), _domains(rows), _trend(rows), _problems(rows)]
    tables.append(_orders(rows))
    return {
        "schema": SCHEMA,
        "plan": rows.facts.plan,
        "period": period.key,
        "period_name": period_name(period.key),
        "on": rows.on.isoformat(),
        "due_on": period.due_on.isoformat(),
        "closed": period.state == Period.State.CLOSED,
        "counts": msgspec.to_builtins(_counts(rows)),
        "total": msgspec.to_builtins(whole),
        "how": chinese_signs(HOW.zh),
        "reasons": reasons,
        "tables": [msgspec.to_builtins(table) for table in tables],
    }


def tables_of(body: Mapping[str, Any]) -> dict[str, DataTable]:
    """The tables of a body by their keys."""
    tables = msgspec.convert(body["tables"], list[DataTable])
    return {table.key: table for table in tables}


def _counts(rows: CircularRows) -> Counts:
    reds = [light for light in rows.lights if light.colour == "red"]
    return Counts(
        tasks=len({light.task_id for light in rows.lights}),
        units=len({light.unit_id for light in rows.lights}),
        red_tasks=len({light.task_id for light in reds}),
        red_units=len({light.unit_id for light in reds}),
        targets=len({light.target_id for light in rows.targets}),
        owed=sum(map(len, rows.deliveries.values())),
    )


def _early(rows: CircularRows) -> bool:
    """Reports can still come in time."""
    return rows.on <= rows.period.due_on


def _rankings(rows_of: CircularRows, tallies: dict[str, list[Tally]]) -> tuple[list[DataTable], list[list[str]]]:
    """One ranking for each group that has units, and the reason of each place with the unit's name."""
    tables, reasons = [], []
    for name, label in GROUPS:
        if not tallies[name]:
            continue
        places = ranking(tallies[name])
        early = _early(rows_of)
        rows = tuple(_ranked(place, early) for place in places)
        reasons += [[place.tally.unit, chinese_signs(place.rank.sentence("zh"))] for place in places]
        sums = (None, "合计", *_numbers(total("合计", tallies[name]), early))
        tables.append(DataTable(f"ranking-{name}", f"{label}亮灯情况和排名", _RANKING, rows, sums, note=_note()))
    return tables, reasons


def _note() -> str:
    return f"注：{chinese_signs(HOW.zh)}。"


def _ranked(place: Place, early: bool) -> tuple[CellValue, ...]:
    rank = place.rank.value if isinstance(place.rank, Explained) else None
    return (rank, place.tally.unit, *_numbers(place.tally, early))


def _numbers(row: Tally, early: bool) -> tuple[CellValue, ...]:
    """Of nothing due there is no rate, and none of a period whose reports can still come in time."""
    if early or not row.due:
        none = "未截止" if early else "无应报"
        return (*_lights(row), row.due, row.reported, none, none)
    return (*_lights(row), row.due, row.reported, row.reported / row.due, row.in_time / row.due)


def _lights(row: Tally) -> tuple[CellValue, ...]:
    share = green_share(row)
    return (row.green, row.amber, row.red, row.grey, share.value if isinstance(share, Explained) else "未判定")


def _reds(rows: CircularRows) -> DataTable:
    columns = (Column("unit", "单位"), Column("task", "任务"), Column("due", "时限", "date"), Column("why", "红灯原因"))
    found = [light for light in rows.lights if light.colour == "red"]
    cells = tuple(
        (
            rows.unit(light.unit_id),
            rows.task(light).name,
            due.isoformat() if (due := rows.task(light).due) else None,
            chinese_signs(official(reason_of(light.explained))),
        )
        for light in found
    )
    return DataTable("reds", "红灯清单", columns, cells, empty="本期没有红灯。")


def _good(rows_of: CircularRows, tallies: dict[str, list[Tally]]) -> DataTable:
    """Units whose judged lights are all green and whose reports all came in time; who had none due is not praised."""
    columns = (
        Column("unit", "单位"),
        Column("green", "绿灯", "count"),
        Column("due", "应报", "count"),
        Column("in_time", "按时", "count"),
    )
    rows = () if _early(rows_of) else [row for group in tallies.values() for row in group]
    good = [row for row in rows if row.judged and row.green == row.judged and row.due and row.in_time == row.due]
    cells = tuple((row.unit, row.green, row.due, row.in_time) for row in good)
    return DataTable("good", "已判定亮灯全部为绿灯且按时报送的单位", columns, cells, empty="本期没有这样的单位。")


def _named(rows: CircularRows) -> DataTable:
    columns = (Column("unit", "单位"), Column("task", "任务"), Column("why", "点名原因"))
    cells = tuple((*_of(rows, act), chinese_signs(act.reason)) for act in named_acts(rows.plan.pk))
    return DataTable("named", "点名通报的单位", columns, cells, empty="本期没有点名通报的单位。")


def _corrections(rows: CircularRows) -> DataTable:
    """What an earlier circular told of and was taken back since."""
    columns = (Column("unit", "单位"), Column("task", "任务"), Column("act", "撤销的措施"), Column("why", "撤销理由"))
    cells = tuple((*_of(rows, act), act.label, chinese_signs(act.withdrawal)) for act in corrections(rows.plan.pk))
    return DataTable("corrections", "更正", columns, cells)


def _of(rows: CircularRows, act: Act) -> tuple[str, str]:
    return rows.unit(act.unit_id), f"{act.task.number} {act.task.title}".strip()


def _targets(rows: CircularRows) -> DataTable:
    columns = (
        Column("metric", "指标"),
        Column("unit", "单位"),
        Column("expected", "应达", "number"),
        Column("actual", "实际", "number"),
        Column("measure", "计量单位"),
        Column("attainment", "完成率", "share"),
        Column("light", "亮灯", "light"),
    )
    cells: list[tuple[CellValue, ...]] = []
    for light in rows.targets:
        reason, target = reason_of(light.explained), rows.target(light)
        expected, actual = (part_value(reason, "attainment", key) for key in ("expected", "actual"))
        attained = part_value(reason, "attainment")
        metric, measure = (target.metric, target.unit_text) if target else ("", "")
        cells.append((metric, rows.unit(light.unit_id), expected, actual, measure, attained, light.colour))
    return DataTable("targets", "主要指标进展", columns, tuple(cells), empty="本期没有纳入调度的指标。")


def _domains(rows: CircularRows) -> DataTable:
    found = rows.domains()
    cells = tuple((row.unit, *_lights(row)) for row in found.values())
    sums = ("合计", *_lights(total("合计", found.values()))) if found else ()
    return DataTable("domains", "各领域亮灯情况", (Column("domain", "领域"), *_COUNTS), cells, sums)


def _trend(rows: CircularRows) -> DataTable:
    cells = tuple((period_name(key), *_lights(row)) for key, row in rows.trend())
    return DataTable("trend", "各期亮灯变化", (Column("period", "期次"), *_COUNTS), cells)


def _problems(rows: CircularRows) -> DataTable:
    columns = (
        Column("unit", "单位"),
        Column("task", "任务"),
        Column("text", "问题"),
        Column("opened", "列入日期", "date"),
        Column("due", "解决时限", "date"),
    )
    cells = tuple(
        (
            rows.unit(problem.unit_id),
            problem.task,
            problem.text,
            problem.opened,
            problem.due,
        )
        for problem in rows.problems()
    )
    return DataTable("problems", "未解决的问题", columns, cells, empty="没有未解决的问题。")


def _orders(rows: CircularRows) -> DataTable:
    columns = (
        Column("number", "编号"),
        Column("unit", "单位"),
        Column("subject", "督办事项"),
        Column("due", "反馈时限", "date"),
        Column("state", "状态"),
        Column("overdue", "逾期工作日", "count"),
    )
    cells = tuple(
        (one.number, rows.unit(one.unit_id), one.subject, one.due, STATES[one.state], one.overdue)
        for one in rows.orders()
    )
    return DataTable("orders", "督办单办理情况", columns, cells, empty="本期没有督办单。")


# Documents are in Chinese whatever language the page is shown in.
STATES = {
    "issued": "已下达",
    "replied": "已反馈",
    "returned": "退回补充",
    "closed": "已销号",
    "withdrawn": "已撤回",
}
