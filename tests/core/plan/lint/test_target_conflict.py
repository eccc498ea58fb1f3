from tests.core.plan.lint.cases import rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "target_conflict",
    reported={
        "a rate in the goals and another in a task": (
            (
                "青禾县供水工作方案\n\n"
                "一、工作目标\n"
                "到2025年底,农村自来水普及率达到95%。\n"
                "二、主要任务\n"
                "(一)改造管网。2025年底前农村自来水普及率达到90%。\n"
            ),
            [
                "plan.target-conflict «农村自来水普及率达到95%» “农村自来水普及率”这里是“农村自来水普及率达到95%”，另一处是“2025年底前农村自来水普及率达到90%”，请统一",
                "plan.target-conflict «2025年底前农村自来水普及率达到90%» “农村自来水普及率”这里是“2025年底前农村自来水普及率达到90%”，另一处是“农村自来水普及率达到95%”，请统一",
            ],
        ),
        "a number of things in the goals and another in the only task": (
            (
                "青禾县产业工作方案\n\n"
                "一、工作目标\n"
                "培育茶产业龙头企业18家。\n"
                "二、主要任务\n"
                "(一)壮大企业。培育龙头企业16家。\n"
            ),
            [
                "plan.target-conflict «培育茶产业龙头企业18家» “培育茶产业龙头企业”这里是“培育茶产业龙头企业18家”，另一处是“培育龙头企业16家”，请统一",
                "plan.target-conflict «培育龙头企业16家» “培育龙头企业”这里是“培育龙头企业16家”，另一处是“培育茶产业龙头企业18家”，请统一",
            ],
        ),
    },
    left_alone={
        "values for different years": (
            "青禾县供水工作方案\n\n"
            "一、工作目标\n"
            "到2025年底,农村自来水普及率达到95%。\n"
            "二、主要任务\n"
            "(一)改造管网。2024年底前农村自来水普及率达到90%。\n"
        ),
        "parts of a goal in several tasks": (
            "青禾县公园工作方案\n\n"
            "一、工作目标\n"
            "新建口袋公园18个。\n"
            "二、主要任务\n"
            "(一)东城。新建口袋公园10个。\n"
            "(二)西城。新建口袋公园8个。\n"
        ),
    },
)
