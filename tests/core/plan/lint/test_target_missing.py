from tests.core.plan.lint.cases import rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "target_missing",
    reported={
        "nothing to measure": (
            (
                "青禾县绿化工作方案\n\n"
                "一、主要任务\n"
                "(一)栽植树木。显著提升绿化水平。\n"
                "(二)养护树木。落实养护责任。\n"
                "(三)保护古树。建立古树档案。\n"
            ),
            [
                "plan.target-missing «青禾县绿化工作方案» 《青禾县绿化工作方案》没有任何量化目标，请补充可以考核的指标",
            ],
        ),
    },
    left_alone={
        "measures that grant something": "青禾县支持苗木产业发展若干措施(试行)\n\n一、主要任务\n(一)减免租金。给予补贴。\n(二)提供法律服务。上门服务。\n(三)加快审批。随到随办。\n",
        "a plan that founds a committee": "青禾县协 调 委 员 会 组 建 方 案\n\n一、主要任务\n(一)研究规划。\n(二)协调事项。\n(三)督促落实。\n",
        "one target": (
            "青禾县绿化工作方案\n\n"
            "一、主要任务\n"
            "(一)栽植树木。绿化覆盖率达到40%以上。\n"
            "(二)养护树木。落实养护责任。\n"
            "(三)保护古树。建立古树档案。\n"
        ),
    },
)
