"""Money that is a result (produced, earned, invested by others), as against money that the plan spends."""

import re
from typing import Final

from guatu.core.kernel.regex import regex

_RESULT: Final = regex(
    r"产值|收入|增收|营收|销售|交易额|成交额|增加值|总值|GDP|产业规模|税收|到位资金|利用外资|外资|进出口|存款|贷款|信贷|授信|固定资产投资|招商|引资|产出|零售|消费|利润|工资性|生产率|产出率|效益"
    r"|融资|债券?发行|经济总量|规模|强度|研发|亩均|投资额?(?:完成|突破|达到)|签约|储蓄|保费|薪|品牌价值|减税|降费|清偿|清欠|突破|超(?=$)",
    re.IGNORECASE,
)
_SPENDING: Final = regex(
    r"补助|补贴|贴息|奖励|奖补|报销|承担|分担|配套|贷款(?:利率|贴息)|利率|权重|考核|罚|给予|首付|缴费|出资|自筹|列支|拨付|安排|(?<!研发)经费|预算(?!收入)|支出|专项资金|风险补偿"
)


_AMOUNTS_BEFORE: Final = r"[^,。;\d]{0,10}(?:[\d.]+[十百千万亿]*[美欧港]?元[^\d。;]{0,8})*$"
_EFFORT: Final = regex(
    r"(?:完成[^,。;\d]{0,12}(?<!总)投资"
    r"|争取[^,。;\d]{0,16}(?:资金|债券?|补助|支持|额度)|到位[^,。;\d]{0,8}(?:资金|投资)"
    r"|(?:发行|申报)[^,。;\d]{0,12}债券?|(?:撬动|带动|引导|吸引)[^,。;\d]{0,8}(?:投资|资本|资金)"
    r"|(?:降低|减轻|减少)[^,。;\d]{0,14}(?:成本|负担|费用支出)|(?:价格?|成本|费用)[^,。;\d]{0,4}(?:下调|下降|降低|压减)"
    r"|(?:彩礼|礼金|随礼|份子|宴席|酒席|每桌)[^,。;\d]{0,12}(?:不[得能应]?[超高多大]|控制|[≤<]))" + _AMOUNTS_BEFORE
)


def is_effort(words: str) -> bool:
    """Money that is a mark of effort or a rule of conduct: 完成投资, 争取上级资金, 发行债券, 礼金不超过.

    What is raised or invested is money of the plan as well, so it stands among the funds too.
    """
    return _EFFORT.search(words) is not None


def is_outcome(words: str) -> bool:
    """Do the words before an amount name a result? 固定资产投资 and 招商到位资金 are; 奖补, 列支 and plain 投资 are not."""
    return bool(_RESULT.search(words)) and not _SPENDING.search(words)
