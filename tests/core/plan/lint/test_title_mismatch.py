from tests.core.plan.lint.cases import rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "title_mismatch",
    reported={
        "the notice names another title": (
            (
                "青禾县人民政府办公室关于印发青禾县城乡绿化工作方案的通知\n\n"
                "现印发给你们。\n\n"
                "青禾县人民政府办公室\n"
                "2024年3月1日\n\n"
                "青禾县城镇绿化工作方案\n\n"
                "一、主要任务\n"
                "(一)栽植树木。\n"
            ),
            [
                "plan.title-mismatch «青禾县城镇绿化工作方案» 标题“青禾县城镇绿化工作方案”与通知所称“青禾县城乡绿化工作方案”不一致，请统一",
            ],
        ),
        "the list of annexes names another title": (
            (
                "青禾县人民政府办公室关于印发两个方案的通知\n\n"
                "现印发给你们。\n\n"
                "附件:1.青禾县供水保障工作方案\n"
                "2.青禾县排水防涝工作方案\n\n"
                "附件1\n"
                "青禾县供水安全工作方案\n\n"
                "一、主要任务\n"
                "(一)改造管网。\n\n"
                "附件2\n"
                "青禾县排水防涝工作方案\n\n"
                "一、主要任务\n"
                "(一)疏通管渠。\n"
            ),
            [
                "plan.title-mismatch «青禾县供水安全工作方案» 标题“青禾县供水安全工作方案”与通知所称“青禾县供水保障工作方案”不一致，请统一",
            ],
        ),
    },
    left_alone={
        "the same title with the year below it": (
            "青禾县人民政府办公室关于印发青禾县绿化工作方案(2024—2026年)的通知\n\n"
            "现印发给你们。\n\n"
            "青禾县人民政府办公室\n"
            "2024年3月1日\n\n"
            "青禾县绿化工作方案\n"
            "(2024—2026年)\n\n"
            "一、主要任务\n"
            "(一)栽植树木。\n"
        ),
        "the list shortens the title": (
            "青禾县人民政府办公室关于印发两个方案的通知\n\n"
            "现印发给你们。\n\n"
            "附件:1.供水保障工作方案\n"
            "2.排水防涝工作方案\n\n"
            "附件1\n"
            "青禾县供水保障工作方案\n\n"
            "一、主要任务\n"
            "(一)改造管网。\n\n"
            "附件2\n"
            "青禾县排水防涝工作方案\n\n"
            "一、主要任务\n"
            "(一)疏通管渠。\n"
        ),
    },
)
