"""Hospitals and years: what belongs to whom, what was uploaded, what was computed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from guatu.engines.drg.parameters.approval import NEEDED
from guatu.web.drg.models import Hospital, RegionYear, Run
from guatu.web.drg.words import places
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Column, Empty, Table, day, moment, number, text

HOSPITALS = Table[Hospital, Hospital](
    title=_("医院与机构"),
    rows=lambda actor, wanted: Hospital.objects.all(),
    order=Order((By("code"), By("id"))),
    size=100,
    columns=(
        text("hospital", _("医院"), str, head=True),
        text("unit", _("机构"), lambda one: "", template="drg/_link.html"),
    ),
    empty=Empty(_("上传医院表后,医院会列在这里。")),
)


def _code(digest: str) -> SafeString:
    return format_html('<code title="{}">{}</code>', digest, digest[:12])


def _run(run: Run | None) -> SafeString | str:
    if run is None:
        return ""
    words = now("第 %(n)s 次") % {"n": run.number}
    return format_html('<a href="{}">{}</a>', reverse("drg_run", args=[run.pk]), words)


def years(whole: bool) -> tuple[Column[Any], ...]:
    """Of rows of a year, the published run and the newest one."""
    found: tuple[Column[Any], ...] = (
        text("region", _("统筹地区"), lambda row: row[0].region, head=True),
        text("year", _("年度"), lambda row: row[0].year, css="num"),
        text("published", _("已公布的结果"), lambda row: "", shown=lambda row: _run(row[0].published)),
        text("newest", _("最新结果"), lambda row: "", shown=lambda row: _run(row[1])),
    )
    data: Column[Any] = text(
        "data", _("数据与计算"), lambda row: now("查看"), link=lambda row: reverse("drg_year", args=[row[0].pk])
    )
    return (*found, data) if whole else found


def _absent(kind: str) -> str:
    return {"scheme": now("用自带的示例方案"), "reviews": now("没有,可不传")}.get(kind, now("还没有上传"))


def _kind(row: Any) -> SafeString:
    kind, table = row
    said = table.title if table else _absent(kind.value)
    return format_html('{} <span class="fw-normal text-secondary">{}</span>', kind.label, said)


def _file(row: Any) -> SafeString:
    file = row[1].file
    return format_html('<a href="{}">{}</a>', reverse("attachment", args=[file.pk]), _code(file.sha256))


TABLES: tuple[Column[Any], ...] = (
    text("kind", _("种类"), lambda row: row[0].label, shown=_kind, head=True),
    number("rows", _("行数"), lambda row: row[1] and row[1].rows),
    number("bad", _("未读入的行"), lambda row: row[1] and row[1].bad_lines),
    number("dropped", _("去掉的列"), lambda row: row[1] and row[1].dropped),
    number("masked", _("遮去的格"), lambda row: row[1] and row[1].masked),
    text("file", _("指纹"), lambda row: "", shown=lambda row: _file(row) if row[1] else ""),
    moment("made", _("上传时间"), lambda row: row[1] and row[1].made_at),
)
"""Of pairs of a kind of table and what was uploaded last of it, if anything."""


def _approved(row: Any) -> str:
    approvals = list(row.approvals.all())
    return " · ".join([f"{len(approvals)} / {NEEDED}", *(f"{one.user} {one.on}" for one in approvals)])


PARAMETERS: tuple[Column[Any], ...] = (
    text(
        "version",
        _("版本"),
        lambda row: row.version,
        link=lambda row: reverse("drg_parameters", args=[row.pk]),
        head=True,
    ),
    text("digest", _("指纹"), lambda row: row.digest, shown=lambda row: _code(row.digest)),
    text("approved", _("批准"), _approved),
    moment("made", _("上传时间"), lambda row: row.made_at),
)


def runs(year: RegionYear) -> tuple[Column[Run], ...]:
    def leads(name: str, more: str = "") -> Any:
        return lambda run: reverse(name, args=[run.pk]) + more if run.state == "done" else ""

    return (
        number("number", _("序号"), lambda run: run.number, link=leads("drg_run"), head=True),
        text("state", _("状态"), lambda run: "", template="drg/_run_state.html"),
        text(
            "parameters",
            _("参数"),
            lambda run: run.parameters.version,
            link=lambda run: reverse("drg_parameters", args=[run.parameters_id]),
        ),
        number("cases", _("病例数"), lambda run: run.summary.get("cases"), link=leads("drg_run")),
        number(
            "errors", _("错误行"), lambda run: run.summary.get("errors"), link=leads("drg_problems", "?severity=error")
        ),
        number("value", _("点值"), lambda run: "", shown=lambda run: places(_point_value(run))),
        moment("made", _("时间"), lambda run: run.made_at),
        text("act", _("操作"), lambda run: "", template="drg/_run_acts.html", needs="drg.edit"),
    )


def _point_value(run: Run) -> Any:
    return run.summary.get("point_value", {}).get("value")


def _source(row: Any) -> SafeString:
    mark = format_html('<span class="tag drg-unverified">{}</span>', now("未核对")) if row[6] else ""
    return format_html("{} {}", row[5], mark)


VALUES: tuple[Column[Any], ...] = (
    text("key", _("编号"), lambda row: row[0], shown=lambda row: format_html("<code>{}</code>", row[0]), width=20),
    text("name", _("参数"), lambda row: row[1], head=True, width=24),
    text("value", _("取值"), lambda row: row[2], width=30),
    day("start", _("自"), lambda row: row[3]),
    day("to", _("至"), lambda row: row[4]),
    text("source", _("出处"), lambda row: row[5], shown=_source, width=50),
    number("unverified", _("未核对"), lambda row: row[6], on_page=False, width=8),
)
"""The values of a set of parameters: key, name, value, days, source, and 1 where nobody has checked it."""
