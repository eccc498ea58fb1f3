from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "rate_impossible",
    reported={
        "more than all": (
            PLAN + "(一)污水处理率达到105%。\n",
            [
                "plan.rate-impossible «污水处理率达到105%» “污水处理率”不可能超过100%，这里是105%，请核对",
            ],
        ),
    },
    left_alone={
        "all": PLAN + "(一)污水处理率达到100%。\n",
        "what may exceed the plan": PLAN + "(一)投资完成率达到120%,产能利用率达到110%,产值增长150%。\n",
    },
)
