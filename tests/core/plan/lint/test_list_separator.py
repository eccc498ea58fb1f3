from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "list_separator",
    reported={
        "two units in a list without labels": (
            PLAN + "(一)栽植树木。(县林业局,县水利局、县财政局负责)\n",
            [
                "plan.list-separator «县林业局,县水利局» “县林业局,县水利局”在并列的单位或名称之间用了逗号，应用顿号",
            ],
        ),
        "a comma among units of one role": (
            PLAN + "(一)栽植树木。(县林业局牵头,县水利局、青禾供电公司,青禾供水公司、县住建局配合)\n",
            [
                "plan.list-separator «青禾供电公司,青禾供水公司» “青禾供电公司,青禾供水公司”在并列的单位或名称之间用了逗号，应用顿号",
            ],
        ),
        "a comma among names behind 即": (
            PLAN + "(一)绿化3处,即:东门广场、西门广场,南门广场、北门广场。\n",
            [
                "plan.list-separator «西门广场,南门广场» “西门广场,南门广场”在并列的单位或名称之间用了逗号，应用顿号",
            ],
        ),
    },
    left_alone={
        "a comma between two roles": PLAN + "(一)栽植树木。(县林业局、县水利局牵头,县财政局、县住建局配合)\n",
        "a comma before the last group in a labelled bracket": PLAN
        + "(一)栽植树木。(责任单位:县林业局、县水利局,县财政局、各镇)\n",
    },
)
