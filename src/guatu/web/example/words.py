"""What the units of the example county write. All of it is made up."""

from __future__ import annotations

import random
from collections.abc import Sequence

from guatu.web.ledger.models import Target

PLAIN = (
    "本月召开专题会商 1 次,任务已分解到科室和责任人,正按时间表推进。",
    "前期手续基本办结,施工队伍已进场,现场推进有序。",
    "会同配合单位开展联合检查 2 次,发现的小问题已当场整改。",
    "已完成方案编制和预算评审,正在组织招标。",
    "按计划推进,本月完成的工程量已由监理签认。",
    "完成摸底并建立台账,逐项明确了完成时限。",
)
NEXT = (
    "下月抓紧完成剩余工程量,每周调度一次。",
    "下月完成验收准备,补齐影像资料。",
    "加快办理手续,争取月底前全面开工。",
    "对进度慢的点位逐一约谈施工单位。",
    "继续按月调度,确保按期完成。",
)
PROBLEMS = (
    "部分地块权属有争议,入户协调用时较长。",
    "专项资金尚未全部到位,施工单位垫资压力大。",
    "连续降雨影响施工,工期后延约十天。",
    "管线迁改需与多家单位衔接,手续办理较慢。",
    "群众对选点有不同意见,正在重新征求意见。",
    "招标一次流标,已重新挂网。",
)
NO_FIGURE = ("本月未监测,下月补报。", "统计口径待核实,核实后填报。", "第三方检测报告尚未出具。")
VERIFIED = "已与现场台账逐项核对,数字属实。"
RETURNED = (
    "数字与上月相同,请核实是否漏报本月完成量。",
    "进展写得过于笼统,请补充具体点位和完成量。",
    "佐证与填报数字对不上,请核对后重报。",
)


def progress(title: str, figures: Sequence[tuple[Target, str | None]], rng: random.Random) -> str:
    """A sentence that names what was reached, where there is a figure."""
    said = [f"{target.metric}累计{value}{target.unit_text}" for target, value in figures if value is not None][:2]
    return f"{';'.join(said)}。{rng.choice(PLAIN)}" if said else rng.choice(PLAIN)
