"""What is said of an object that may be inspected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guatu.core.cases.sampling.draw import SEPARATOR
from guatu.web.base.problems import Invalid, Problem
from guatu.web.directory.references import UnitRef
from guatu.web.inspection.models import Risk
from guatu.web.kit.kinds import Choice, Text, Tick


@dataclass(frozen=True)
class ObjectValues:
    code: Annotated[
        str,
        Text(
            label=_("对象编号"),
            required=True,
            width=20,
            hint=_("统一社会信用代码或自编号,不含竖线“|”"),
            example="QH-0001",
            longest=40,
        ),
    ]
    name: Annotated[str, Text(label=_("对象名称"), required=True, width=30, example="河湾加油站")]
    category: Annotated[str, Text(label=_("对象类别"), hint=_("抽查可以只抽一类"), example="加油站", longest=60)]
    risk: Annotated[str, Choice(label=_("风险等级"), required=True, choices=Risk.choices)]
    unit: Annotated[int | None, UnitRef(label=_("所属单位编码"), width=20, hint=_("本单位的人不检查本单位"))]
    address: Annotated[str, Text(label=_("地址"), width=30, longest=200)]
    active: Annotated[bool, Tick(label=_("在用"), hint=_("不填为在用;“否”即移出名单"))] = True

    def problems(self) -> Iterator[Problem]:
        if SEPARATOR in self.code:
            yield Invalid(gettext("编号不能含竖线“|”。"), field="code")
