"""Values that a person gives for a target, checked field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid
from guatu.web.ledger.actions.correct_task import checked_day
from guatu.web.ledger.models import Target, Task
from guatu.web.ledger.proposals import LARGEST

OPS = (">=", "<=", "=", "~", "range", "+", ">", "<")
_CHOICES = {
    "op": OPS,
    "direction": Target.Direction.values,
    "kind": Target.Kind.values,
    "bound": Target.Bound.values,
    "change": Target.Sense.values,
    "reported": Target.Reported.values,
    "course": Target.Course.values,
}
_TEXTS = {"metric": 200, "scope": 120, "unit_text": 40}
_NUMBERS = ("value", "value_max", "base_value", "tolerance")
_DAYS = ("due", "base_date")
_FLAGS = ("tracked", "striving")
FIELDS = (*_CHOICES, *_TEXTS, *_NUMBERS, *_DAYS, *_FLAGS, "task_id")


def put(target: Target, values: Mapping[str, Any]) -> None:
    """Sets fields of a target without saving it. Raises `Invalid` at the field that cannot be taken."""
    for name, value in values.items():
        if name not in FIELDS:
            raise Invalid(_("没有“%(name)s”这一项。") % {"name": name}, field=name)
        setattr(target, name, _CHECKS.get(name, _as_it_is)(target, name, value))
    _check_together(target)


def _text(target: Target, name: str, value: Any) -> str:
    text = " ".join(str(value or "").split())
    if len(text) > _TEXTS[name]:
        raise Invalid(_("最多 %(most)d 个字,现有 %(n)d 个。") % {"most": _TEXTS[name], "n": len(text)}, field=name)
    if name == "metric" and not text:
        raise Invalid(_("请填写指标名称。"), field=name)
    return text


def _choice(target: Target, name: str, value: Any) -> str:
    if value not in _CHOICES[name]:
        raise Invalid(_("请从列表中选择。"), field=name)
    return str(value)


def _number(target: Target, name: str, value: Any) -> Decimal | None:
    if value is None:
        if name == "value":
            raise Invalid(_("请填写目标值。"), field=name)
        return Decimal(0) if name == "tolerance" else None
    number = Decimal(value)
    if not number.is_finite() or abs(number) >= LARGEST:
        raise Invalid(_("数值过大或不是数,请核对单位(如改用“万”或“亿”)。"), field=name)
    if name == "tolerance" and number < 0:
        raise Invalid(_("允许偏差不能是负数。"), field=name)
    return number.quantize(Decimal("0.000001"))


def _day(target: Target, name: str, value: Any) -> Any:
    checked_day(value, name)
    return value


def _task(target: Target, name: str, value: Any) -> int | None:
    if value is None:
        return None
    if not Task.objects.filter(pk=value, plan_id=target.plan_id).exists():
        raise Invalid(_("这个任务不属于本方案。"), field="task_id")
    return int(value)


def _as_it_is(target: Target, name: str, value: Any) -> Any:
    return value


def _flag(target: Target, name: str, value: Any) -> bool:
    if target.dropped and name == "tracked" and value:
        raise Invalid(_("已取消的指标不能纳入调度,请先恢复。"), field=name)
    return bool(value)


_CHECKS: dict[str, Callable[[Target, str, Any], Any]] = {
    **dict.fromkeys(_CHOICES, _choice),
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_NUMBERS, _number),
    **dict.fromkeys(_DAYS, _day),
    **dict.fromkeys(_FLAGS, _flag),
    "task_id": _task,
}


def _check_together(target: Target) -> None:
    if target.op == "range":
        if target.value_max is None:
            raise Invalid(_("区间目标请填写上限。"), field="value_max")
        if target.value_max < target.value:
            raise Invalid(_("上限不能小于下限。"), field="value_max")
    if target.base_date and target.due and target.base_date >= target.due:
        raise Invalid(_("起始日期应早于时限。"), field="base_date")
    if target.kind == Target.Kind.LEVEL and target.reported == Target.Reported.PERIOD:
        raise Invalid(_("水平值没有“当期数”,请选择报累计数。"), field="reported")
    if target.tracked and target.task_id is None:
        raise Invalid(_("纳入调度的指标要归到一项任务,才有单位填报。"), field="task_id")
