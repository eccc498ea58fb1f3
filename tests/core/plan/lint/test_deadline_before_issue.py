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
        "a year that is over in a plan without a date of issue": (
            "青禾县2026年绿化工作方案\n\n一、主要任务\n(一)栽植树木。2025年12月底前完成栽植500株。\n",
            [
                "plan.deadline-before-year «2025年12月底前» 时限“2025年12月底前”（2025-12-31）早于方案所属的 2026 年，请核对年份",
            ],
        ),
        "the same with dots, and in a column of its own": (
            "青禾县2026年绿化工作方案\n\n一、主要任务\n(一)栽植树木。2025.11.30前完成。\n(二)养护树木。二〇二五年底前完成养护。\n",
            [
                "plan.deadline-before-year «2025.11.30前» 时限“2025.11.30前”（2025-11-30）早于方案所属的 2026 年，请核对年份",
                "plan.deadline-before-year «二〇二五年底前» 时限“二〇二五年底前”（2025-12-31）早于方案所属的 2026 年，请核对年份",
            ],
        ),
    },
    left_alone={
        "what was done in earlier years": (
            "青禾县2026年绿化工作方案\n\n一、主要任务\n(一)栽植树木。对2025年底前建成的公园补植,2025年底前已完成的除外。\n"
        ),
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
