from tests.core.plan.lint.cases import rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "deadline_before_issue",
    reported={
        "the day stands under the title": (
            "青禾县绿化工作方案\n\n县林业局     2024年2月16日\n\n一、主要任务\n(一)栽植树木。2023年12月底前完成。\n",
            [
                "plan.deadline-before-issue «2023年12月底前» 时限“2023年12月底前”（2023-12-31）早于成文日期 2024-02-16，请核对年份或日期",
            ],
        ),
        "a deadline that was over when the notice was signed": (
            (
                "青禾县人民政府办公室关于印发青禾县绿化工作方案的通知\n\n"
                "现印发给你们,请认真执行。\n\n"
                "青禾县人民政府办公室\n"
                "2024年10月28日\n\n"
                "青禾县绿化工作方案\n\n"
                "一、主要任务\n"
                "(一)栽植树木。2024年8月底前完成。\n"
                "(二)养护树木。2025年6月底前完成。\n"
            ),
            [
                "plan.deadline-before-issue «2024年8月底前» 时限“2024年8月底前”（2024-08-31）早于成文日期 2024-10-28，请核对年份或日期",
            ],
        ),
    },
    left_alone={
        "deadlines behind the date of issue": (
            "青禾县人民政府办公室关于印发青禾县绿化工作方案的通知\n\n"
            "现印发给你们,请认真执行。\n\n"
            "青禾县人民政府办公室\n"
            "2024年10月28日\n\n"
            "青禾县绿化工作方案\n\n"
            "一、主要任务\n"
            "(一)栽植树木。2024年12月底前完成。\n"
            "(二)养护树木。2025年6月底前完成。\n"
        ),
        "a plan without a date of issue": ("青禾县绿化工作方案\n\n一、主要任务\n(一)栽植树木。2024年8月底前完成。\n"),
    },
)
