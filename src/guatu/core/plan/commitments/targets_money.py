"""Money that is a result (produced, earned, invested by others), as against money that the plan spends."""

import re
from typing import Final

_RESULT: Final = re.compile(
    r"产值|收入|增收|营收|销售|交易额|成交额|增加值|总值|GDP|产业规模|税收|到位资金|利用外资|外资|进出口|存款|贷款|信贷|授信|固定资产投资|招商|引资|产出|零售|消费|利润|工资性|生产率|产出率|效益"
    r"|融资|经济总量|规模|强度|亩均|投资额?(?:完成|突破|达到)|签约|储蓄|保费|薪|突破|超(?=$)",
    re.IGNORECASE,
)
_SPENDING: Final = re.compile(
    r"补助|补贴|贴息|奖励|奖补|报销|承担|分担|配套|贷款(?:利率|贴息)|利率|权重|考核|罚|给予|首付|缴费|出资|自筹|列支|拨付|安排|经费|预算(?!收入)|支出|专项资金|风险补偿"
)


def is_outcome(words: str) -> bool:
    """Do the words before an amount name a result? 固定资产投资 and 招商到位资金 are; 奖补, 列支 and plain 投资 are not."""
    return bool(_RESULT.search(words)) and not _SPENDING.search(words)
