from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "price_times_heads",
    reported={
        "a price for each household": (
            PLAN + "(一)改造厕所。改造200户,每户补助5000元,共需资金120万元。\n",
            [
                "plan.price-times-heads «120万元» 合计写的是120万元，单价每户补助5000元乘以200户是100万元，请核对",
            ],
        ),
        "a price behind a stroke": (
            PLAN + "1.栽植树木\n栽植500亩,补助标准800元/亩,合计45万元。\n",
            [
                "plan.price-times-heads «45万元» 合计写的是45万元，单价800元/亩乘以500亩是40万元，请核对",
            ],
        ),
        "people in other words": (
            PLAN + "(一)表彰先进。评选护林员20名，每人奖励5000元，共12万元。\n",
            [
                "plan.price-times-heads «12万元» 合计写的是12万元，单价每人奖励5000元乘以20名是10万元，请核对",
            ],
        ),
    },
    left_alone={
        "a right product": PLAN + "(一)改造厕所。改造200户,每户补助5000元,共需资金100万元。\n",
        "a product that was rounded": PLAN + "(一)改造厕所。改造333户,每户补助1000元,共需33.3万元。\n",
        "a price by the month": PLAN + "(一)聘用人员。聘用30人,每人每月800元,共需28.8万元。\n",
        "about so much": PLAN + "(一)改造厕所。改造200户,每户补助5000元,共需约120万元。\n",
        "two prices": PLAN + "(一)改造厕所。改造200户,每户补助5000元,每户奖励1000元,共120万元。\n",
        "another sum": PLAN + "(一)改造厕所。改造200户,每户补助5000元,奖励先进村3万元。\n",
    },
)
