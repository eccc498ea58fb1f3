from tests.core.plan.lint.cases import rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "empty_field",
    reported={
        "a group without members": (
            ("青禾县绿化工作方案\n\n一、成立领导小组\n组长:\n副组长:\n成员:\n二、主要任务\n(一)栽植树木。\n"),
            [
                "plan.empty-field «组长:» “组长”后面没有内容，请填写或删去",
                "plan.empty-field «副组长:» “副组长”后面没有内容，请填写或删去",
                "plan.empty-field «成员:» “成员”后面没有内容，请填写或删去",
            ],
        ),
        "labels stretched over their column": (
            ("青禾县绿化工作方案\n\n一、主要任务\n(一)栽植树木。\n联 系 人:\n"),
            [
                "plan.empty-field «联 系 人:» “联系人”后面没有内容，请填写或删去",
            ],
        ),
    },
    left_alone={
        "labels with names": (
            "青禾县绿化工作方案\n\n一、成立领导小组\n组长:张明\n副组长:李强\n二、主要任务\n(一)栽植树木。\n"
        ),
        "a label whose names stand on the next lines": (
            "青禾县绿化工作方案\n\n一、成立领导小组\n成员:\n张明 县林业局局长\n李强 县水利局局长\n"
        ),
    },
)
