from tests.core.plan.lint.cases import rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "date_outside_phase",
    reported={
        "a month without a year": (
            "青禾县河道整治方案\n\n一、工作步骤\n(一)集中整治阶段(2024年4月—6月)。逐河推进,7月底前完成清淤。\n(二)总结阶段(2024年7月—8月)。形成总结。\n",
            [
                "plan.date-outside-phase «7月底前» “7月底前”不在本阶段（2024-04/2024-06）之内，请核对",
            ],
        ),
        "a year that is over when the stage begins": (
            (
                "青禾县河道整治方案\n\n"
                "一、工作步骤\n"
                "(一)集中整治阶段(2024年4月—6月)。\n"
                "2023年底完成河道清淤。\n"
                "(二)总结阶段(2024年7月—8月)。形成总结。\n"
            ),
            [
                "plan.date-outside-phase «2023年底» “2023年底”不在本阶段（2024-04/2024-06）之内，请核对",
            ],
        ),
    },
    left_alone={
        "a month of the stage": "青禾县河道整治方案\n\n一、工作步骤\n(一)集中整治阶段(2024年4月—6月)。逐河推进,5月底前完成清淤,6月底前全部完成。\n(二)总结阶段(2024年7月—8月)。形成总结。\n",
        "a stage over two years": "青禾县河道整治方案\n\n一、工作步骤\n(一)集中整治阶段(2024年9月—2025年6月)。逐河推进,3月底前完成清淤。\n(二)总结阶段(2025年7月—8月)。形成总结。\n",
        "a date of the stage": (
            "青禾县河道整治方案\n\n"
            "一、工作步骤\n"
            "(一)集中整治阶段(2024年4月—6月)。\n"
            "2024年5月完成河道清淤。\n"
            "(二)总结阶段(2024年7月—8月)。形成总结。\n"
        ),
        "what began before is only told": (
            "青禾县河道整治方案\n\n"
            "一、工作步骤\n"
            "(一)集中整治阶段(2024年4月—6月)。在2023年清淤的基础上继续整治。\n"
            "(二)总结阶段(2024年7月—8月)。形成总结。\n"
        ),
    },
)
