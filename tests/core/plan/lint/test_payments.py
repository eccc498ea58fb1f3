from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "payments",
    reported={
        "shares that are more than the whole": (
            PLAN + "(一)支付资金。合同签订后预付30%,验收合格后支付50%,余款30%一年后付清。\n",
            [
                "plan.payments-not-whole «预付30%,验收合格后支付50%,余款30%» 各次付款比例相加是110%，不是100%（30%+50%+30%），请核对",
            ],
        ),
        "shares of which the last is not the rest": (
            PLAN + "(一)支付资金。首付款20%；进度款60%；质保金10%。\n",
            [
                "plan.payments-not-whole «首付款20%；进度款60%；质保金10%» 各次付款比例相加是90%，不是100%（20%+60%+10%），请核对",
            ],
        ),
        "more is paid than there is": (
            PLAN + "(一)支付资金。项目预算100万元,首付60万元,进度款30万元,尾款20万元。\n",
            [
                "plan.payments-over-budget «100万元» 各次付款相加是110万元，超过100万元（60万元+30万元+20万元），请核对",
            ],
        ),
        "the same in units of their own": (
            PLAN + "1.支付资金\n合同价1.2亿元。首付款8000万元,尾款5000万元。\n",
            [
                "plan.payments-over-budget «1.2亿元» 各次付款相加是1.3亿元，超过1.2亿元（8000万元+5000万元），请核对",
            ],
        ),
    },
    left_alone={
        "shares that make a whole": PLAN + "(一)支付资金。合同签订后预付30%,验收后支付50%,余款20%一年后付清。\n",
        "shares up to which is paid": PLAN + "(一)支付资金。开工后支付至30%,完工后支付至80%,余款20%一年后付清。\n",
        "what is kept back": PLAN + "(一)支付资金。签订合同后预付30%,另缴纳质保金5%。\n",
        "a first payment alone": PLAN + "(一)支付资金。签订合同后预付30%,完工后支付50%。\n",
        "payments within the budget": PLAN + "(一)支付资金。项目预算100万元,首付60万元,尾款40万元。\n",
        "parts of one payment": PLAN + "(一)支付资金。预算100万元,拨付80万元,其中拨付甲镇50万元、拨付乙镇30万元。\n",
    },
)
