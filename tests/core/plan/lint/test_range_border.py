from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "range_border",
    reported={
        "a number that belongs to two bands": (
            PLAN + "(一)评定等次。90分以上为优秀,80-90分为良好,60-79分为合格。\n",
            [
                "plan.range-overlap «90分以上» “80-90分”与“90分以上”重叠（90分），请写明属于哪一档",
            ],
        ),
        "numbers that belong to none": (
            PLAN + "(一)评定等次。85分以上为优秀,70-80分为良好,60-69分为合格,60分以下为不合格。\n",
            [
                "plan.range-gap «85分以上» “70-80分”与“85分以上”之间有空档（80~85分），请补全档次",
            ],
        ),
        "bands of what has halves": (
            PLAN + "(一)兑现奖励。投资0-10万元的不奖,11-20万元的奖励一等,21-30万元的奖励二等。\n",
            [
                "plan.range-gap «11-20万元» “0-10万元”与“11-20万元”之间有空档（10~11万元），请补全档次",
                "plan.range-gap «21-30万元» “11-20万元”与“21-30万元”之间有空档（20~21万元），请补全档次",
            ],
        ),
        "both say that it is theirs": (
            PLAN + "(一)兑现奖励。10人以上(含10人)的为一等,5-10人(含10人)的为二等,5人以下的不奖。\n",
            [
                "plan.range-overlap «10人以上(含10人)» “5-10人(含10人)”与“10人以上(含10人)”重叠（10人），请写明属于哪一档",
            ],
        ),
        "neither says that it is theirs": (
            PLAN + "(一)兑现奖励。超过100户的为一等,51-100户的为二等,不足50户的不奖。\n",
            [
                "plan.range-gap «51-100户» “不足50户”与“51-100户”之间有空档（50~51户），请补全档次",
            ],
        ),
        "one band a line": (
            PLAN + "(一)评定等次。\n1.90分以上的为一等。\n2.75-85分的为二等。\n3.60-74分的为三等。\n",
            [
                "plan.range-gap «90分以上» “75-85分”与“90分以上”之间有空档（85~90分），请补全档次",
            ],
        ),
    },
    left_alone={
        "whole numbers that follow each other": (
            PLAN + "(一)评定等次。90分以上为优秀,80-89分为良好,60-79分为合格,60分以下为不合格。\n"
        ),
        "one side says that the number is its own": (
            PLAN + "(一)评定等次。90分(含)以上为优秀,80分(含)-90分为良好,60分(含)-80分为合格,60分以下为不合格。\n"
        ),
        "decimals that follow each other": PLAN + "(一)兑现奖励。增长0-4.9%的为三等,5-9.9%的为二等,10%以上的为一等。\n",
        "two sizes that are no scale": PLAN + "(一)建设公园。建设面积10-20亩,服务人口20-50亩以上的地块。\n",
        "what is given for each": PLAN + "(一)兑现奖励。一等奖奖励5-10万元,二等奖奖励3-5万元,三等奖奖励1-3万元。\n",
        "months": PLAN + "(一)栽植树木。1-3月备苗,4-6月栽植,8-10月补植。\n",
    },
)
