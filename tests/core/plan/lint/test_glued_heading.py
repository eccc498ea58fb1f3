from tests.core.plan.lint.cases import rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "glued_heading",
    reported={
        "a heading behind the full stop of the item before": (
            (
                "青禾县绿化工作方案\n\n"
                "一、主要任务\n"
                "(一)栽植树木\n"
                "栽植树木500株,形成绿色长廊。(二)养护树木\n"
                "落实养护责任。\n"
                "(三)保护古树\n"
                "建立古树档案。\n"
            ),
            [
                "plan.glued-heading «0株,形成绿色长廊。(二)养护树木» “(二)养护树木”粘在上一段末尾，应另起一段",
            ],
        ),
    },
    left_alone={
        "headings on lines of their own": (
            "青禾县绿化工作方案\n\n一、主要任务\n(一)栽植树木\n栽植树木500株。\n(二)养护树木\n落实养护责任。\n"
        ),
        "a list that stands in one paragraph throughout": (
            "青禾县绿化工作方案\n\n一、主要任务\n栽植树木要做到三点。(一)选好树种。(二)挖好树穴。(三)浇好定根水。\n"
        ),
    },
)
