"""The controls of a target's two forms: what it is, in the plan room; how it is reached, on its own page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.kit.field import Field
from guatu.web.ledger.models import Target

OPS = (
    (">=", _("不低于 ≥")),
    ("<=", _("不高于 ≤")),
    ("=", _("等于 =")),
    ("~", _("约")),
    ("range", _("区间")),
    ("+", _("增加 +")),
    (">", _("高于 >")),
    ("<", _("低于 <")),
)
THIRD, QUARTER = "col-6 col-sm-4", "col-6 col-sm-3"
_CHOICES: dict[str, tuple[str | Promise, Any]] = {
    "direction": (_("方向"), Target.Direction),
    "kind": (_("口径"), Target.Kind),
    "change": (_("数值含义"), Target.Sense),
    "bound": (_("界限"), Target.Bound),
    "reported": (_("填报方式"), Target.Reported),
    "course": (_("进度曲线"), Target.Course),
}


def _choice(name: str, box: str) -> Field:
    label, kinds = _CHOICES[name]
    return Field(name, label, "select", box, choices=kinds.choices)


def _figure(name: str, label: str | Promise, box: str, **more: Any) -> Field:
    return Field(name, label, "figure", box, **more)


def target_fields(tasks: Iterable[tuple[object, object]]) -> list[Field]:
    """With `tasks` it may be given to another one."""
    found = [
        Field("metric", _("指标名称"), box="col-sm-8", required=True, attributes={"maxlength": 200, "autofocus": True}),
        Field("scope", _("范围"), box="col-sm-4", attributes={"maxlength": 120}),
        Field("op", _("要求"), "select", QUARTER, choices=OPS),
        _figure("value", _("目标值"), QUARTER, required=True),
        _figure("value_max", _("上限(区间)"), QUARTER),
        Field("unit_text", _("计量单位"), box=QUARTER, attributes={"maxlength": 40}),
        Field("due", _("时限"), "date", THIRD),
        _choice("kind", THIRD),
        _choice("direction", THIRD),
        _figure("base_value", _("基数"), THIRD),
        _choice("course", THIRD),
    ]
    none = _("不归到任务(全方案的目标)")
    offered = list(tasks)
    return (
        [*found, Field("task_id", _("归到任务"), "select", "col-12", choices=offered, none=none)] if offered else found
    )


def course_fields(target: Target) -> list[Field]:
    unit = f"({target.unit_text})" if target.unit_text else ""
    cumulative = target.kind == Target.Kind.CUMULATIVE
    from_what = _("累计量不填按 0 起算。") if cumulative else _("起始时的实际水平。")
    half = "col-6"
    return [
        _figure("base_value", f"{_('基数')}{unit}", half, hint=from_what),
        Field("base_date", _("起始日期"), "date", half, hint=_("不填按方案印发日。")),
        _figure("value", _("目标值"), half, required=True),
        Field("due", _("时限"), "date", half),
        *(_choice(name, half) for name in ("direction", "kind", "change", "bound", "reported")),
        _figure("tolerance", _("允许偏差"), half),
        _choice("course", "col-12"),
    ]
