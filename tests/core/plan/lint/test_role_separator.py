from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "role_separator",
    reported={
        "nothing between two roles": (
            PLAN + "(一)栽植树木。(县林业局、县水利局负责县财政局配合实施)\n",
            [
                "plan.role-separator-missing «负责县财政局» “局、县水利局负责县财政局配合实施)”中“负责”之后缺少标点，请用逗号分开两类单位",
            ],
        ),
        "an enumeration comma between two roles": (
            PLAN + "(一)栽植树木。(县林业局牵头、县水利局、县财政局配合)\n",
            [
                "plan.role-separator «牵头、» “。(县林业局牵头、县水利局、县”中“牵头”之后用了“、”，两类单位之间应用“,”",
            ],
        ),
        "a comma where the document has semicolons": (
            PLAN
            + (
                "(一)栽植树木。〔牵头单位:县林业局;责任单位:各镇〕\n"
                "(二)养护树木。〔牵头单位:县住建局,责任单位:县水利局、各镇〕\n"
            ),
            [
                "plan.role-separator «牵头单位:县住建局,责任单位» “养护树木。〔牵头单位:县住建局,…位:县水利局、”中“牵头单位”之后用了“,”，两类单位之间应用“;”",
            ],
        ),
    },
    left_alone={
        "a comma between two roles": PLAN + "(一)栽植树木。(县林业局牵头,县水利局、县财政局配合)\n",
        "commas throughout": PLAN + "(一)栽植树木。〔牵头单位:县林业局,责任单位:各镇〕\n",
    },
)
